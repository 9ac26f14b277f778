import type { LinearAlgebra } from '../kernels/contract.js';
import { addMultiple, dot, mean, row, symmetricSolution } from './dense.js';

type Multiply = Pick<LinearAlgebra, 'multiply'>;

/** n labelled samples, the inputs row-major. */
export interface Samples {
  readonly count: number;
  readonly dimension: number;
  /** (n, d) */
  readonly inputs: Float64Array;
  /** (n) */
  readonly labels: Float64Array;
}

/**
 * The same inputs with labels y − ȳ: no Hermite moment of order ≥ 1 changes in expectation, and their variance falls.
 */
export function centred(samples: Samples): Samples {
  const average = mean(samples.labels);
  return { ...samples, labels: samples.labels.map((y) => y - average) };
}

/**
 * Labels less their least-squares fit c + βᵀx: no Hermite moment of order ≥ 2 changes in the limit, and the noise in
 * them falls with the variance of the labels.
 */
export function withoutLinearPart(
  kernels: Pick<LinearAlgebra, 'multiply' | 'symmetricEigen'>,
  samples: Samples,
): Samples {
  const { count, dimension, inputs, labels } = centred(samples);
  const slope = symmetricSolution(kernels, covariance(kernels, samples), firstMoment(kernels, samples, labels));
  const fit = kernels.multiply(inputs, slope, count, 1, dimension);
  return centred({ ...samples, labels: labels.map((y, i) => y - fit[i]) });
}

/** The fit of the quadratic part ends when its gradient has fallen to this share, or after so many steps. */
const [FIT_TOLERANCE, MOST_FIT_STEPS] = [1e-6, 30];

/**
 * Labels less their least-squares fit by quadratic forms c + zᵀAz of z = Vᵀx: no Hermite moment of order ≥ 3 changes in
 * the limit. Conjugate gradients on A (k, k) solve it: the Gram matrix of the forms is near 2I, so a few steps are
 * enough, and its k⁴/4 numbers are never stored.
 * @param basis (k, d), orthonormal rows: V of the papers, transposed
 */
export function withoutQuadraticPart(kernels: Multiply, samples: Samples, basis: Float64Array): Samples {
  const { count, dimension, inputs } = samples;
  const rank = basis.length / dimension;
  const reduced: Samples = {
    ...samples,
    dimension: rank,
    inputs: kernels.multiply(inputs, basis, count, rank, dimension, false, true),
  };
  const { labels } = centred(samples);
  let gradient = secondMoment(kernels, reduced, labels);
  let square = dot(gradient, gradient);
  const enough = FIT_TOLERANCE ** 2 * square;
  let direction = gradient;
  for (let step = 0; step < MOST_FIT_STEPS && square > enough; step++) {
    const change = quadraticForm(kernels, reduced, direction);
    addMultiple(labels, change, (-square * count) / dot(change, change));
    gradient = secondMoment(kernels, reduced, labels);
    const next = dot(gradient, gradient);
    const along = direction;
    direction = gradient.map((value, at) => value + (next / square) * along[at]);
    square = next;
  }
  return { ...samples, labels };
}

/** zᵢᵀAzᵢ less their mean: (n). */
function quadraticForm(kernels: Multiply, { count, dimension, inputs }: Samples, matrix: Float64Array): Float64Array {
  const images = kernels.multiply(inputs, matrix, count, dimension, dimension);
  const values = Float64Array.from({ length: count }, (_, i) =>
    dot(row(images, i, dimension), row(inputs, i, dimension)),
  );
  const average = mean(values);
  return values.map((value) => value - average);
}

/** (1/n) Σᵢ (xᵢ − x̄)(xᵢ − x̄)ᵀ: (d, d). */
export function covariance(kernels: Multiply, samples: Samples): Float64Array {
  const { dimension } = samples;
  const ones = new Float64Array(samples.count).fill(1);
  const average = firstMoment(kernels, samples, ones);
  return secondMoment(kernels, samples, ones).map(
    (value, at) => value - average[Math.floor(at / dimension)] * average[at % dimension],
  );
}

/** Three consecutive parts of almost equal size: D₁, D₂, D₃ of fu2018, Algorithm 2. */
export function threeParts(samples: Samples): [Samples, Samples, Samples] {
  const edge = (part: number): number => Math.floor((part * samples.count) / 3);
  const part = (index: number): Samples => between(samples, edge(index), edge(index + 1));
  return [part(0), part(1), part(2)];
}

function between({ dimension, inputs, labels }: Samples, first: number, end: number): Samples {
  return {
    count: end - first,
    dimension,
    inputs: inputs.subarray(first * dimension, end * dimension),
    labels: labels.subarray(first, end),
  };
}

/** (1/n) Σᵢ cᵢ xᵢ: (d). */
export function firstMoment(
  kernels: Multiply,
  { count, dimension, inputs }: Samples,
  factors: Float64Array,
): Float64Array {
  return kernels.multiply(inputs, factors, dimension, 1, count, true).map((sum) => sum / count);
}

/** (1/n) Σᵢ cᵢ xᵢxᵢᵀ: (d, d). */
export function secondMoment(kernels: Multiply, samples: Samples, factors: Float64Array): Float64Array {
  const { dimension } = samples;
  return momentOf(kernels, samples, factors, dimension, (input, out) => out.set(input));
}

/** (1/n) Σᵢ cᵢ xᵢ⊗xᵢ⊗xᵢ as (d, d(d+1)/2): the columns are the pairs (j, l), j ≤ l, in order of j and then l. */
export function thirdMoment(kernels: Multiply, samples: Samples, factors: Float64Array): Float64Array {
  return momentOf(kernels, samples, factors, pairCount(samples.dimension), products);
}

/** The number of pairs (j, l) with j ≤ l < d. */
export function pairCount(dimension: number): number {
  return (dimension * (dimension + 1)) / 2;
}

function products(input: Float64Array, out: Float64Array): void {
  let at = 0;
  for (let j = 0; j < input.length; j++) for (let l = j; l < input.length; l++) out[at++] = input[j] * input[l];
}

/** Numbers in the features of one block of samples: they stay in the second-level cache, as long as d samples do. */
const BLOCK_SIZE = 2 ** 16;

/** (1/n) Σᵢ cᵢ xᵢ ψ(xᵢ)ᵀ for features ψ of a given width: (d, width), by blocks of samples. */
function momentOf(
  kernels: Multiply,
  samples: Samples,
  factors: Float64Array,
  width: number,
  features: (input: Float64Array, out: Float64Array) => void,
): Float64Array {
  const { count, dimension, inputs } = samples;
  // Fewer than d samples, and adding up the blocks' sums would cost more than their products.
  const perBlock = Math.min(count, Math.max(dimension, Math.floor(BLOCK_SIZE / width)));
  const [left, right] = [new Float64Array(perBlock * dimension), new Float64Array(perBlock * width)];
  const out = new Float64Array(dimension * width);
  for (let first = 0; first < count; first += perBlock) {
    const size = Math.min(perBlock, count - first);
    for (let i = 0; i < size; i++) {
      const input = row(inputs, first + i, dimension);
      const factor = factors[first + i] / count;
      for (let j = 0; j < dimension; j++) left[i * dimension + j] = factor * input[j];
      features(input, row(right, i, width));
    }
    const sum = kernels.multiply(left, right, dimension, width, size, true);
    for (let at = 0; at < out.length; at++) out[at] += sum[at];
  }
  return out;
}
