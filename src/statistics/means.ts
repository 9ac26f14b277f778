import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { boundedMean } from './bounded.js';
import { CONFIDENCE, UNKNOWN, type Estimate, type Interval } from './estimate.js';
import { quantile } from './quantiles.js';
import { average, known, leftOut, meanSpread, standardDeviation, varies } from './spread.js';

/**
 * Mean x̄ of values that nothing bounds, with Student's interval x̄ ± t_{n−1} s/√n. NaN values (trials without the measure) are left
 * out, and counted. n = 0 gives NaN throughout; n = 1, equal values or an infinite one the value with an unknown (NaN) interval.
 */
export function mean(values: Float64Array): Estimate {
  const own = known(values);
  if (own.length === 0) return { ...UNKNOWN, ...leftOut(values) };
  return { ...studentInterval(own), ...meanSpread(own), ...leftOut(values) };
}

/**
 * Mean of values above 0 that nothing else bounds, errors for example. The interval is Student's as far as it is not negative, its upper end the
 * larger one of Student's and Cox's exp(ȳ + s²/2 + t_{n−1} √(s²/n + s⁴/(2(n − 1)))), ȳ and s² of the logarithms: of skewed values Student's upper
 * end is too low most of the time. A value of 0 has no logarithm; then Student's has to do.
 * Source: Zhou and Gao, Statist. Med. 16 (1997) 783; Olsson, J. Statist. Educ. 13 (2005).
 */
export function positiveMean(values: Float64Array): Estimate {
  const estimate = mean(values);
  if (Number.isNaN(estimate.low)) return estimate;
  const logs = known(values).map(Math.log);
  const skewed = logs.every(Number.isFinite) ? coxEnd(logs) : -Infinity;
  return { ...estimate, low: Math.max(estimate.low, 0), high: Math.max(estimate.high, skewed) };
}

/** The mean of shares, each in [0, 1]. */
export const meanShare = boundedMean(0, 1);

/** The median with its distribution-free interval; fewer than 6 values bound nothing. */
export const median = quantile(0.5);

function studentInterval(values: Float64Array): Interval {
  const value = average(values);
  const sd = standardDeviation(values);
  if (!Number.isFinite(sd) || !varies(values, sd)) return { ...UNKNOWN, value };
  const half = (studentQuantile(values.length) * sd) / Math.sqrt(values.length);
  return { value, low: value - half, high: value + half };
}

function coxEnd(logs: Float64Array): number {
  const n = logs.length;
  const variance = standardDeviation(logs) ** 2;
  const error = Math.sqrt(variance / n + variance ** 2 / (2 * (n - 1)));
  return Math.exp(average(logs) + variance / 2 + studentQuantile(n) * error);
}

function studentQuantile(n: number): number {
  return tQuantile((1 + CONFIDENCE) / 2, n - 1);
}
