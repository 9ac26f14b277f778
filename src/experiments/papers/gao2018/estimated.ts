/** The loss L with the score that LLSFE estimates from the training inputs themselves. */
import { secondDegreeTerms } from '../../../core/landscape/terms.js';
import type { Objective } from '../../../core/landscape/method.js';
import { estimateDerivatives, localFitFlops } from '../../../core/score/estimate.js';
import type { TrialContext } from '../../spec.js';
import { landscapeOf } from './losses.js';
import type { Regression } from './regression.js';

/** h = f·n^{−1/(d+10)}, as in the authors' scripts. */
export function bandwidth(factor: number, samples: number, dimension: number): number {
  return factor * samples ** (-1 / (dimension + 10));
}

export interface Estimated {
  readonly objective: Objective;
  /** share of the samples at which the local fit is singular; these samples are left out */
  readonly singular: number;
}

/** L with the LLSFE of degree 2 at the training points. Each point is left out of its own fit. */
export function estimatedObjective(
  context: TrialContext<Parameters<typeof landscapeOf>[0]['settings']>,
  regression: Regression,
  h: number,
): Estimated {
  const { samples, dimension, rows, inputs } = regression;
  const fit = estimateDerivatives(
    context.kernels,
    inputs,
    { points: rows.subarray(0, samples * dimension), leaveOneOut: true },
    h,
    context.cancel,
  );
  return {
    objective: landscapeOf(context, regression, secondDegreeTerms(fit)),
    singular: fit.singular.length / samples,
  };
}

export function estimationCost(samples: number, dimension: number): number {
  return samples * localFitFlops(samples, dimension);
}
