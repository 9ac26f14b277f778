import type { LinearAlgebra } from '../kernels/contract.js';
import { addMultiple, norm, row, transpose } from './dense.js';
import type { NormalSource } from './normals.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'qr' | 'symmetricEigen'>;

/** k orthonormal eigenvectors with their eigenvalues in absolute value. */
export interface Eigenspace {
  /** (k, d), orthonormal rows */
  readonly basis: Float64Array;
  /** (k): |eigenvalues|, descending */
  readonly magnitudes: Float64Array;
}

/** The eigenvectors of the k eigenvalues largest in absolute value of a symmetric (d, d) matrix, by LAPACK. */
export function leadingEigenspace(kernels: Kernels, matrix: Float64Array, dimension: number, rank: number): Eigenspace {
  const { values, vectors } = kernels.symmetricEigen(matrix, dimension);
  return largest(
    [...values.keys()].map((i) => ({ vector: row(vectors, i, dimension), magnitude: Math.abs(values[i]) })),
    dimension,
    rank,
  );
}

const MOST_ITERATIONS = 10_000;
/**
 * An iteration ends when a step leaves the span to within this; steps shrink linearly, so the error is some 10² times
 * it.
 */
const STEP_TOLERANCE = 1e-11;

/**
 * The same space by the power method of zhong2017: orthogonal iteration with C·I + P and C·I − P, C = 3‖P‖_F, then of
 * the 2k candidates the k with the largest |vᵀPv|.
 */
export function powerMethod(
  kernels: Kernels,
  matrix: Float64Array,
  dimension: number,
  rank: number,
  normals: NormalSource,
): Eigenspace {
  const positive = orthogonalIteration(kernels, matrix, 1, dimension, rank, normals);
  // As printed both sides take k vectors; when 2k > d they would overlap and one eigenvector could be chosen twice.
  const negative = orthogonalIteration(kernels, matrix, -1, dimension, Math.min(rank, dimension - rank), normals);
  const chosen = largest(
    [...candidates(kernels, matrix, positive, dimension), ...candidates(kernels, matrix, negative, dimension)],
    dimension,
    rank,
  );
  return { ...chosen, basis: orthonormalised(kernels, chosen.basis, dimension, rank) };
}

interface Candidate {
  readonly vector: Float64Array;
  readonly magnitude: number;
}

function largest(all: Candidate[], dimension: number, rank: number): Eigenspace {
  const chosen = all.toSorted((a, b) => b.magnitude - a.magnitude).slice(0, rank);
  const basis = new Float64Array(rank * dimension);
  chosen.forEach(({ vector }, i) => basis.set(vector, i * dimension));
  return { basis, magnitudes: Float64Array.from(chosen, ({ magnitude }) => magnitude) };
}

/** Columns converge more slowly than their span. Their limits are the eigenvectors of VᵀPV, mapped back by V. */
function candidates(kernels: Kernels, matrix: Float64Array, columns: Float64Array, dimension: number): Candidate[] {
  const rank = columns.length / dimension;
  const image = kernels.multiply(matrix, columns, dimension, rank, dimension);
  const { values, vectors } = kernels.symmetricEigen(
    kernels.multiply(columns, image, rank, rank, dimension, true),
    rank,
  );
  const rows = kernels.multiply(vectors, columns, rank, dimension, rank, false, true);
  return Array.from(values, (value, i) => ({ vector: row(rows, i, dimension), magnitude: Math.abs(value) }));
}

/** V ← QR(C V ± P V) from a Gaussian V (d, k), until the span converges. */
function orthogonalIteration(
  kernels: Kernels,
  matrix: Float64Array,
  sign: 1 | -1,
  dimension: number,
  rank: number,
  normals: NormalSource,
): Float64Array {
  if (rank === 0) return new Float64Array(0);
  const shift = 3 * norm(matrix);
  let basis = kernels.qr(normals(dimension * rank), dimension, rank).q;
  for (let iteration = 0; iteration < MOST_ITERATIONS && shift > 0; iteration++) {
    const image = kernels.multiply(matrix, basis, dimension, rank, dimension).map((value) => sign * value);
    addMultiple(image, basis, shift);
    const next = kernels.qr(image, dimension, rank).q;
    const step = outside(kernels, next, basis, dimension, rank);
    basis = next;
    if (step <= STEP_TOLERANCE) break;
  }
  return basis;
}

/** ‖(I − VVᵀ)U‖_F */
function outside(kernels: Kernels, u: Float64Array, v: Float64Array, dimension: number, rank: number): number {
  const difference = u.slice();
  const inner = kernels.multiply(v, u, rank, rank, dimension, true);
  addMultiple(difference, kernels.multiply(v, inner, dimension, rank, rank), -1);
  return norm(difference);
}

function orthonormalised(kernels: Kernels, basis: Float64Array, dimension: number, rank: number): Float64Array {
  return transpose(kernels.qr(transpose(basis, rank, dimension), dimension, rank).q, dimension, rank);
}
