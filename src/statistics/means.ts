import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { CONFIDENCE, type Estimate } from './estimate.js';

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

/**
 * Median with the distribution-free interval [x_(r), x_(n+1−r)], r the largest rank with P(Bin(n, ½) < r) ≤ 2.5 %: it
 * covers at least 95 % whatever the law. NaN values are left out; ±∞ take part. Fewer than 6 values bound nothing: the
 * interval is NaN.
 */
export function median(values: Float64Array): Estimate {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  if (n === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const lower = sorted[(n - 1) >> 1];
  const upper = sorted[n >> 1];
  const value = lower === upper ? lower : (lower + upper) / 2;
  const rank = medianRank(n);
  if (rank === 0) return { value, low: Number.NaN, high: Number.NaN };
  return { value, low: sorted[rank - 1], high: sorted[n - rank] };
}

function average(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The largest r with P(Bin(n, ½) ≤ r−1) ≤ (1−confidence)/2; 0 if there is none. Logarithms, because 2^−n underflows. */
function medianRank(n: number): number {
  let logTerm = -n * Math.LN2;
  let tail = Math.exp(logTerm);
  let rank = 0;
  while (tail <= (1 - CONFIDENCE) / 2) {
    rank += 1;
    logTerm += Math.log((n - rank + 1) / rank);
    tail += Math.exp(logTerm);
  }
  return rank;
}
