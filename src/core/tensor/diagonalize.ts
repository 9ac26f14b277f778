import type { LinearAlgebra } from '../kernels/contract.js';
import { dot, identity, row } from './dense.js';

type Multiply = Pick<LinearAlgebra, 'multiply'>;

const MOST_SWEEPS = 200;
/** Sweeps end when LU differs from I by less than N times this, LU being what the sweep multiplied B by. */
const REST = 1e-4;
const BALANCING_PERIOD = 3;

/** Symmetric matrices B C_l Bᵀ, and B. */
interface Congruence {
  readonly size: number;
  matrices: readonly Float64Array[];
  transform: Float64Array;
}

/**
 * A matrix B (N, N) that makes every B C_l Bᵀ nearly diagonal, by QRJ1D (Afsari 2006): sweeps of Givens rotations and
 * of unit lower-triangular row operations. It converges linearly and stops early; `refined` does the rest.
 * @param matrices symmetric (N, N)
 * @param start the first B
 */
export function jointDiagonalizer(
  kernels: Multiply,
  matrices: readonly Float64Array[],
  size: number,
  start: Float64Array,
): Float64Array {
  const state: Congruence = {
    size,
    matrices: matrices.map((matrix) => congruent(kernels, matrix, start, size)),
    transform: start.slice(),
  };
  // Rotations alone, first: they converge quadratically where the start has made the factors orthogonal.
  sweep(kernels, state, [rotate]);
  sweep(kernels, state, [rotate, shear]);
  return state.transform;
}

/** Applies the steps over and over until a sweep leaves B almost as it was. */
function sweep(kernels: Multiply, state: Congruence, steps: readonly ((state: Congruence) => void)[]): void {
  const { size } = state;
  for (let count = 1; count <= MOST_SWEEPS; count++) {
    const next: Congruence = { size, matrices: state.matrices, transform: identity(size) };
    for (const step of steps) step(next);
    state.transform = kernels.multiply(next.transform, state.transform, size, size, size);
    if (largestEntry(next.transform, identity(size)) < size * REST) return;
    if (count % BALANCING_PERIOD === 0 && steps.length > 1) balance(state);
  }
}

/** B C Bᵀ */
function congruent(kernels: Multiply, matrix: Float64Array, by: Float64Array, size: number): Float64Array {
  return kernels.multiply(kernels.multiply(by, matrix, size, size, size), by, size, size, size, false, true);
}

function largestEntry(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at])), 0);
}

/** Every pair is turned by the angle that makes its off-diagonal entries smallest over all matrices. */
function rotate(state: Congruence): void {
  for (let i = 1; i < state.size; i++) {
    for (let j = 0; j < i; j++) {
      const angle = rotationAngle(state, i, j);
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      combineRows(state, i, j, [c, s, -s, c]);
    }
  }
}

/** θ with (cos 2θ, sin 2θ) the leading eigenvector of Σ_l h_l h_lᵀ, h_l = (C_ii − C_jj, 2 C_ij). */
function rotationAngle({ size, matrices }: Congruence, i: number, j: number): number {
  let [difference, product] = [0, 0];
  for (const matrix of matrices) {
    const a = matrix[i * size + i] - matrix[j * size + j];
    const b = 2 * matrix[i * size + j];
    difference += a * a - b * b;
    product += 2 * a * b;
  }
  // Half the angle of the 2 × 2 eigenvector, and half of that again for θ: it lies in [−π/4, π/4].
  return Math.atan2(product, difference) / 4;
}

/** Rows and columns i and j of every matrix, and rows i and j of the transform, by a 2 × 2 matrix (row-major). */
function combineRows(
  { size, matrices, transform }: Congruence,
  i: number,
  j: number,
  by: readonly [number, number, number, number],
): void {
  for (const matrix of matrices) {
    combine(matrix, size, i * size, j * size, 1, by);
    combine(matrix, size, i, j, size, by);
  }
  combine(transform, size, i * size, j * size, 1, by);
}

function combine(
  values: Float64Array,
  length: number,
  first: number,
  second: number,
  stride: number,
  [aa, ab, ba, bb]: readonly [number, number, number, number],
): void {
  for (let step = 0, p = first, q = second; step < length; step++, p += stride, q += stride) {
    const [u, v] = [values[p], values[q]];
    values[p] = aa * u + ab * v;
    values[q] = ba * u + bb * v;
  }
}

/** Row j gains the multiple of each earlier row i that makes its off-diagonal entries smallest; at most 1 in size. */
function shear(state: Congruence): void {
  for (let i = 0; i < state.size; i++) {
    for (let j = i + 1; j < state.size; j++) {
      const multiple = Math.max(-1, Math.min(1, shearMultiple(state, i, j)));
      combineRows(state, i, j, [1, 0, multiple, 1]);
    }
  }
}

/** −⟨X_i, X_j⟩/⟨X_i, X_i⟩ over all matrices, X_i being row i without its entry in column j. */
function shearMultiple({ size, matrices }: Congruence, i: number, j: number): number {
  let [inner, square] = [0, 0];
  for (const matrix of matrices) {
    const [a, b] = [row(matrix, i, size), row(matrix, j, size)];
    inner += dot(a, b) - a[j] * b[j];
    square += dot(a, a) - a[j] * a[j];
  }
  return square > 0 ? -inner / square : 0;
}

/** Scales the rows of B to equal sums of absolute values, and the matrices with them. */
function balance(state: Congruence): void {
  const { size, matrices, transform } = state;
  const scales = Array.from(
    { length: size },
    (_, i) => size / row(transform, i, size).reduce((sum, value) => sum + Math.abs(value), 0),
  );
  state.transform = transform.map((value, at) => value * scales[Math.floor(at / size)]);
  state.matrices = matrices.map((matrix) =>
    matrix.map((value, at) => value * scales[Math.floor(at / size)] * scales[at % size]),
  );
}
