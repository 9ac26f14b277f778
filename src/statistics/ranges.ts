/** Estimators of values with a known range, and the list of estimators that are means. */
import { boundedMean } from './bounded.js';
import type { Estimate } from './estimate.js';
import { mean, meanShare, positiveMean } from './means.js';

/** An estimator from the values of a cell's trials and their settings. */
export type Estimator = (values: Float64Array, settings: Readonly<Record<string, unknown>>) => Estimate;

/** The mean of differences of shares, each in [−1, 1]. */
export const meanShareDifference: Estimator = boundedMean(-1, 1);

/** Mean of numbers of iterations, which are at most the setting `iterations`. */
export function meanIterations(values: Float64Array, { iterations }: Readonly<Record<string, unknown>>): Estimate {
  return boundedMean(0, Number(iterations))(values);
}

const MEANS: ReadonlySet<Estimator> = new Set([mean, meanShare, positiveMean, meanShareDifference, meanIterations]);

/** True when an estimator is a mean; two samples are then compared by their means. */
export function isMean(estimator: Estimator): boolean {
  return MEANS.has(estimator);
}
