/** The largest and the smallest of several unknown numbers, from estimates of each. */
import { currentLevel, UNKNOWN, type Estimate, type Interval } from './estimate.js';

/** The confidence at which each of m intervals must hold for all to hold at once (Bonferroni). */
export function jointConfidence(m: number): number {
  return 1 - (1 - currentLevel()) / m;
}

/**
 * The largest of m numbers; NaN for m = 0, and NaN where a number is unknown, as it could be the largest. The upper end
 * is the largest of the upper ends. The largest of the lower ends is biased by selection, so lower ends are taken from
 * `joint`, the intervals at `jointConfidence(m)`. Without `joint` the lower end is the least one.
 */
export function largestOf(estimates: readonly Estimate[], joint?: readonly Interval[]): Estimate {
  if (estimates.length === 0) return UNKNOWN;
  const lows = (joint ?? estimates).map(({ low }) => low);
  const value = Math.max(...estimates.map((estimate) => estimate.value));
  return {
    value,
    low: joint === undefined ? Math.min(...lows) : Math.max(...lows),
    high: Math.max(...estimates.map(({ high }) => high)),
    mcse: estimates.find((estimate) => estimate.value === value)?.mcse ?? Number.NaN,
    sd: Number.NaN,
  };
}

/** The smallest of m numbers, −max(−θ). */
export function smallestOf(estimates: readonly Estimate[], joint?: readonly Interval[]): Estimate {
  return negated(largestOf(estimates.map(negated), joint?.map(negated)));
}

function negated<T extends Interval>(estimate: T): T {
  return { ...estimate, value: -estimate.value, low: -estimate.high, high: -estimate.low };
}
