/** The few vector and matrix operations that the tensor method shares. Matrices are row-major. */
import type { LinearAlgebra } from '../kernels/contract.js';

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Euclidean norm; of a matrix or tensor the Frobenius norm. */
export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** target += factor · vector */
export function addMultiple(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * vector[i];
}

export function unit(a: Float64Array): Float64Array {
  const length = norm(a);
  return a.map((value) => value / length);
}

export function mean(a: Float64Array): number {
  let sum = 0;
  for (const value of a) sum += value;
  return sum / a.length;
}

export function row(matrix: Float64Array, index: number, length: number): Float64Array {
  return matrix.subarray(index * length, (index + 1) * length);
}

export function identity(size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) out[i * size + i] = 1;
  return out;
}

export function transpose(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j];
  return out;
}

/** The matrix with every row divided by its norm. */
export function unitRows(matrix: Float64Array, rows: number): Float64Array {
  const length = matrix.length / rows;
  const out = matrix.slice();
  for (let i = 0; i < rows; i++) out.set(unit(row(matrix, i, length)), i * length);
  return out;
}

/** Directions of an eigenvalue below this share of the largest are left out of a symmetric solution. */
const EIGENVALUE_TOLERANCE = 1e-15;

/** The shortest x with A x = b in the range of a symmetric positive semidefinite (n, n) matrix. */
export function symmetricSolution(
  kernels: Pick<LinearAlgebra, 'symmetricEigen'>,
  matrix: Float64Array,
  right: Float64Array,
): Float64Array {
  const size = right.length;
  const { values, vectors } = kernels.symmetricEigen(matrix, size);
  const out = new Float64Array(size);
  values.forEach((value, i) => {
    const vector = row(vectors, i, size);
    if (value > EIGENVALUE_TOLERANCE * values[size - 1]) addMultiple(out, vector, dot(vector, right) / value);
  });
  return out;
}
