/**
 * Exponents a of n ∝ d^a, from all points of a grid at once: a rate or a measure is constant along each line of
 * constant n/d^a.
 */
import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { currentLevel, errorOfInterval, normalQuantileOf, UNKNOWN, type Interval, type Noted } from './estimate.js';
import { dosesOf, fitLogistic, profileRise, type LogisticFit } from './logistic.js';
import { weightedSlope, type LineFit } from './regression.js';

/** Success counts at one (d, n), both positive. */
export interface GridCount {
  readonly d: number;
  readonly n: number;
  readonly successes: number;
  readonly trials: number;
}

/** A positive estimate at one (d, n). */
export interface GridValue {
  readonly d: number;
  readonly n: number;
  readonly estimate: Interval;
}

/**
 * The exponent a of a success boundary n ∝ d^a: maximum likelihood of logit p = s·(log n − a log d − c), with its
 * profile-likelihood interval {a : 2(ℓ_max − max_{s,c} ℓ(a, s, c)) ≤ t²_{N−3}}, N trials in all (see `profileRise`).
 * Cells with only failures or only successes contribute too. NaN with fewer than two d, without both outcomes, where
 * success decreases with n, or where all a up to an end of the search interval −4 ≤ a ≤ 6 are equally likely.
 */
export function boundaryExponent(counts: readonly GridCount[]): Noted {
  const known = counts.filter(({ trials }) => trials > 0);
  const successes = known.reduce((sum, count) => sum + count.successes, 0);
  const trials = known.reduce((sum, count) => sum + count.trials, 0);
  if (severalDimensions(known) < 2 || successes === 0 || successes === trials) return UNKNOWN;
  const fitAt = (a: number): LogisticFit | undefined => {
    const doses = dosesOf(
      known.map((count) => position(count, a)),
      known.map((count) => count.successes),
      known.map((count) => count.trials),
    );
    return doses.length < 2 ? undefined : fitLogistic(doses, 0);
  };
  const found = profile(
    (a) => -2 * (fitAt(a)?.logLikelihood ?? -Infinity),
    () => profileRise(trials, 3),
  );
  if (Number.isNaN(found.value)) return found;
  return (fitAt(found.value)?.slope ?? 0) > 0 ? found : UNKNOWN;
}

/**
 * The exponent a of lines n ∝ d^a along which a measure keeps its value: least squares of log value on log n − a log d
 * with weights from the intervals. In the interval χ² increases by no more than 1.96², or, when the scatter about the
 * fit is larger than the intervals allow, by Student's quantile squared times χ²/(N − 3). NaN with fewer than two d or
 * four points, or where the value increases with n. No point is left out: where a point has no two-sided interval above
 * 0, the exponent is unknown, and `note` names the point.
 */
export function equalValueExponent(known: readonly GridValue[]): Noted {
  const open = known.filter(
    ({ estimate: { value, low, high } }) => !(low > 0 && value > 0 && high > low && Number.isFinite(high)),
  );
  if (open.length > 0)
    return { ...UNKNOWN, note: `no fit without ${open.map(({ d, n }) => `d = ${d}, n = ${n}`).join('; ')}` };
  const degrees = known.length - 3;
  if (severalDimensions(known) < 2 || degrees < 1) return UNKNOWN;
  const errors = known.map(({ estimate: { low, high } }) => Math.log(high / low) / (2 * normalQuantileOf()));
  const logs = known.map(({ estimate }) => Math.log(estimate.value));
  const fitAt = (a: number): LineFit =>
    weightedSlope(
      known.map((value) => position(value, a)),
      logs,
      errors,
    );
  const found = profile(
    (a) => fitAt(a).chiSquare,
    (least) =>
      least > chiSquareQuantile(currentLevel(), degrees)
        ? (tQuantile((1 + currentLevel()) / 2, degrees) ** 2 * least) / degrees
        : normalQuantileOf() ** 2,
  );
  if (Number.isNaN(found.value)) return found;
  return fitAt(found.value).slope.value < 0 ? found : UNKNOWN;
}

/**
 * log n − a log d, to nine decimals: points that are equal up to rounding become one, as the slope between them would
 * be unbounded.
 */
function position({ d, n }: { readonly d: number; readonly n: number }, a: number): number {
  return Math.round((Math.log(n) - a * Math.log(d)) * 1e9) / 1e9;
}

function severalDimensions(points: readonly { readonly d: number }[]): number {
  return new Set(points.map(({ d }) => d)).size;
}

/** The search interval of exponents, with its coarse steps. */
const [LEAST, MOST, STEP] = [-4, 6, 0.25];
/** Increases below this are rounding: all points of a flat valley count as its minimum. */
const FLAT = 1e-7;

/**
 * The minimiser of an objective of a (the middle of a flat minimum), and the interval around it in which the objective
 * increases by no more than `allowed(minimum)`. Unknown where the objective is flat up to an end of the search
 * interval.
 */
function profile(objective: (a: number) => number, allowed: (least: number) => number): Noted {
  const grid = Array.from({ length: Math.round((MOST - LEAST) / STEP) + 1 }, (_, i) => LEAST + i * STEP);
  const heights = grid.map(objective);
  const best = grid[heights.indexOf(Math.min(...heights))];
  const around = goldenSection(objective, best - STEP, best + STEP);
  const least = objective(around);
  const ends = (rise: number): number[] =>
    [-1, 1].map((side) => lastWithin((a) => objective(a) <= least + rise, around, side));
  const [flatLow, flatHigh] = ends(FLAT);
  if (!Number.isFinite(flatHigh - flatLow))
    return { ...UNKNOWN, note: `every exponent up to ${flatHigh === Infinity ? MOST : LEAST} is as likely` };
  const [low, high] = ends(allowed(least));
  const value = (flatLow + flatHigh) / 2;
  return { value, low, high, mcse: errorOfInterval({ value, low, high }), sd: Number.NaN };
}

function goldenSection(objective: (a: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [objective(left), objective(right)];
  for (let step = 0; step < 35; step++) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = objective(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = objective(right);
    }
  }
  return (low + high) / 2;
}

/**
 * The end, towards one side, of the interval around `from` in which a condition holds; infinite when it holds up to the
 * end of the search interval.
 */
function lastWithin(holds: (a: number) => boolean, from: number, side: number): number {
  const end = side < 0 ? LEAST : MOST;
  let reach = STEP / 8;
  while (holds(from + side * reach)) {
    // `from` itself may lie a step beyond the other end.
    if (side * (from + side * reach - end) > 0) return side * Infinity;
    reach *= 2;
  }
  let [near, far] = [from, from + side * reach];
  for (let halving = 0; halving < 30; halving++) {
    const middle = (near + far) / 2;
    if (holds(middle)) near = middle;
    else far = middle;
  }
  return near;
}
