/** Straight lines through points, some of which are bounded on one side only. */
import chiSquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { currentLevel, errorOfInterval, normalQuantileOf, type Estimate } from './estimate.js';

/** A point with its standard errors towards smaller and larger y; ∞: that side is not bounded. */
export interface SidedPoint {
  readonly x: number;
  readonly y: number;
  readonly below: number;
  readonly above: number;
}

/**
 * Slope of y = a + b x by likelihood: a point costs ((y − a − b x)/s)², with s its error on the side where the line
 * passes, and nothing on a side without bound. The interval is {b : min_a χ²(a, b) ≤ χ²_min + 1.96²}; where χ²_min is
 * above its 95 % quantile at N − 2 degrees of freedom, t²_{N−2} χ²_min/(N − 2) replaces 1.96². At least two points with
 * both errors and distinct x are needed: then χ² is convex and has one minimum.
 */
export function censoredSlope(points: readonly SidedPoint[]): Estimate {
  const bounded = points.filter(({ below, above }) => Number.isFinite(below + above));
  const range = Math.max(...bounded.map(({ x }) => x)) - Math.min(...bounded.map(({ x }) => x));
  const cost = (slope: number): number => leastCost(points, slope);
  const start = middleSlope(bounded);
  const step = Math.max(...bounded.map(({ below, above }) => Math.max(below, above))) / range;
  const value = minimum(cost, start, step);
  const least = cost(value);
  const limit = least + allowedRise(least, points.length - 2);
  const [low, high] = [-1, 1].map((side) => crossingOf((slope) => cost(slope) <= limit, value, side * step));
  return { value, low, high, mcse: errorOfInterval({ value, low, high }), sd: Number.NaN };
}

function allowedRise(least: number, degrees: number): number {
  if (degrees < 1 || least <= chiSquareQuantile(currentLevel(), degrees)) return normalQuantileOf() ** 2;
  return (tQuantile((1 + currentLevel()) / 2, degrees) ** 2 * least) / degrees;
}

/** min_a χ²(a, b): its derivative in a is increasing, so bisection between the outermost residuals finds it. */
function leastCost(points: readonly SidedPoint[], slope: number): number {
  const residuals = points.map(({ x, y }) => y - slope * x);
  const total = (a: number, term: (residual: number, error: number) => number): number =>
    points.reduce((sum, { below, above }, i) => {
      const residual = residuals[i] - a;
      return sum + term(residual, residual > 0 ? below : above);
    }, 0);
  let [low, high] = [Math.min(...residuals), Math.max(...residuals)];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (total(middle, (residual, error) => residual / error ** 2) > 0) low = middle;
    else high = middle;
  }
  return total((low + high) / 2, (residual, error) => (residual / error) ** 2);
}

/** Least squares without weights: the start of the search for the minimum. */
function middleSlope(points: readonly SidedPoint[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * y, 0) / spread;
}

/** The minimum of a convex function: steps that double until it increases again, then golden-section search. */
function minimum(cost: (slope: number) => number, start: number, step: number): number {
  const side = cost(start + step) < cost(start) ? 1 : -1;
  let reach = step;
  while (cost(start + 2 * side * reach) < cost(start + side * reach)) reach *= 2;
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [start - step, start + 2 * side * reach].sort((a, b) => a - b);
  if (side < 0) high = start + step;
  for (let section = 0; section < 60; section++) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (cost(left) <= cost(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** The end, towards the side of `step`, of the interval around `from` in which a condition holds. */
function crossingOf(holds: (slope: number) => boolean, from: number, step: number): number {
  let reach = step;
  while (holds(from + reach)) reach *= 2;
  let [near, far] = [from, from + reach];
  for (let halving = 0; halving < 50; halving++) {
    const middle = (near + far) / 2;
    if (holds(middle)) near = middle;
    else far = middle;
  }
  return near;
}
