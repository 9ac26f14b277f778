import type { LinearAlgebra } from '../kernels/contract.js';
import { addMultiple, norm } from './dense.js';

type Multiply = Pick<LinearAlgebra, 'multiply'>;

/** T(I, I, w): (p, p). Tensors are (p, p, p) and symmetric. */
export function contracted(kernels: Multiply, tensor: Float64Array, size: number, vector: Float64Array): Float64Array {
  return kernels.multiply(tensor, vector, size * size, 1, size);
}

/** T(V, V, V) for a basis of k rows (k, p): (k, k, k). */
export function projected(kernels: Multiply, tensor: Float64Array, size: number, basis: Float64Array): Float64Array {
  const rank = basis.length / size;
  const last = kernels.multiply(tensor, basis, size * size, rank, size, false, true);
  const first = kernels.multiply(basis, last, rank, size * rank, size);
  const out = new Float64Array(rank ** 3);
  for (let i = 0; i < rank; i++) {
    const slice = first.subarray(i * size * rank, (i + 1) * size * rank);
    out.set(kernels.multiply(basis, slice, rank, rank, size), i * rank * rank);
  }
  return out;
}

/** Σ_i w_i a_i⊗a_i⊗a_i of k rows (k, p), w_i = 1 unless given: (p, p, p). */
export function sumOfCubes(
  kernels: Multiply,
  factors: Float64Array,
  rank: number,
  weights?: Float64Array,
): Float64Array {
  const size = factors.length / rank;
  const squares = new Float64Array(rank * size * size);
  for (let r = 0; r < rank; r++) {
    for (let i = 0; i < size; i++) {
      const scaled = factors[r * size + i] * (weights?.[r] ?? 1);
      for (let j = 0; j < size; j++) squares[(r * size + i) * size + j] = scaled * factors[r * size + j];
    }
  }
  return kernels.multiply(squares, factors, size * size, size, rank, true);
}

/** The mean over the six orders of the indices. */
export function symmetrised(tensor: Float64Array, size: number): Float64Array {
  return tensor.map((_, at) => {
    const [i, j, l] = [Math.floor(at / (size * size)), Math.floor(at / size) % size, at % size];
    const entry = (a: number, b: number, c: number): number => tensor[(a * size + b) * size + c];
    return (entry(i, j, l) + entry(i, l, j) + entry(j, i, l) + entry(j, l, i) + entry(l, i, j) + entry(l, j, i)) / 6;
  });
}

/** ‖T − sym T‖_F / ‖T‖_F; 0 for the zero tensor. */
export function relativeAsymmetry(tensor: Float64Array, size: number): number {
  const difference = symmetrised(tensor, size);
  addMultiple(difference, tensor, -1);
  const scale = norm(tensor);
  return scale === 0 ? 0 : norm(difference) / scale;
}
