/**
 * Standard deviations and root mean squares, with intervals by the jackknife. NaN marks a trial without the measure and
 * is left out. Coverage: docs/derivations/statistics.md.
 */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { currentLevel, positiveError, UNKNOWN, type Estimate } from './estimate.js';
import { meanSequence } from './sequences.js';
import { average, known, leftOut, standardDeviation, varies } from './spread.js';

/** The probability of missing at the lower end, and at the upper end with at least this many values. */
const tail = (): number => (1 - currentLevel()) / 2;
const MANY = 800;
/** With fewer values, the share of that probability that is allowed at the upper end. */
const OF_FEW = 0.1;

/** s = √(Σ(x − x̄)²/(n − 1)). Fewer than three values, or equal ones, have no interval. */
export function deviation(values: Float64Array): Estimate {
  const own = known(values);
  const squares = squaredDeviations(own);
  const left = own.length < 3 ? undefined : rootsWithoutEach(squares, own.length / (own.length - 1), own.length - 2);
  return { ...jackknifed(standardDeviation(own), left, own), ...leftOut(values) };
}

/** √(Σx²/n), e.g. of errors. A single value, or equal ones, have no interval. */
export function rootMeanSquare(values: Float64Array): Estimate {
  const own = known(values);
  const left = own.length < 2 ? undefined : rootsWithoutEach(squaresOf(own), 1, own.length - 1);
  return { ...jackknifed(Math.sqrt(average(squaresOf(own))), left, own), ...leftOut(values) };
}

/** `deviation` with the confidence sequence of the mean of (x − x̄)² n/(n − 1), and its roots. */
export function deviationSequence(values: Float64Array): Estimate {
  const own = known(values);
  const divisor = (own.length - 1) / own.length;
  return rooted(
    deviation(values),
    squaredDeviations(own).map((square) => square / divisor),
  );
}

/** `rootMeanSquare` with the confidence sequence of the mean of x², and its roots. */
export function rootMeanSquareSequence(values: Float64Array): Estimate {
  return rooted(rootMeanSquare(values), squaresOf(known(values)));
}

function rooted(estimate: Estimate, squares: Float64Array): Estimate {
  const { low, high } = meanSequence(squares);
  return { ...estimate, low: Math.sqrt(Math.max(low, 0)), high: Math.sqrt(high) };
}

function squaresOf(values: Float64Array): Float64Array<ArrayBuffer> {
  return values.map((value) => value * value);
}

function squaredDeviations(values: Float64Array): Float64Array<ArrayBuffer> {
  const centre = average(values);
  return squaresOf(values.map((value) => value - centre));
}

/** The statistic without each of the values in turn: √((Σ squares − weight · own square)/divisor). */
function rootsWithoutEach(squares: Float64Array, weight: number, divisor: number): Float64Array {
  const sum = squares.reduce((all, square) => all + square, 0);
  return squares.map((square) => Math.sqrt(Math.max(0, sum - weight * square) / divisor));
}

/**
 * An estimate θ with the jackknife's error √((n − 1)/n Σ(θ_i − θ̄)²), θ_i without value i, and the interval θ exp(± t
 * e), where e is the same error of log θ. t is Student's quantile at 97.5 % below; above it is at 99.75 % while values
 * are few, since squares are skewed to the right and a sample without large values also shows too small an error.
 * Source: Miller, Biometrika 61 (1974) 1; the levels are simulated.
 */
function jackknifed(value: number, left: Float64Array | undefined, values: Float64Array): Estimate {
  const sd = standardDeviation(values);
  if (left === undefined || !Number.isFinite(value) || !varies(values, sd)) return { ...UNKNOWN, value, sd };
  const n = left.length;
  const error = jackknifeError(left.map(Math.log));
  const upper = tail() * Math.min(1, Math.max(OF_FEW, n / MANY));
  return {
    value,
    low: value * Math.exp(-tQuantile(1 - tail(), n - 1) * error),
    high: value * Math.exp(tQuantile(1 - upper, n - 1) * error),
    mcse: jackknifeError(left),
    sd,
  };
}

/** NaN where the remaining values do not vary when one value is left out. */
function jackknifeError(left: Float64Array): number {
  return positiveError(((left.length - 1) / Math.sqrt(left.length)) * standardDeviation(left));
}
