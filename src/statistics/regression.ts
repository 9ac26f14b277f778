import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { censoredSlope, type SidedPoint } from './censored.js';
import {
  currentLevel,
  normalQuantileOf,
  positiveError,
  UNKNOWN,
  type Estimate,
  type Interval,
  type Noted,
} from './estimate.js';

export interface LineFit {
  readonly slope: Estimate;
  readonly intercept: Estimate;
  /** Σ((y − line)/s)² over the points, with s = 1 where no errors are given */
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** true when the intervals come from the scatter about the line, not from the errors given */
  readonly fromScatter: boolean;
  /** number of points that are left out, as a part of them is not finite */
  readonly leftOut: number;
}

/**
 * Straight line y = a + b x by least squares with weights 1/s², s the points' standard errors (without them all
 * weights are equal). Intervals are ±1.96 standard errors while χ² agrees with the errors (below its 95 % quantile).
 * When the scatter is larger, or no errors are given, errors are multiplied by Birge's ratio √(χ²/(n−2)) and the
 * quantile is Student's with n−2 degrees of freedom. Points with a non-finite part are left out and counted; with fewer
 * than two distinct x, the result is NaN, and the intervals are NaN without errors if there are two points or no
 * scatter beyond rounding.
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
  const [quantile, inflation] = fromScatter
    ? [scatterQuantile(degreesOfFreedom), scatterError(chiSquare, degreesOfFreedom, points)]
    : [normalQuantileOf(), 1];
  return {
    slope: around(slope, inflation / Math.sqrt(spread), quantile),
    intercept: around(intercept, inflation * Math.sqrt(1 / total + meanX ** 2 / spread), quantile),
    chiSquare,
    degreesOfFreedom,
    fromScatter,
    leftOut: x.length - points.length,
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

/** An estimate at one x. */
export interface PowerPoint {
  readonly x: number;
  readonly estimate: Interval;
}

/**
 * Exponent p of value ∝ x^p: the slope of log value against log x. The error of log value is log(high/low)/(2·1.96):
 * the interval on the scale on which the line is fitted. A point with an open end is used as a one-sided bound, by
 * likelihood (`censoredSlope`). If some interval has no width, all points have the same weight. No point is left out:
 * where a point has no logarithm or no interval, the exponent is unknown, and `note` names the point.
 */
export function powerLawExponent(points: readonly PowerPoint[]): Noted {
  const unusable = points.filter((point) => !isUsable(point));
  if (unusable.length > 0) return { ...UNKNOWN, note: `no fit without ${unusable.map(namedPoint).join(', ')}` };
  const bounded = points.filter(({ estimate }) => estimate.low > 0 && estimate.high < Infinity);
  if (bounded.length < points.length) return oneSidedExponent(points, bounded);
  const errors = points.map(({ estimate }) => Math.log(estimate.high / estimate.low) / (2 * normalQuantileOf()));
  const logX = points.map(({ x }) => Math.log(x));
  const logValue = points.map(({ estimate }) => Math.log(estimate.value));
  return weightedSlope(logX, logValue, errors.every((error) => error > 0) ? errors : undefined).slope;
}

function oneSidedExponent(points: readonly PowerPoint[], bounded: readonly PowerPoint[]): Noted {
  const sided = (point: PowerPoint): SidedPoint => {
    const { value, low, high } = point.estimate;
    const errorTo = (end: number): number => Math.abs(Math.log(end / value)) / normalQuantileOf();
    return { x: Math.log(point.x), y: Math.log(value), below: errorTo(low), above: errorTo(high) };
  };
  const tooFew = new Set(bounded.map(({ x }) => x)).size < 2;
  const open = points
    .filter((point) => !bounded.includes(point))
    .map(namedPoint)
    .join(', ');
  if (tooFew) return { ...UNKNOWN, note: `fewer than two x known on both sides: ${open} is not` };
  const all = points.map(sided);
  if (all.some(({ below, above }) => !(below > 0 && above > 0)))
    return { ...UNKNOWN, note: `no weights beside ${open}, known on one side only` };
  return { ...censoredSlope(all), note: `known on one side only: ${open}` };
}

function isUsable({ x, estimate: { value, low, high } }: PowerPoint): boolean {
  return x > 0 && Number.isFinite(x) && value > 0 && Number.isFinite(value) && low <= value && high >= value;
}

/** `40000 at x = 60`, in three digits. */
function namedPoint({ x, estimate: { value } }: PowerPoint): string {
  return `${String(Number(value.toPrecision(3)))} at x = ${String(x)}`;
}

/** Relative size of rounding errors. */
const ROUNDING = 1e-12;

interface WeightedPoint {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

function usablePoints(
  x: readonly number[],
  y: readonly number[],
  errors: readonly number[] | undefined,
): WeightedPoint[] {
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
  return degreesOfFreedom > 0 && chiSquare > chiSquareQuantile(currentLevel(), degreesOfFreedom);
}

/** Student's quantile, which replaces 1.96 when the error comes from the scatter. */
function scatterQuantile(degreesOfFreedom: number): number {
  return degreesOfFreedom === 0 ? Number.NaN : tQuantile((1 + currentLevel()) / 2, degreesOfFreedom);
}

/**
 * Birge's ratio; NaN for a scatter of rounding errors, since points exactly on a line do not prove that others would
 * be.
 */
function scatterError(chiSquare: number, degreesOfFreedom: number, points: readonly WeightedPoint[]): number {
  const size = sum(points, (p) => p.weight * p.y ** 2);
  return chiSquare > ROUNDING ** 2 * size ? Math.sqrt(chiSquare / degreesOfFreedom) : Number.NaN;
}

function around(value: number, error: number, quantile: number): Estimate {
  const half = quantile * error;
  return { value, low: value - half, high: value + half, mcse: positiveError(error), sd: Number.NaN };
}

function sum<T>(items: readonly T[], term: (item: T) => number): number {
  return items.reduce((total, item) => total + term(item), 0);
}
