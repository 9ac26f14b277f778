import type { LinearAlgebra } from '../kernels/contract.js';
import { coreTensor } from './contractions.js';
import { factorize, type Factorization, type FactorizationOptions } from './kcl.js';
import type { NormalSource } from './normals.js';
import type { Stages } from './stages.js';

/** The directions of the neurons, up to sign. */
export interface Directions {
  /** (K, d): V u_i, unit rows */
  readonly directions: Float64Array;
  /** (d): the α of the decomposition that was taken */
  readonly direction: Float64Array;
  /** M_j(V, V, V, α) (K, K, K): what was decomposed */
  readonly tensor: Float64Array;
}

/** How KCL begins: its number of projections and its first transform. */
export type Decomposition = Pick<FactorizationOptions, 'projections' | 'start'>;

/**
 * Decomposes M_j(V, V, V, α), j = 3 or 4, for every α of the stages and takes the most reliable one. No least squares
 * on the tensor follows: its entries are estimates, and the best fit to noise is often two large terms that nearly
 * cancel (docs/derivations/tensor.md, Decomposition).
 */
export function neuronDirections(
  kernels: LinearAlgebra,
  { basis, alphas, forTensor }: Stages,
  order: 3 | 4,
  normals: NormalSource,
  decomposition: Decomposition = {},
): Directions {
  const rank = basis.length / forTensor.dimension;
  const trials = alphas.map((direction) => {
    const tensor = coreTensor(kernels, forTensor, basis, order, direction);
    const found = factorize(kernels, tensor, rank, rank, { ...decomposition, normals, refine: false });
    return { direction, tensor, factors: found.factors, soundness: soundness(kernels, found) };
  });
  const { direction, tensor, factors } = trials.reduce((best, trial) =>
    trial.soundness > best.soundness ? trial : best,
  );
  return { direction, tensor, directions: kernels.multiply(factors, basis, rank, forTensor.dimension, rank) };
}

/**
 * How much a decomposition can be trusted: the smallest |w_i| over the largest, times the smallest eigenvalue of the
 * Gram matrix of the u_i. With αᵀw̄_i ≈ 0 neuron i almost vanishes from M_4(V, V, V, α); noise then replaces it by two
 * large terms that nearly cancel.
 */
function soundness(kernels: LinearAlgebra, { weights, factors }: Factorization): number {
  const rank = weights.length;
  const gram = kernels.multiply(factors, factors, rank, rank, factors.length / rank, false, true);
  return Math.abs(weights[rank - 1] / weights[0]) * kernels.symmetricEigen(gram, rank).values[0];
}
