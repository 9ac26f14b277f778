/** Decomposes a given symmetric third-order tensor into a sum of k cubes of vectors. */
import { wholeNumber } from '../../base/allowed.js';
import { InputError } from '../../base/errors.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import { factorize } from '../../core/tensor/kcl.js';
import { normalSource } from '../../core/tensor/normals.js';
import type { NumericArray } from '../../io/npy.js';
import { formatShape } from '../../io/npyheader.js';
import { requireArray } from './given.js';
import { algorithmStream } from './stream.js';

export const MOST_PROJECTIONS = 10_000;

export interface FactorizeOptions {
  /** k, 1 … p */
  readonly rank: number;
  /** number of random projections that are diagonalised together, 1 … 10,000; default: 2p */
  readonly projections?: number | undefined;
  /** seed of the projections, 0 … 2⁵³ − 1 */
  readonly seed: number;
}

/** T ≈ Σ_i w_i u_i⊗u_i⊗u_i. */
export interface Factorized {
  /** (k): w_i in descending order of |w_i| */
  readonly weights: Float64Array;
  /** (k, p): unit rows u_i, signed so that the entry of largest magnitude is positive */
  readonly factors: NumericArray;
}

/** The p of a (p, p, p) tensor of finite numbers. Throws `InputError` for another array. */
export function tensorSize(tensor: NumericArray, name = 'tensor'): number {
  const { shape } = tensor;
  const size = shape[0];
  if (shape.length !== 3 || size < 1 || shape.some((length) => length !== size))
    throw new InputError(`${name}: must be a tensor of shape (p, p, p), got shape ${formatShape(shape)}`);
  return size;
}

/**
 * The terms of a symmetric (p, p, p) tensor; see `factorize` in core/tensor/kcl.ts.
 * @throws InputError for an array of another shape or without symmetry, and for a rank that the tensor does not have
 */
export function factorized(
  kernels: NativeKernels,
  tensor: NumericArray,
  { rank, projections, seed }: FactorizeOptions,
  name = 'tensor',
): Factorized {
  requireArray(name, tensor);
  const size = tensorSize(tensor, name);
  wholeNumber('rank', rank, 1, size);
  const stream = algorithmStream('factorize', seed);
  const { weights, factors } = factorize(kernels, tensor.values, size, rank, {
    projections: projections === undefined ? 2 * size : wholeNumber('projections', projections, 1, MOST_PROJECTIONS),
    normals: normalSource(kernels, stream),
  });
  return { weights, factors: { shape: [weights.length, size], values: factors } };
}
