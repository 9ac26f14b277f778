/** Several means at once. */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { currentLevel, UNKNOWN, type Estimate } from './estimate.js';

/** What a claim about several means takes of each. */
export type Centre = Pick<Estimate, 'value' | 'mcse'>;

/**
 * A mean in standard deviations of the same values. Its Monte Carlo error has a part of each, by the delta method; the
 * two are uncorrelated for a symmetric law.
 */
export function inDeviations(mean: Centre, deviation: Centre): Centre {
  const value = mean.value / deviation.value;
  return { value, mcse: Math.hypot(mean.mcse, value * deviation.mcse) / deviation.value };
}

/**
 * The largest |mean| of several means over the same n trials. With the chosen confidence each mean lies within
 * t mcse of its value, all at once: t is Student's quantile at the level 1 − (1 − confidence)/m of m means (Bonferroni),
 * however the means depend on each other. The interval follows: no |mean| is above its upper end, and some |mean| is
 * above its lower end. UNKNOWN unless every mean has a standard error.
 */
export function largestMean(means: readonly Centre[], trials: number): Estimate {
  if (means.length === 0 || trials < 2 || !means.every(({ value, mcse }) => Number.isFinite(value) && mcse > 0))
    return UNKNOWN;
  const reach = tQuantile(1 - (1 - currentLevel()) / (2 * means.length), trials - 1);
  const ends = means.map(({ value, mcse }) => ({
    value: Math.abs(value),
    low: Math.max(0, Math.abs(value) - reach * mcse),
    high: Math.abs(value) + reach * mcse,
    mcse,
  }));
  const top = ends.reduce((most, one) => (one.value > most.value ? one : most));
  return {
    value: top.value,
    low: Math.max(...ends.map(({ low }) => low)),
    high: Math.max(...ends.map(({ high }) => high)),
    mcse: top.mcse,
    sd: Number.NaN,
  };
}
