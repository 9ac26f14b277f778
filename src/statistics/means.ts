import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { boundedMean } from './bounded.js';
import { currentLevel, UNKNOWN, type Estimate, type Interval } from './estimate.js';
import { quantile } from './quantiles.js';
import { average, known, leftOut, meanSpread, standardDeviation, varies } from './spread.js';

/**
 * Mean x̄ of unbounded values, with Student's interval x̄ ± t s/√n at the level `skewedLevel`. NaN values (trials
 * without the measure) are left out, and counted. With n = 0 all parts are NaN. With n = 1, equal values or an infinite
 * value the interval is unknown (NaN).
 */
export function mean(values: Float64Array): Estimate {
  const own = known(values);
  if (own.length === 0) return { ...UNKNOWN, ...leftOut(values) };
  return { ...studentInterval(own), ...meanSpread(own), ...leftOut(values) };
}

/**
 * Mean of positive values without an upper bound, errors for example. The lower end is Student's at 95 %, or 0 where
 * that is negative: with values skewed to the right it seldom misses. The upper end, at `skewedLevel`, is the larger
 * one of Student's and Cox's exp(ȳ + s²/2 + t √(s²/n + s⁴/(2(n − 1)))), ȳ and s² of the logarithms. A value of 0 has no
 * logarithm; then Student's end is used alone. Source: Zhou and Gao, Statist. Med. 16 (1997) 783; Olsson, J. Statist.
 * Educ. 13 (2005).
 */
export function positiveMean(values: Float64Array): Estimate {
  const estimate = mean(values);
  if (Number.isNaN(estimate.low)) return estimate;
  const own = known(values);
  const logs = own.map(Math.log);
  const skewed = logs.every(Number.isFinite) ? coxEnd(logs) : -Infinity;
  return {
    ...estimate,
    low: Math.max(studentInterval(own, currentLevel()).low, 0),
    high: Math.max(estimate.high, skewed),
  };
}

/** The mean of shares, each in [0, 1]. */
export const meanShare = boundedMean(0, 1);

/** The median with its distribution-free interval; with fewer than 6 values the ends are unknown. */
export const median = quantile(0.5);

function studentInterval(values: Float64Array, level = skewedLevel(values.length)): Interval {
  const value = average(values);
  const sd = standardDeviation(values);
  if (!Number.isFinite(sd) || !varies(values, sd)) return { ...UNKNOWN, value };
  const half = (studentQuantile(values.length, level) * sd) / Math.sqrt(values.length);
  return { value, low: value - half, high: value + half };
}

function coxEnd(logs: Float64Array): number {
  const n = logs.length;
  const variance = standardDeviation(logs) ** 2;
  const error = Math.sqrt(variance / n + variance ** 2 / (2 * (n - 1)));
  return Math.exp(average(logs) + variance / 2 + studentQuantile(n, skewedLevel(n)) * error);
}

/**
 * The nominal level at which Student's interval has a coverage of at least 93 % for an exponential law at every n. At
 * nominal 95 % skewness would cost up to 7 % of coverage with few values; the loss falls as 1/n. Coverage:
 * docs/derivations/statistics.md.
 */
function skewedLevel(n: number): number {
  return currentLevel() + 0.66 * (1 - currentLevel()) * Math.min(1, 8 / n);
}

function studentQuantile(n: number, level: number): number {
  return tQuantile((1 + level) / 2, n - 1);
}
