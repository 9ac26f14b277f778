/**
 * Confidence sequences: intervals that all contain the truth with 95 % chance, at every number of trials at once. So
 * one may look at any time and stop at the first interval that is narrow enough. NaN marks a trial without the measure
 * and is left out. Derivations: docs/derivations/statistics.md
 */
import gammaln from '@stdlib/math-base-special-gammaln';
import { CONFIDENCE, UNKNOWN, type Estimate, type Interval } from './estimate.js';
import { average, known as knownValues, leftOut, meanSpread, standardDeviation, varies } from './spread.js';
import { quantileWithin } from './quantiles.js';
import { rateSpread } from './rates.js';

/** log(1/α). Ville: a nonnegative martingale from 1 reaches 1/α with probability at most α. */
const LOG_THRESHOLD = -Math.log(1 - CONFIDENCE);
/**
 * The ratio of trials to prior trials at which a mixture is narrowest: approximately log(1/α²) + log(1 + log(1/α²)).
 */
const SPREAD = 2 * LOG_THRESHOLD + Math.log(1 + 2 * LOG_THRESHOLD);
/** Half-width² · trials / variance there; a Wald interval has 1.96². */
const SQUARED_WIDTH = (1 + 1 / SPREAD) * (2 * LOG_THRESHOLD + Math.log(1 + SPREAD));
/** Half-width of rates for which the sequence is tuned where a study gives no other. */
const USUAL_HALF_WIDTH = 0.1;
/**
 * Trials for which the sequence of a mean is tuned: from 100 to 10⁴ trials it needs at most a quarter more than the
 * best tuning.
 */
const TUNED_TRIALS = 300;

/**
 * The confidence of the intervals at the looks 1, 2, … of one number by any estimator: 1 − α/(k(k + 1)). The chances of
 * missing add up to α = 5 %, so all looks together contain the truth with 95 % probability, wherever one stops.
 */
export function levelOfLook(look: number): number {
  return 1 - (1 - CONFIDENCE) / (look * (look + 1));
}

/** Trials at which `rateSequence(halfWidth)` reaches that half-width at rate ½, the worst case. */
export function trialsForRate(halfWidth: number): number {
  return SQUARED_WIDTH / (4 * halfWidth ** 2);
}

/**
 * An estimator of a rate, of values 0 and 1: {p : B(cp + s, c(1 − p) + f) / B(cp, c(1 − p)) < p^s (1 − p)^f / α}, s
 * ones and f zeros, c tuned to the half-width at which trials are meant to end. Exact for every stopping rule.
 * @throws RangeError for a value that is neither Source: Howard, Ramdas, McAuliffe and Sekhon, Ann. Statist. 49 (2021)
 *   1055, Proposition 7; Robbins, Ann. Math. Statist. 41 (1970) 1397.
 */
export function rateSequence(halfWidth = USUAL_HALF_WIDTH): (values: Float64Array) => Estimate {
  const prior = trialsForRate(halfWidth) / SPREAD;
  return (values) => {
    const known = knownValues(values);
    const wrong = known.find((value) => value !== 0 && value !== 1);
    if (wrong !== undefined) throw new RangeError(`a rate's values must be 0 or 1, got ${String(wrong)}`);
    const successes = known.reduce((sum, value) => sum + value, 0);
    const interval = shareInterval(successes, known.length, (p) => logBetaBinomial(prior, p, successes, known.length));
    return { ...interval, ...rateSpread(successes, known.length), ...leftOut(values) };
  };
}

/**
 * Mean of values in [0, 1]: {m : E_q Π (x_i q/m + (1 − x_i)(1 − q)/(1 − m)) < 1/α}, q of the arcsine law on a grid of
 * points. It is the wealth of a mixture of bets against m. It is narrow where the values vary little, and exact for
 * every stopping rule.
 * @throws RangeError for a value outside Source: Waudby-Smith and Ramdas, J. R. Statist. Soc. B 86 (2024) 1; Orabona
 *   and Jun, IEEE Trans. Inf. Theory 70 (2024) 436.
 */
export function shareSequence(values: Float64Array): Estimate {
  const known = knownValues(values);
  const wrong = known.find((value) => !(value >= 0 && value <= 1));
  if (wrong !== undefined) throw new RangeError(`a share's values must be from 0 to 1, got ${String(wrong)}`);
  const counts = new Map<number, number>();
  for (const value of known) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distinct = Float64Array.from(counts.keys());
  const often = Float64Array.from(counts.values());
  const interval = shareInterval(
    known.reduce((sum, value) => sum + value, 0),
    known.length,
    (m) => logWealth(distinct, often, m),
  );
  return { ...interval, ...meanSpread(known), ...leftOut(values) };
}

