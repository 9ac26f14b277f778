import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { CONFIDENCE, type Estimate } from './estimate.js';
import { quantile } from './quantiles.js';

/**
 * Mean x̄ with Student's interval x̄ ± t_{n−1} s/√n. NaN values (trials without the measure) are left out. n = 0 gives
 * NaN throughout, n = 1 the value with an unknown (NaN) interval.
 */
export function mean(values: Float64Array): Estimate {
  const known = values.filter((value) => !Number.isNaN(value));
  const n = known.length;
  const centre = average(known);
  if (n < 2) return { value: centre, low: Number.NaN, high: Number.NaN };
  const variance = average(known.map((value) => (value - centre) ** 2)) * (n / (n - 1));
  const half = tQuantile((1 + CONFIDENCE) / 2, n - 1) * Math.sqrt(variance / n);
  return { value: centre, low: centre - half, high: centre + half };
}

/** The mean of shares, each in [0, 1], with Student's interval as far as it lies there. */
export function meanShare(values: Float64Array): Estimate {
  const { value, low, high } = mean(values);
  return { value, low: Math.max(low, 0), high: Math.min(high, 1) };
}

/** The median with its distribution-free interval; fewer than 6 values bound nothing. */
export const median = quantile(0.5);

function average(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
