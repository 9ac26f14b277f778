/** Data for the tests of the tensor method: draws, exact expectations as samples, tensors entry by entry. */
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import type { StreamAddress } from '../../../src/core/kernels/contract.js';
import { unitRows } from '../../../src/core/tensor/dense.js';
import type { Samples } from '../../../src/core/tensor/samples.js';
import { sumOfCubes } from '../../../src/core/tensor/symmetric.js';

export const kernels = loadNativeKernels();

export function stream(purpose: number, trial = 0): StreamAddress {
  return { key: [31, 32], trial, purpose };
}

export function normals(count: number, purpose: number, trial = 0): Float64Array {
  const out = new Float64Array(count);
  kernels.normals(stream(purpose, trial), 0, out);
  return out;
}

export function randomSamples(count: number, dimension: number, trial = 0): Samples {
  return { count, dimension, inputs: normals(count * dimension, 0, trial), labels: normals(count, 1, trial) };
}

/** Nodes and probabilities of Gauss–Hermite quadrature for N(0, 1), by the eigenvalues of its Jacobi matrix. */
function gaussHermite(points: number): { nodes: Float64Array; probabilities: Float64Array } {
  const jacobi = new Float64Array(points * points);
  for (let i = 1; i < points; i++) jacobi[i * points + i - 1] = jacobi[(i - 1) * points + i] = Math.sqrt(i);
  const { values, vectors } = kernels.symmetricEigen(jacobi, points);
  return { nodes: values, probabilities: Float64Array.from(values, (_, i) => vectors[i * points] ** 2) };
}

/**
 * Samples whose averages (1/n) Σ y g(x) are E[f(x) g(x)], x ~ N(0, I_d), up to quadrature: the probability is in the
 * label.
 */
export function exactSamples(dimension: number, points: number, f: (x: Float64Array) => number): Samples {
  const { nodes, probabilities } = gaussHermite(points);
  const count = points ** dimension;
  const inputs = new Float64Array(count * dimension);
  const labels = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let probability = count;
    for (let j = 0; j < dimension; j++) {
      const digit = Math.floor(i / points ** j) % points;
      inputs[i * dimension + j] = nodes[digit];
      probability *= probabilities[digit];
    }
    labels[i] = probability * f(inputs.subarray(i * dimension, (i + 1) * dimension));
  }
  return { count, dimension, inputs, labels };
}

const delta = (i: number, j: number): number => (i === j ? 1 : 0);

/** The Hermite tensor He_j(x) at the given indices, as printed in fu2018, Definition 2, with 3 pairings in order 4. */
function hermiteEntry(x: Float64Array, at: readonly number[], pairings = 3): number {
  const [a, b, c, d] = at;
  const power = at.reduce((product, i) => product * x[i], 1);
  if (at.length === 1) return power;
  if (at.length === 2) return power - delta(a, b);
  if (at.length === 3) return power - x[a] * delta(b, c) - x[b] * delta(a, c) - x[c] * delta(a, b);
  const pairs =
    x[a] * x[b] * delta(c, d) +
    x[a] * x[c] * delta(b, d) +
    x[a] * x[d] * delta(b, c) +
    x[b] * x[c] * delta(a, d) +
    x[b] * x[d] * delta(a, c) +
    x[c] * x[d] * delta(a, b);
  const constant = delta(a, b) * delta(c, d) + delta(a, c) * delta(b, d) + delta(a, d) * delta(b, c);
  return power - pairs + (pairings / 3) * constant;
}

/** M_j = (1/n) Σ y He_j(x) with all of its d^j entries, in C order. */
export function wholeMoment({ count, dimension, inputs, labels }: Samples, order: number, pairings = 3): Float64Array {
  return Float64Array.from({ length: dimension ** order }, (_, entry) => {
    const at = Array.from(
      { length: order },
      (_unused, axis) => Math.floor(entry / dimension ** (order - 1 - axis)) % dimension,
    );
    let sum = 0;
    for (let i = 0; i < count; i++)
      sum += labels[i] * hermiteEntry(inputs.subarray(i * dimension, (i + 1) * dimension), at, pairings);
    return sum / count;
  });
}

/** The last axis of a tensor contracted with a vector, once or more often. */
export function contractLast(tensor: Float64Array, vector: Float64Array, times: number): Float64Array {
  if (times === 0) return tensor;
  return contractLast(
    kernels.multiply(tensor, vector, tensor.length / vector.length, 1, vector.length),
    vector,
    times - 1,
  );
}

export function largestDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} numbers`);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

/** T = Σ w_i u_i⊗u_i⊗u_i from random unit rows: at right angles, independent, or all within an angle of the first. */
export function randomTensor(
  kind: 'orthogonal' | 'random' | 'near-collinear',
  size: number,
  rank: number,
  trial: number,
): { tensor: Float64Array; weights: Float64Array; factors: Float64Array } {
  let factors = unitRows(normals(rank * size, 0, trial), rank);
  if (kind === 'near-collinear')
    factors = unitRows(
      factors.map((value, at) => (at < size ? value : factors[at % size] + 0.3 * value)),
      rank,
    );
  if (kind === 'orthogonal') factors = kernels.svd(factors, rank, size).vt;
  const weights = normals(rank, 1, trial).map((value, i) => (i % 2 === 0 ? 1 : -1) * (0.5 + Math.abs(value)));
  return { tensor: sumOfCubes(kernels, factors, rank, weights), weights, factors };
}

/** Rows ∛w_i u_i: what two decompositions have in common whatever the order and signs of their terms. */
export function scaledRows(weights: Float64Array, factors: Float64Array): Float64Array {
  const size = factors.length / weights.length;
  return factors.map((value, at) => Math.cbrt(weights[Math.floor(at / size)]) * value);
}
