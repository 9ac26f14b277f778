/**
 * The moments M_j = E[y·He_j(x)] of labelled samples (fu2018, Definition 2; He_j the Hermite tensor), contracted with a
 * direction α or a basis V before any d³ or d⁴ object arises. M_4 takes the 3 distinct pairings of I ⊗̃ I; the 6 terms
 * as printed count each pairing twice. Derivation: docs/derivations/tensor.md
 */
import type { LinearAlgebra } from '../kernels/contract.js';
import { addMultiple, dot, mean } from './dense.js';
import { firstMoment, pairCount, secondMoment, thirdMoment, type Samples } from './samples.js';

type Multiply = Pick<LinearAlgebra, 'multiply'>;
export type MomentOrder = 1 | 2 | 3 | 4;

/** M_1 = E[yx], M_2(I, α), M_3(I, α, α) or M_4(I, α, α, α): (d). With order 1, α does not enter. */
export function vectorMoment(
  kernels: Multiply,
  samples: Samples,
  order: MomentOrder,
  direction: Float64Array,
): Float64Array {
  const { labels } = samples;
  const along = projections(kernels, samples, direction);
  const square = dot(direction, direction);
  const [slope, constant] = HERMITE_ALONG[order](square);
  const out = firstMoment(
    kernels,
    samples,
    labels.map((y, i) => y * slope(along[i])),
  );
  addMultiple(out, direction, -mean(labels.map((y, i) => y * constant(along[i]))));
  return out;
}

type Polynomial = (b: number) => number;

/** He_j(x)(I, α, …) = p(b)·x − q(b)·α with b = αᵀx and s = ‖α‖². */
const HERMITE_ALONG: Readonly<Record<MomentOrder, (s: number) => readonly [Polynomial, Polynomial]>> = {
  1: () => [() => 1, () => 0],
  2: () => [(b) => b, () => 1],
  3: (s) => [(b) => b * b - s, (b) => 2 * b],
  4: (s) => [(b) => b * (b * b - 3 * s), (b) => 3 * (b * b - s)],
};

/** M_2, M_3(I, I, α) or M_4(I, I, α, α): (d, d). With order 2, α does not enter. */
export function matrixMoment(
  kernels: Multiply,
  samples: Samples,
  order: 2 | 3 | 4,
  direction: Float64Array,
): Float64Array {
  const { labels, dimension } = samples;
  const along = projections(kernels, samples, direction);
  const square = dot(direction, direction);
  const weigh = (factor: Polynomial): Float64Array => labels.map((y, i) => y * factor(along[i]));
  const main = weigh(order === 2 ? () => 1 : order === 3 ? (b) => b : (b) => b * b - square);
  const out = secondMoment(kernels, samples, main);
  addDiagonal(out, dimension, -mean(main));
  if (order > 2) {
    const cross = firstMoment(kernels, samples, weigh(order === 3 ? () => 1 : (b) => 2 * b));
    if (order === 4) addMultiple(cross, direction, -mean(labels));
    subtractSymmetricProduct(out, cross, direction);
  }
  return out;
}

/** Σ_j M_4(I, I, e_j, e_j) = E y[(‖x‖² − d − 4) xxᵀ − (‖x‖² − d − 2) I]: (d, d), without a random direction. */
export function tracedFourthMoment(kernels: Multiply, samples: Samples): Float64Array {
  const { count, dimension, inputs, labels } = samples;
  const squares = Float64Array.from({ length: count }, (_, i) => {
    const input = inputs.subarray(i * dimension, (i + 1) * dimension);
    return dot(input, input);
  });
  const out = secondMoment(
    kernels,
    samples,
    labels.map((y, i) => y * (squares[i] - dimension - 4)),
  );
  addDiagonal(out, dimension, -mean(labels.map((y, i) => y * (squares[i] - dimension - 2))));
  return out;
}

