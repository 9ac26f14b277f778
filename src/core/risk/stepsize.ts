/** Step sizes of descents on the population risk. */
import { refuse } from '../../base/errors.js';
import { denseExtremes, LARGEST_DENSE } from '../curvature/eigenvalues.js';
import { stepFor, type StepSize } from '../descent/stepsize.js';
import type { LinearAlgebra, Points } from '../kernels/contract.js';
import type { PopulationProblem } from '../kernels/populationContract.js';
import { populationCurvature } from './population.js';
import { pairOf } from './quadrature.js';

/**
 * η of each start: (L). `auto` is factor/λ_max of the Hessian of the risk there, in W, or in W and v.
 * @throws InputError where that Hessian is too large to be formed, or has no positive eigenvalue
 */
export function populationStepSizes(
  kernels: Pick<LinearAlgebra, 'symmetricEigen'>,
  problem: PopulationProblem,
  points: Points,
  rule: StepSize,
  trainOutput: boolean,
): Float64Array {
  if (rule.kind === 'fixed') return new Float64Array(points.starts).fill(rule.value);
  return Float64Array.from({ length: points.starts }, (_, l) => {
    const hessian = curvatureOf(problem, points, l, trainOutput);
    return stepFor(rule, denseExtremes(kernels, hessian, Math.sqrt(hessian.length)).largest, l);
  });
}

/**
 * ∂²F at point l, in W, or in W and v.
 * @throws InputError where it is too large to be formed
 */
export function curvatureOf(
  { activation, dimension, teacher }: PopulationProblem,
  { starts, weights, outputWeights }: Points,
  l: number,
  trainOutput: boolean,
): Float64Array {
  const part = (values: Float64Array): Float64Array =>
    values.subarray((l * values.length) / starts, ((l + 1) * values.length) / starts);
  const student = { weights: part(weights), outputWeights: part(outputWeights) };
  const size = student.weights.length + (trainOutput ? student.outputWeights.length : 0);
  if (size > LARGEST_DENSE)
    refuse('the number of variables of a Hessian of the population risk', `at most ${LARGEST_DENSE}`, size);
  return populationCurvature({ pair: pairOf(activation), dimension, teacher }, student, trainOutput);
}