/**
 * Mean of differences of shares, each in [−1, 1]: the sequence of the share (x + 1)/2, mapped back. Exact for every
 * stopping rule.
 * @throws RangeError for a value outside
 */
export function shareDifferenceSequence(values: Float64Array): Estimate {
  const { low, high, mcse, ...share } = shareSequence(values.map((x) => (x + 1) / 2));
  const value = average(knownValues(values));
  const ends = { low: Math.min(2 * low - 1, value), high: Math.max(2 * high - 1, value) };
  const known = Number.isNaN(value) ? { low: -1, high: 1 } : ends;
  return { ...share, value, ...known, mcse: 2 * mcse, sd: standardDeviation(knownValues(values)) };
}

/**
 * Mean x̄ ± s √(2(nρ² + 1)/(n²ρ²) · log(√(nρ² + 1)/α)), s the standard deviation so far. Valid for every stopping rule
 * asymptotically, as the central limit theorem is; not below some 30 trials. With a value that is not finite the
 * interval is unknown. Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Ann. Statist. 52 (2024) 2613.
 */
export function meanSequence(values: Float64Array): Estimate {
  const known = knownValues(values);
  const n = known.length;
  const value = known.reduce((sum, x) => sum + x, 0) / n;
  const scaled = (n * SPREAD) / TUNED_TRIALS;
  const sd = standardDeviation(known);
  // Equal values give no information about the variance.
  if (!varies(known, sd)) return { ...UNKNOWN, value, ...meanSpread(known), ...leftOut(values) };
  const half = sd * Math.sqrt(((1 + 1 / scaled) * (2 * LOG_THRESHOLD + Math.log1p(scaled))) / n);
  return { value, low: value - half, high: value + half, ...meanSpread(known), ...leftOut(values) };
}

/** The same for values above 0. */
export function positiveSequence(values: Float64Array): Estimate {
  const estimate = meanSequence(values);
  return { ...estimate, low: Math.max(estimate.low, 0) };
}

/**
 * The q-quantile with the order statistics between which it lies: the number of values up to it is that of successes at
 * rate q, so `rateSequence` excludes some of these numbers. Exact for every law and every stopping rule. An end that
 * few values cannot bound is NaN. Source: Howard and Ramdas, Bernoulli 28 (2022) 1704.
 */
export function quantileSequence(q: number): (values: Float64Array) => Estimate {
  return quantileWithin(q, excludedCounts);
}

export const medianSequence = quantileSequence(0.5);

/** How many counts of successes, from 0 on, a rate p excludes. Exclusion becomes weaker as the count grows to np. */
function excludedCounts(n: number, p: number): number {
  const prior = trialsForRate(USUAL_HALF_WIDTH) / SPREAD;
  let [below, beyond] = [0, Math.floor(n * p)];
  while (below < beyond) {
    const middle = Math.floor((below + beyond) / 2);
    if (logBetaBinomial(prior, p, middle, n) >= LOG_THRESHOLD) below = middle + 1;
    else beyond = middle;
  }
  return below;
}

/**
 * log of the likelihood ratio of s successes of n at q ~ Beta(cp, c(1 − p)) to those at p. It is convex in p, and ≤ 0
 * at s/n.
 */
function logBetaBinomial(prior: number, p: number, s: number, n: number): number {
  const [a, b, f] = [prior * p, prior * (1 - p), n - s];
  const ratio = gammaln(a + s) - gammaln(a) + gammaln(b + f) - gammaln(b) - gammaln(prior + n) + gammaln(prior);
  return ratio - s * Math.log(p) - f * Math.log1p(-p);
}

/** Points of the arcsine law, with equal weights. */
const BETS = Float64Array.from({ length: 512 }, (_, j) => Math.sin(((j + 0.5) * Math.PI) / 1024) ** 2);

/** log of the mean wealth over all bets. It is convex in m, and ≤ 0 at the mean of the values. */
function logWealth(x: Float64Array, counts: Float64Array, m: number): number {
  const logs = BETS.map((q) => {
    const [up, down] = [q / m, (1 - q) / (1 - m)];
    let log = 0;
    for (let i = 0; i < x.length; i++) log += counts[i] * Math.log(x[i] * up + (1 - x[i]) * down);
    return log;
  });
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length);
}

/** The interval around a mean in [0, 1] in which a convex function lies below the threshold. */
function shareInterval(sum: number, n: number, log: (m: number) => number): Interval {
  if (n === 0) return { value: Number.NaN, low: 0, high: 1 };
  const value = sum / n;
  const end = (bound: number): number => {
    let [inside, outside] = [value, bound];
    for (let halving = 0; halving < 26; halving++) {
      const middle = (inside + outside) / 2;
      if (log(middle) < LOG_THRESHOLD) inside = middle;
      else outside = middle;
    }
    return outside;
  };
  return { value, low: end(0), high: end(1) };
}
