import { InputError } from '../../base/errors.js';
import { denseHessian, hessianOperator } from './hessian.js';
import type { DescentKernels, LinearAlgebra, Points, Problem, RandomKernels } from '../kernels/contract.js';
import { extremeEigenvalues, type ExtremeEigenvalues } from './lanczos.js';

/** The largest number of entries of W for which the dense Hessian is formed: 32 MB. */
export const LARGEST_DENSE = 2000;

type Kernels = DescentKernels & RandomKernels & Pick<LinearAlgebra, 'symmetricEigen'>;

/** Curvature of f_n at one point. */
export interface Curvature extends ExtremeEigenvalues {
  /** ∇²f_n in W, (D, D); null where only its extreme eigenvalues were computed */
  readonly hessian: Float64Array | null;
}

/**
 * Extreme eigenvalues of ∇²f_n in W at one point: by LAPACK from the dense Hessian while D ≤ `largestDense`, beyond
 * that by Lanczos, to a residual of 1e-10 of the largest eigenvalue where 2000 steps reach it.
 * @param cancel polled between native calls; not 0 throws `Cancelled`
 * @throws InputError where the Hessian is not finite
 */
export function curvatureAt(
  kernels: Kernels,
  problem: Problem,
  point: Points,
  cancel?: Int32Array,
  largestDense = LARGEST_DENSE,
): Curvature {
  const size = point.weights.length;
  if (size > largestDense) {
    const { apply } = hessianOperator(kernels, problem, point, false);
    const [ends] = extremeEigenvalues(kernels, apply, 1, size);
    if (!Number.isFinite(ends.residual)) throw notFinite();
    return { ...ends, hessian: null };
  }
  const hessian = denseHessian(kernels, problem, point, cancel);
  if (!hessian.every(Number.isFinite)) throw notFinite();
  return { ...denseExtremes(kernels, hessian, size), hessian };
}

function notFinite(): InputError {
  return new InputError(
    'the Hessian at these weights must be finite, got an overflow: the weights or the inputs are too large for this activation',
  );
}

/** Extreme eigenvalues of a symmetric (D, D) matrix by LAPACK. */
export function denseExtremes(
  kernels: Pick<LinearAlgebra, 'symmetricEigen'>,
  matrix: Float64Array,
  size: number,
): ExtremeEigenvalues {
  const { values, vectors } = kernels.symmetricEigen(matrix, size);
  const [smallest, largest] = [values[0], values[size - 1]];
  return {
    smallest,
    largest,
    smallestVector: vectors.slice(0, size),
    residual: size * Number.EPSILON * Math.max(Math.abs(smallest), Math.abs(largest)),
  };
}