/** U Uᵀ for the d × d² unfolding U of M_3: (d, d). Holds d²(d+1)/2 numbers. */
export function unfoldingGram(kernels: Multiply, samples: Samples): Float64Array {
  const { dimension, labels } = samples;
  const packed = thirdMoment(kernels, samples, labels);
  subtractPlacements(packed, firstMoment(kernels, samples, labels), dimension);
  // A column (j, l) with j < l stands for two columns of U.
  eachPair(dimension, (j, l, column) => {
    if (j < l) for (let i = 0; i < dimension; i++) packed[i * pairCount(dimension) + column] *= Math.SQRT2;
  });
  return kernels.multiply(packed, packed, dimension, dimension, pairCount(dimension), false, true);
}

/**
 * M_3(V, V, V) or M_4(V, V, V, α): (k, k, k), in O(n(dk + k³)).
 * @param basis (k, d), orthonormal rows: V of the papers, transposed
 */
export function coreTensor(
  kernels: Multiply,
  samples: Samples,
  basis: Float64Array,
  order: 3 | 4,
  direction: Float64Array,
): Float64Array {
  const { count, dimension, inputs, labels } = samples;
  const rank = basis.length / dimension;
  const reduced: Samples = {
    count,
    dimension: rank,
    inputs: kernels.multiply(inputs, basis, count, rank, dimension, false, true),
    labels,
  };
  const along = projections(kernels, samples, direction);
  const factors = order === 3 ? labels : labels.map((y, i) => y * along[i]);
  const packed = thirdMoment(kernels, reduced, factors);
  const single = firstMoment(kernels, reduced, factors);
  if (order === 4) {
    const reducedDirection = kernels.multiply(basis, direction, rank, 1, dimension);
    addMultiple(single, reducedDirection, -mean(labels));
    subtractProducts(packed, secondMoment(kernels, reduced, labels), reducedDirection);
  }
  subtractPlacements(packed, single, rank);
  return unpacked(packed, rank);
}

/** αᵀxᵢ: (n) */
function projections(kernels: Multiply, { count, dimension, inputs }: Samples, direction: Float64Array): Float64Array {
  return kernels.multiply(inputs, direction, count, 1, dimension);
}

function addDiagonal(matrix: Float64Array, size: number, value: number): void {
  for (let i = 0; i < size; i++) matrix[i * size + i] += value;
}

/** matrix −= a bᵀ + b aᵀ */
function subtractSymmetricProduct(matrix: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < a.length; j++) matrix[i * a.length + j] -= a[i] * b[j] + b[i] * a[j];
}

function eachPair(size: number, visit: (j: number, l: number, column: number) => void): void {
  let column = 0;
  for (let j = 0; j < size; j++) for (let l = j; l < size; l++) visit(j, l, column++);
}

/** packed −= the three placements of a vector and the identity: v_i δ_jl + v_j δ_il + v_l δ_ij */
function subtractPlacements(packed: Float64Array, vector: Float64Array, size: number): void {
  const width = pairCount(size);
  eachPair(size, (j, l, column) => {
    if (j === l) for (let i = 0; i < size; i++) packed[i * width + column] -= vector[i];
    packed[l * width + column] -= vector[j];
    packed[j * width + column] -= vector[l];
  });
}

/** packed −= the three placements of a symmetric matrix and a vector */
function subtractProducts(packed: Float64Array, matrix: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  const width = pairCount(size);
  eachPair(size, (j, l, column) => {
    for (let i = 0; i < size; i++) {
      packed[i * width + column] -=
        matrix[i * size + j] * vector[l] + matrix[i * size + l] * vector[j] + matrix[j * size + l] * vector[i];
    }
  });
}

function unpacked(packed: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size ** 3);
  const width = pairCount(size);
  eachPair(size, (j, l, column) => {
    for (let i = 0; i < size; i++)
      out[(i * size + j) * size + l] = out[(i * size + l) * size + j] = packed[i * width + column];
  });
  return out;
}
