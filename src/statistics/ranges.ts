/** Estimators whose range is known, and which estimators are of means. */
import { boundedMean } from './bounded.js';
import type { Estimate } from './estimate.js';
import { mean, meanShare, positiveMean } from './means.js';

/** From the values of a cell's trials, and the settings that they see. */
export type Estimator = (values: Float64Array, settings: Readonly<Record<string, unknown>>) => Estimate;

/** The mean of differences of shares, each in [−1, 1]. */
export const meanShareDifference: Estimator = boundedMean(-1, 1);

/** Mean of numbers of iterations, which end at the setting `iterations`. */
export function meanIterations(values: Float64Array, { iterations }: Readonly<Record<string, unknown>>): Estimate {
  return boundedMean(0, Number(iterations))(values);
}

const MEANS: ReadonlySet<Estimator> = new Set([mean, meanShare, positiveMean, meanShareDifference, meanIterations]);

/** Whether an estimator is one of a mean, so that two samples are compared by their means. */
export function isMean(estimator: Estimator): boolean {
  return MEANS.has(estimator);
}
