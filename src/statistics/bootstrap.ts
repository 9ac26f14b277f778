/** Nonparametric bootstrap of quantiles, and intervals from its replicates. Deterministic: the seed is a text. */
import { SeededDraws } from './draws.js';
import { currentLevel, positiveError, UNKNOWN, type Estimate } from './estimate.js';
import { standardDeviation } from './spread.js';
import { quantileOfSorted } from './quantiles.js';

/** Replicates for an interval: with this many its ends differ by some 5 % of its width from one seed to another. */
export const REPLICATES = 2000;

/**
 * Quantiles of `count` resamples (with replacement, of the same size) of some values, NaN left out: (count, Q), or
 * nothing for no values. All quantiles of one row come from one resample. Distributed exactly as if every resample had
 * been drawn and sorted, at a cost that does not grow with its size: of n uniforms on (0, 1) the order statistic of
 * rank r is Γ_r/Γ_{n+1} with Γ_r a sum of r exponentials, and the resample's order statistic is the value of index ⌊n
 * u⌋. Source: Devroye, Non-Uniform Random Variate Generation (1986), V.3.
 */
export function resampledQuantiles(
  values: Float64Array,
  quantiles: readonly number[],
  seed: string,
  count = REPLICATES,
): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  if (n === 0) return new Float64Array(0);
  const ranks = neededRanks(n, quantiles);
  const draws = new SeededDraws(seed);
  const out = new Float64Array(count * quantiles.length);
  for (let b = 0; b < count; b++) {
    const resampled = resampledOrderStatistics(sorted, ranks, draws);
    quantiles.forEach((q, at) => {
      out[b * quantiles.length + at] = quantileFrom(resampled, n, q);
    });
  }
  return out;
}

/**
 * The same for intervals. The replicates of a quantile are NaN when all values lie on one side of it with a probability
 * above 2.5 %, because the values are few. So few values repeat in the resamples, and the interval would be too short.
 */
export function boundedQuantiles(values: Float64Array, quantiles: readonly number[], seed: string): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value)).length;
  const bounded = quantiles.map((q) => Math.max(q, 1 - q) ** known <= (1 - currentLevel()) / 2);
  return resampledQuantiles(values, quantiles, seed).map((replicate, at) =>
    bounded[at % quantiles.length] ? replicate : Number.NaN,
  );
}

/**
 * A value with the interval between the outer quantiles of its replicates; its Monte Carlo error is their standard
 * deviation. Both are unknown when a replicate is NaN.
 */
export function percentileInterval(value: number, replicates: Float64Array, confidence = currentLevel()): Estimate {
  if (replicates.length === 0 || replicates.some(Number.isNaN)) return { ...UNKNOWN, value };
  const sorted = replicates.slice().sort();
  return {
    value,
    low: quantileOfSorted(sorted, (1 - confidence) / 2),
    high: quantileOfSorted(sorted, (1 + confidence) / 2),
    mcse: positiveError(standardDeviation(replicates)),
    sd: Number.NaN,
  };
}

/** Index of the order statistic just below the q-quantile, and how far beyond it the quantile lies. */
function place(n: number, q: number): { lower: number; share: number } {
  const at = (n - 1) * q;
  return { lower: Math.floor(at), share: at - Math.floor(at) };
}

/** Indices of all order statistics from which the quantiles are computed, ascending. */
function neededRanks(n: number, quantiles: readonly number[]): number[] {
  const ranks = quantiles.flatMap((q) => {
    const { lower, share } = place(n, q);
    return share === 0 ? [lower] : [lower, lower + 1];
  });
  return [...new Set(ranks)].sort((a, b) => a - b);
}

/** Order statistics of one resample by index. */
function resampledOrderStatistics(
  sorted: Float64Array,
  ranks: readonly number[],
  draws: SeededDraws,
): Map<number, number> {
  const n = sorted.length;
  let sum = 0;
  let before = -1;
  const sums = ranks.map((rank) => {
    sum += draws.gamma(rank - before);
    before = rank;
    return sum;
  });
  const total = sum + draws.gamma(n - before);
  return new Map(ranks.map((rank, i) => [rank, sorted[Math.min(n - 1, Math.floor((n * sums[i]) / total))]]));
}

function quantileFrom(resampled: ReadonlyMap<number, number>, n: number, q: number): number {
  const { lower, share } = place(n, q);
  const pair = [lower, lower + (share === 0 ? 0 : 1)].map((rank) => resampled.get(rank) ?? Number.NaN);
  return quantileOfSorted(Float64Array.from(pair), share);
}
