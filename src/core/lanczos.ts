import type { LinearAlgebra, RandomKernels, StreamAddress } from './kernels/contract.js';

/** Products A_l x_l for L symmetric operators at once: (L, D) → (L, D). */
export type BatchedOperator = (vectors: Float64Array) => Float64Array;

/** The starting vector is the same for every operator and every run: the result is a function of the operator alone. */
const START_VECTOR: StreamAddress = { key: [0x6c616e63, 0x7a6f7300], trial: 0, purpose: 0 };

interface Krylov {
  /** orthonormal basis, one vector per step */
  readonly basis: Float64Array[];
  readonly diagonal: number[];
  readonly offDiagonal: number[];
  largest: number;
  finished: boolean;
}

/**
 * The algebraically largest eigenvalue of each of L symmetric operators of size D, by Lanczos with full
 * reorthogonalisation; exact after D steps, usually far sooner.
 * @param tolerance relative residual of the Ritz pair at which a start is finished
 * @returns (L)
 */
export function largestEigenvalues(
  kernels: RandomKernels & Pick<LinearAlgebra, 'symmetricEigen'>,
  apply: BatchedOperator, starts: number, size: number, tolerance = 1e-10, maxSteps = 300,
): Float64Array {
  const first = new Float64Array(size);
  kernels.normals(START_VECTOR, 0, first);
  const spaces = Array.from({ length: starts }, (): Krylov => ({ basis: [normalised(first)], diagonal: [], offDiagonal: [], largest: 0, finished: false }));
  for (let step = 0; step < Math.min(size, maxSteps) && spaces.some((space) => !space.finished); step++) {
    const vectors = new Float64Array(starts * size);
    spaces.forEach((space, l) => vectors.set(space.basis[Math.min(step, space.basis.length - 1)], l * size));
    const products = apply(vectors);
    spaces.forEach((space, l) => {
      if (!space.finished) extend(kernels, space, products.slice(l * size, (l + 1) * size), tolerance);
    });
  }
  return Float64Array.from(spaces, (space) => space.largest);
}

/** One Lanczos step: `product` is A times the last basis vector. */
function extend(kernels: Pick<LinearAlgebra, 'symmetricEigen'>, space: Krylov, product: Float64Array, tolerance: number): void {
  const last = space.basis[space.basis.length - 1];
  space.diagonal.push(dot(product, last));
  // Twice is enough (Kahan and Parlett): the second pass removes what rounding left of the first.
  for (let pass = 0; pass < 2; pass++) for (const vector of space.basis) subtractMultiple(product, vector, dot(product, vector));
  const residual = Math.sqrt(dot(product, product));
  if (!Number.isFinite(residual)) {
    space.largest = Number.NaN;
    space.finished = true;
    return;
  }
  const { value, lastComponent } = largestRitzPair(kernels, space);
  space.largest = value;
  space.finished = residual * Math.abs(lastComponent) <= tolerance * Math.abs(value);
  space.offDiagonal.push(residual);
  if (!space.finished) space.basis.push(normalised(product));
}

/** The largest eigenvalue of the tridiagonal projection, and the last component of its unit eigenvector. */
function largestRitzPair(kernels: Pick<LinearAlgebra, 'symmetricEigen'>, space: Krylov): { value: number; lastComponent: number } {
  const order = space.diagonal.length;
  const tridiagonal = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    tridiagonal[i * order + i] = space.diagonal[i];
    if (i + 1 < order) tridiagonal[i * order + i + 1] = tridiagonal[(i + 1) * order + i] = space.offDiagonal[i];
  }
  const { values, vectors } = kernels.symmetricEigen(tridiagonal, order);
  return { value: values[order - 1], lastComponent: vectors[order * order - 1] };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtractMultiple(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] -= factor * vector[i];
}

function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}
