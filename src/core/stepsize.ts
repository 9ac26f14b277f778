import { InputError } from './errors.js';
import { hessianOperator } from './hessian.js';
import type { LinearAlgebra, DescentKernels, Points, Problem, RandomKernels } from './kernels/contract.js';
import { largestEigenvalues } from './lanczos.js';

/** `auto`: η = factor/λ_max of the Hessian at each start's own W₀. */
export type StepSize = { readonly kind: 'fixed'; readonly value: number } | { readonly kind: 'auto'; readonly factor: number };

type Kernels = DescentKernels & RandomKernels & Pick<LinearAlgebra, 'symmetricEigen'>;

/**
 * Step sizes η of L starts: (L). The Hessian is that of the trained variables: W, and v when it is trained.
 * @throws InputError when the Hessian at a start has no positive eigenvalue, so that `auto` has no meaning there
 */
export function stepSizes(kernels: Kernels, problem: Problem, points: Points, rule: StepSize, trainOutput: boolean): Float64Array {
  if (rule.kind === 'fixed') return new Float64Array(points.starts).fill(rule.value);
  return hessianLargestEigenvalues(kernels, problem, points, trainOutput).map((largest, l) => {
    if (!(largest > 0)) {
      throw new InputError(`step size auto needs a positive Hessian eigenvalue at every start, got λ_max = ${largest} at start ${l}; give a number instead`);
    }
    return rule.factor / largest;
  });
}

/** λ_max of ∇²f_n at each of L points, by Lanczos on Hessian–vector products: (L). */
export function hessianLargestEigenvalues(kernels: Kernels, problem: Problem, points: Points, trainOutput: boolean): Float64Array {
  const { size, apply } = hessianOperator(kernels, problem, points, trainOutput);
  return largestEigenvalues(kernels, apply, points.starts, size);
}
