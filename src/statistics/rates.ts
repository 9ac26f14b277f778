import betainc from '@stdlib/math-base-special-betainc';
import { CONFIDENCE, currentLevel, normalQuantileOf, positiveError, UNKNOWN, type Estimate } from './estimate.js';
import { known, leftOut } from './spread.js';

/** Two-sided standard normal quantile at 95 %. */
const NORMAL_QUANTILE = normalQuantileOf(CONFIDENCE);

const HALVINGS = 52;
/** Restores a count that rounding has changed. */
const COUNT_SLACK = 1e-6;

/**
 * Success rate k/n with Blaker's exact interval {p : P_p(X is at least as extreme as k) > 5 %}, extreme by the smaller
 * tail. It covers at least 95 % at every rate and every n, and lies within Clopper and Pearson's. Without trials the
 * value is NaN and the interval is all of [0, 1].
 * @param confidence instead of 95 %
 * @throws RangeError unless successes are a whole number from 0 to trials
 * Source: Blaker, Canad. J. Statist. 28 (2000) 783.
 */
export function binomialRate(successes: number, trials: number, confidence = currentLevel()): Estimate {
  const count = Math.round(successes);
  if (!(count >= 0 && count <= trials && Number.isFinite(trials) && Math.abs(successes - count) < COUNT_SLACK)) {
    throw new RangeError(
      `successes must be a whole number from 0 to trials, got ${String(successes)} of ${String(trials)}`,
    );
  }
  if (trials === 0) return { ...UNKNOWN, low: 0, high: 1 };
  const alpha = 1 - confidence;
  const [low, high] = [lowerEnd(count, trials, alpha), 1 - lowerEnd(trials - count, trials, alpha)];
  return { value: count / trials, low, high, ...rateSpread(count, trials) };
}

/**
 * The difference p − q of two independent rates, from the interval of each: the distance of each end is the root of the
 * sum of squares of the distances that lead there.
 * Source: Newcombe, Statist. Med. 17 (1998) 873, method 10, with Blaker's intervals in place of Wilson's.
 */
export function rateDifference(p: Estimate, q: Estimate): Estimate {
  const value = p.value - q.value;
  return {
    value,
    low: value - Math.hypot(p.value - p.low, q.high - q.value),
    high: value + Math.hypot(p.high - p.value, q.value - q.low),
    mcse: Math.hypot(p.mcse, q.mcse),
    sd: Math.hypot(p.sd, q.sd),
  };
}

/**
 * Monte Carlo error √(p̂(1 − p̂)/n) of a rate, and standard deviation of its zeros and ones. At 0 and n successes,
 * where that error would be 0, it is Agresti and Coull's √(p̃(1 − p̃)/(n + z²)), p̃ = (k + z²/2)/(n + z²): a rate
 * without observed failures may still have some. Source: Agresti and Coull, Amer. Statist. 52 (1998) 119.
 */
export function rateSpread(successes: number, trials: number): Pick<Estimate, 'mcse' | 'sd'> {
  if (trials === 0) return { mcse: Number.NaN, sd: Number.NaN };
  const share = successes / trials;
  const sd = Math.sqrt((share * (1 - share) * trials) / (trials - 1));
  if (share > 0 && share < 1) return { mcse: Math.sqrt((share * (1 - share)) / trials), sd };
  const weight = trials + NORMAL_QUANTILE ** 2;
  const centre = (successes + NORMAL_QUANTILE ** 2 / 2) / weight;
  return { mcse: positiveError(Math.sqrt((centre * (1 - centre)) / weight)), sd };
}

/**
 * Share of ones among the values, each 0 or 1, with Blaker's interval; NaN marks a trial without the measure and is
 * left out, and counted.
 * @throws RangeError for any other value
 */
export function rate(values: Float64Array): Estimate {
  const own = known(values);
  const wrong = own.find((value) => value !== 0 && value !== 1);
  if (wrong !== undefined) throw new RangeError(`a rate's values must be 0 or 1, got ${String(wrong)}`);
  return {
    ...binomialRate(
      own.reduce((sum, value) => sum + value, 0),
      own.length,
    ),
    ...leftOut(values),
  };
}

/** P(X ≥ k), k ≥ 1, for X ~ Bin(n, p). */
function atLeast(k: number, n: number, p: number): number {
  return betainc(p, k, n - k + 1);
}

/** P(X ≤ k). */
function atMost(k: number, n: number, p: number): number {
  return k < 0 ? 0 : betainc(1 - p, n - k, k + 1);
}

/**
 * The smallest p that is not excluded at α, say 5 %. At Clopper and Pearson's end, P(X ≥ k) = 2.5 %, the lower tail that
 * counts is P(X ≤ q), the largest that is no larger. As p increases, q stays the same until P(X ≤ q + 1) = P(X ≥ k).
 * There both are above 2.5 %, so the end is that p or a smaller one.
 */
function lowerEnd(k: number, n: number, alpha: number): number {
  if (k === 0) return 0;
  const outer = firstTrue((p) => atLeast(k, n, p) >= alpha / 2, 0, 1);
  const q = largestLowerTail(k, n, outer, alpha);
  const jump = firstTrue((p) => atMost(q + 1, n, p) <= atLeast(k, n, p), outer, 1);
  return firstTrue((p) => atLeast(k, n, p) + atMost(q, n, p) >= alpha, outer, jump);
}

/** The largest q < k with P(X ≤ q) ≤ α/2; −1 where there is none. */
function largestLowerTail(k: number, n: number, p: number, alpha: number): number {
  let [low, high] = [-1, k];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (atMost(middle, n, p) <= alpha / 2) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The point between two ends at which a condition begins to hold: the last point of the bisection where it does not.
 */
function firstTrue(holds: (p: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return low;
}
