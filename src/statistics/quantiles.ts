import betainc from '@stdlib/math-base-special-betainc';
import { known, leftOut, standardDeviation } from './spread.js';
import { currentLevel, positiveError, UNKNOWN, type Estimate } from './estimate.js';

/** The percentiles that a band shows. */
export const BAND_PERCENTILES = [5, 25, 50, 75, 95] as const;
export type BandPercentile = `p${(typeof BAND_PERCENTILES)[number]}`;

/** Percentiles at each point over a number of curves. */
export interface PercentileBand extends Readonly<Record<BandPercentile, Float64Array>> {
  readonly count: number;
}

/**
 * The q-quantile of n ≥ 1 ascending values: linear between the order statistics at 1 + (n − 1)q, as NumPy and R do by
 * default. ±∞ are included; between −∞ and +∞ the result is NaN.
 */
export function quantileOfSorted(sorted: Float64Array, q: number): number {
  const at = (sorted.length - 1) * q;
  const [lower, share] = [Math.floor(at), at - Math.floor(at)];
  const low = sorted[lower];
  // An infinite neighbour of weight 0 must not make NaN, and neither must two equal infinite neighbours.
  if (share === 0 || low === sorted[lower + 1]) return low;
  return (1 - share) * low + share * sorted[lower + 1];
}

/**
 * An estimator of the q-quantile, 0 < q < 1, with the distribution-free interval [x_(r), x_(s)], r the largest rank
 * with P(Bin(n, q) < r) ≤ 2.5 % and s the smallest with P(Bin(n, q) ≥ s) ≤ 2.5 %: it covers at least 95 % for every
 * law. NaN values are left out, and counted; ±∞ are included. An end that n values cannot bound is NaN.
 */
export function quantile(q: number): (values: Float64Array) => Estimate {
  return quantileWithin(q, lowerRank);
}

/**
 * An estimator of the q-quantile with the interval from the `rank(n, q)`-th smallest to the `rank(n, 1 − q)`-th largest
 * of n values; with rank 0 that end is NaN. For q near 0 or 1 the value, which lies between order statistics, can be
 * beyond an end; it is the end then.
 */
export function quantileWithin(q: number, rank: (n: number, q: number) => number): (values: Float64Array) => Estimate {
  return (values) => {
    const sorted = known(values).sort();
    const n = sorted.length;
    if (n === 0) return { ...UNKNOWN, ...leftOut(values) };
    const [below, above] = [rank(n, q), rank(n, 1 - q)];
    const value = quantileOfSorted(sorted, q);
    return {
      value,
      low: below === 0 ? Number.NaN : Math.min(sorted[below - 1], value),
      high: above === 0 ? Number.NaN : Math.max(sorted[n - above], value),
      mcse: quantileError(sorted, q),
      sd: standardDeviation(sorted),
      ...leftOut(values),
    };
  };
}

/** Order statistics farther away than this many standard errors of the rank are neglected. */
const RANKS_WITHIN = 8;

/**
 * Monte Carlo error of the q-quantile of ascending values: the standard deviation of their order statistic at rank (n +
 * 1)q over all resamples, √(Σ w_i x_i² − (Σ w_i x_i)²), w_i = I_{i/n}(a, b) − I_{(i−1)/n}(a, b), a = (n + 1)q, b = (n +
 * 1)(1 − q). NaN where these values do not vary. Source: Maritz and Jarrett, J. Amer. Statist. Assoc. 73 (1978) 194;
 * Harrell and Davis, Biometrika 69 (1982) 635.
 */
export function quantileError(sorted: Float64Array, q: number): number {
  const n = sorted.length;
  const [a, b] = [(n + 1) * q, (n + 1) * (1 - q)];
  const reach = RANKS_WITHIN * Math.sqrt(n * q * (1 - q)) + 1;
  const [first, last] = [Math.max(0, Math.floor(n * q - reach)), Math.min(n, Math.ceil(n * q + reach))];
  const values = sorted.subarray(first, last);
  const edges = Float64Array.from({ length: values.length + 1 }, (_, i) => betainc((first + i) / n, a, b));
  const centre = quantileOfSorted(sorted, q);
  let [sum, squares] = [0, 0];
  values.forEach((value, i) => {
    const weight = edges[i + 1] - edges[i];
    sum += weight * (value - centre);
    squares += weight * (value - centre) ** 2;
  });
  return positiveError(Math.sqrt(squares - sum ** 2));
}

/** Pointwise percentiles of curves of one length; NaN entries are left out, a point without any is NaN. */
export function percentileBand(curves: readonly Float64Array[]): PercentileBand {
  const length = curves[0]?.length ?? 0;
  const band = Object.fromEntries(
    BAND_PERCENTILES.map((p) => [`p${p}`, new Float64Array(length).fill(Number.NaN)]),
  ) as Record<BandPercentile, Float64Array>;
  for (let i = 0; i < length; i++) {
    const sorted = Float64Array.from(curves, (curve) => curve[i])
      .filter((value) => !Number.isNaN(value))
      .sort();
    if (sorted.length > 0) for (const p of BAND_PERCENTILES) band[`p${p}`][i] = quantileOfSorted(sorted, p / 100);
  }
  return { ...band, count: curves.length };
}

/**
 * The largest r with P(Bin(n, q) ≤ r − 1) ≤ (1 − confidence)/2; 0 if there is none. Logarithms, because (1 − q)^n
 * underflows.
 */
function lowerRank(n: number, q: number): number {
  let logTerm = n * Math.log1p(-q);
  let tail = Math.exp(logTerm);
  let rank = 0;
  while (tail <= (1 - currentLevel()) / 2) {
    rank += 1;
    logTerm += Math.log(((n - rank + 1) / rank) * (q / (1 - q)));
    tail += Math.exp(logTerm);
  }
  return rank;
}
