import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { CONFIDENCE, positiveError, type Estimate, type Interval } from './estimate.js';
import { NORMAL_QUANTILE } from './rates.js';

export interface LineFit {
  readonly slope: Estimate;
  readonly intercept: Estimate;
  /** Σ((y − line)/s)² over the points, with s = 1 where no errors are given */
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** whether the intervals come from the scatter about the line instead of from the errors given */
  readonly fromScatter: boolean;
}

/**
 * Straight line y = a + b x by least squares with weights 1/s², s the points' standard errors (without them all
 * weights are equal). Intervals: ±1.96 standard errors while χ² is what the errors allow (below its 95 % quantile);
 * when the scatter is larger, or no errors are given, errors are multiplied by Birge's ratio √(χ²/(n−2)) and the
 * quantile is Student's with n−2 degrees of freedom. Points with a non-finite part are left out; with fewer than two
 * distinct x, or two points without errors, the unknown is NaN.
 * @throws RangeError for arrays of different length or a standard error ≤ 0
 * Source: Birge, Phys. Rev. 40 (1932) 207.
 */
export function weightedSlope(x: readonly number[], y: readonly number[], standardErrors?: readonly number[]): LineFit {
  const points = usablePoints(x, y, standardErrors);
  const total = sum(points, (p) => p.weight);
  const meanX = sum(points, (p) => p.weight * p.x) / total;
  const meanY = sum(points, (p) => p.weight * p.y) / total;
  const spread = sum(points, (p) => p.weight * (p.x - meanX) ** 2);
  const distinct = points.some((p) => p.x !== points[0]?.x);
  const slope = distinct ? sum(points, (p) => p.weight * (p.x - meanX) * (p.y - meanY)) / spread : Number.NaN;
  const intercept = meanY - slope * meanX;
  const chiSquare = sum(points, (p) => p.weight * (p.y - meanY - slope * (p.x - meanX)) ** 2);
  const degreesOfFreedom = Math.max(points.length - 2, 0);
  const fromScatter = standardErrors === undefined || scatterIsLarger(chiSquare, degreesOfFreedom);
  const [quantile, inflation] = fromScatter ? [scatterQuantile(degreesOfFreedom), Math.sqrt(chiSquare / degreesOfFreedom)] : [NORMAL_QUANTILE, 1];
  return {
    slope: around(slope, inflation / Math.sqrt(spread), quantile),
    intercept: around(intercept, inflation * Math.sqrt(1 / total + meanX ** 2 / spread), quantile),
    chiSquare,
    degreesOfFreedom,
    fromScatter,
  };
}

/** Slope of y against x by least squares, all weights equal; NaN with fewer than two distinct x. */
export function leastSquaresSlope(x: readonly number[], y: readonly number[]): number {
  const meanX = x.reduce((total, value) => total + value, 0) / x.length;
  let [product, spread] = [0, 0];
  x.forEach((value, i) => {
    product += (value - meanX) * y[i];
    spread += (value - meanX) ** 2;
  });
  return spread === 0 ? Number.NaN : product / spread;
}

/**
 * Exponent p of value ∝ x^p: the slope of log value against log x. The error of log value is
 * log(high/low)/(2·1.96): the interval on the scale on which the line is fitted; if some interval has no width, all points
 * weigh the same. Points with x ≤ 0, an end that is not positive and finite, or an unknown part are left out.
 */
export function powerLawExponent(points: readonly { readonly x: number; readonly estimate: Interval }[]): Estimate {
  const usable = points.filter(({ x, estimate }) => x > 0 && estimate.low > 0 && estimate.value > 0 && Number.isFinite(estimate.high));
  const errors = usable.map(({ estimate }) => Math.log(estimate.high / estimate.low) / (2 * NORMAL_QUANTILE));
  const logX = usable.map(({ x }) => Math.log(x));
  const logValue = usable.map(({ estimate }) => Math.log(estimate.value));
  return weightedSlope(logX, logValue, errors.every((error) => error > 0) ? errors : undefined).slope;
}

interface WeightedPoint {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

function usablePoints(x: readonly number[], y: readonly number[], errors: readonly number[] | undefined): WeightedPoint[] {
  if (y.length !== x.length || (errors ?? x).length !== x.length) {
    const lengths = [x, y, errors ?? x].map((part) => part.length).join(', ');
    throw new RangeError(`x, y and standardErrors must have equal length, got ${lengths}`);
  }
  const wrong = errors?.find((error) => error <= 0);
  if (wrong !== undefined) throw new RangeError(`standardErrors must be above 0, got ${String(wrong)}`);
  return x
    .map((value, i) => ({ x: value, y: y[i], weight: (errors?.[i] ?? 1) ** -2 }))
    .filter((point) => Number.isFinite(point.x + point.y + point.weight) && point.weight > 0);
}

function scatterIsLarger(chiSquare: number, degreesOfFreedom: number): boolean {
  return degreesOfFreedom > 0 && chiSquare > chiSquareQuantile(CONFIDENCE, degreesOfFreedom);
}

/** Student's quantile, which stands in for 1.96 when the scatter gives the error. */
function scatterQuantile(degreesOfFreedom: number): number {
  return degreesOfFreedom === 0 ? Number.NaN : tQuantile((1 + CONFIDENCE) / 2, degreesOfFreedom);
}

function around(value: number, error: number, quantile: number): Estimate {
  const half = quantile * error;
  return { value, low: value - half, high: value + half, mcse: positiveError(error), sd: Number.NaN };
}

function sum<T>(items: readonly T[], term: (item: T) => number): number {
  return items.reduce((total, item) => total + term(item), 0);
}
