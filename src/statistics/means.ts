import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { CONFIDENCE, UNKNOWN, type Estimate } from './estimate.js';
import { quantile } from './quantiles.js';
import { average, meanSpread, standardDeviation } from './spread.js';

/**
 * Mean x̄ with Student's interval x̄ ± t_{n−1} s/√n. NaN values (trials without the measure) are left out. n = 0 gives
 * NaN throughout, n = 1 the value with an unknown (NaN) interval.
 */
export function mean(values: Float64Array): Estimate {
  const known = values.filter((value) => !Number.isNaN(value));
  const n = known.length;
  const centre = average(known);
  if (n < 2) return { ...UNKNOWN, value: centre };
  const sd = standardDeviation(known);
  const half = (tQuantile((1 + CONFIDENCE) / 2, n - 1) * sd) / Math.sqrt(n);
  return { value: centre, low: centre - half, high: centre + half, ...meanSpread(known) };
}

/** The mean of shares, each in [0, 1], with Student's interval as far as it lies there. */
export function meanShare(values: Float64Array): Estimate {
  const estimate = mean(values);
  return { ...estimate, low: Math.max(estimate.low, 0), high: Math.min(estimate.high, 1) };
}

/** The median with its distribution-free interval; fewer than 6 values bound nothing. */
export const median = quantile(0.5);
