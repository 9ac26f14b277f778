import { InputError, refuse } from '../../base/errors.js';
import { hessianOperator } from '../curvature/hessian.js';
import type { LinearAlgebra, DescentKernels, Points, Problem, RandomKernels } from '../kernels/contract.js';
import { largestEigenvalues } from '../curvature/lanczos.js';

/**
 * `auto`: η = factor/λ_max of the Hessian at each start's own W₀. `gauss-newton`: η = factor/λ_max(J Jᵀ/n), J the
 * Jacobian of the residuals there; for squared loss the Hessian without the residuals' own curvature, so always
 * positive.
 */
export type StepSize =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'auto' | 'gauss-newton'; readonly factor: number };

type Kernels = DescentKernels & RandomKernels & Pick<LinearAlgebra, 'symmetricEigen'>;

/**
 * Step sizes η of L starts: (L). The Hessian is that of the trained variables: W, and v when it is trained.
 * @throws InputError when the Hessian at a start has no positive eigenvalue, so that `auto` has no meaning there
 */
export function stepSizes(
  kernels: Kernels,
  problem: Problem,
  points: Points,
  rule: StepSize,
  trainOutput: boolean,
): Float64Array {
  if (rule.kind === 'fixed') return new Float64Array(points.starts).fill(rule.value);
  const eigenvalues =
    rule.kind === 'auto'
      ? hessianLargestEigenvalues(kernels, problem, points, trainOutput)
      : gaussNewtonLargestEigenvalues(kernels, problem, points, trainOutput);
  return eigenvalues.map((largest, l) => stepFor(rule, largest, l));
}

/**
 * factor/λ_max of start l.
 * @throws InputError when λ_max is not positive
 */
export function stepFor({ kind, factor }: Exclude<StepSize, { kind: 'fixed' }>, largest: number, l: number): number {
  if (largest > 0) return factor / largest;
  throw new InputError(
    `step size ${kind} needs a positive Hessian eigenvalue at every start, got λ_max = ${largest} at start ${l}; give a number instead`,
  );
}

/** λ_max of ∇²f_n at each of L points, by Lanczos on Hessian–vector products: (L). */
export function hessianLargestEigenvalues(
  kernels: Kernels,
  problem: Problem,
  points: Points,
  trainOutput: boolean,
): Float64Array {
  const { size, apply } = hessianOperator(kernels, problem, points, trainOutput);
  return largestEigenvalues(kernels, apply, points.starts, size);
}

/**
 * λ_max(J Jᵀ/n) at each of L points: (L). With a point's own outputs as labels every residual is zero, and the Hessian
 * of the squared loss is JᵀJ/n exactly.
 * @throws InputError for another loss, whose Hessian has other weights
 */
export function gaussNewtonLargestEigenvalues(
  kernels: Kernels,
  problem: Problem,
  points: Points,
  trainOutput: boolean,
): Float64Array {
  if (problem.loss !== 'squared') refuse('the loss of a Gauss–Newton step', 'squared', problem.loss);
  const outputs = kernels.outputs(problem.inputs, problem.shape, problem.activation, points);
  const n = problem.inputs.samples;
  return Float64Array.from({ length: points.starts }, (_, l) => {
    const fitted = { ...problem, labels: outputs.subarray(l * n, (l + 1) * n) };
    return hessianLargestEigenvalues(kernels, fitted, pointOf(points, l), trainOutput)[0];
  });
}

function pointOf({ starts, weights, outputWeights }: Points, l: number): Points {
  const part = (values: Float64Array): Float64Array =>
    values.subarray((l * values.length) / starts, ((l + 1) * values.length) / starts);
  return { starts: 1, weights: part(weights), outputWeights: part(outputWeights) };
}
