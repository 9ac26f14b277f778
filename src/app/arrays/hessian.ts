/** The Hessian of the empirical risk on a given training set. */
import { InputError } from '../../base/errors.js';
import { curvatureAt } from '../../core/curvature/eigenvalues.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import type { NumericArray } from '../../io/npy.js';
import {
  clippedOutputs,
  trainingNames,
  trainingPoints,
  type TrainingNames,
  type TrainingPoints,
  type TrainingProblem,
} from './training.js';

/** A training problem with the point at which the Hessian is computed. */
export interface HessianProblem extends TrainingProblem {
  /** W: (K, d) or (1, K, d); for a cnn (1, m) or (1, 1, m), where m divides d */
  readonly weights: NumericArray;
}

export interface Hessian {
  /** D, the number of entries of W */
  readonly dimension: number;
  /** λ_min and λ_max of ∇²f_n with respect to W */
  readonly smallest: number;
  readonly largest: number;
  /** unit eigenvector of the smallest eigenvalue, (D) */
  readonly smallestVector: Float64Array;
  /** accuracy of both eigenvalues, in the units of the eigenvalues */
  readonly residual: number;
  /** ∇²f_n with respect to W, (D, D); null for D > 2000, where only the extreme eigenvalues are computed */
  readonly hessian: Float64Array | null;
  /** number of outputs, of n, that are not in (0, 1) and are clipped for cross entropy; 0 for other losses */
  readonly clipped: number;
}

/** A point whose Hessian can be computed: the input has been checked. */
export interface PreparedHessian extends TrainingPoints {
  readonly kernels: NativeKernels;
  readonly clipping: ReturnType<typeof clippedOutputs>;
}

/** Throws `InputError` for arrays that do not fit together, and for more than one point. */
export function prepareHessian(
  kernels: NativeKernels,
  given: HessianProblem,
  names: TrainingNames = trainingNames('weights'),
): PreparedHessian {
  const training = trainingPoints(kernels, given, given.weights, names);
  const { problem, points } = training;
  if (points.starts !== 1)
    throw new InputError(`${names.weights}: weights must be those of one point, got ${points.starts}`);
  return { ...training, kernels, clipping: clippedOutputs(kernels, problem, points) };
}

/** Throws `InputError` where the Hessian is not finite. */
export function runHessian({ kernels, problem, points, clipping }: PreparedHessian): Hessian {
  return { dimension: points.weights.length, ...curvatureAt(kernels, problem, points), clipped: clipping.clipped };
}
