import { perCall } from '../descent/bounded.js';
import { throwIfCancelled } from '../../base/errors.js';
import type { DescentKernels, Points, Problem } from '../kernels/contract.js';
import type { BatchedOperator } from './krylov.js';
import { unitCount } from '../networks/networks.js';

/** ∇²f_n as an operator on the trained variables of each of L points. */
export interface HessianOperator {
  /** D: entries of W, and of v when it is trained */
  readonly size: number;
  /** (L, D) → (L, D) */
  readonly apply: BatchedOperator;
}

/** Products with ∇²f_n at each of L points: in W, or in (W, v) when v is trained, W first and both in C order. */
export function hessianOperator(
  kernels: DescentKernels,
  problem: Problem,
  points: Points,
  trainOutput: boolean,
): HessianOperator {
  const { starts } = points;
  const weightSize = points.weights.length / starts;
  const outputSize = trainOutput ? points.outputWeights.length / starts : 0;
  const size = weightSize + outputSize;
  const apply = (vectors: Float64Array): Float64Array => {
    const directions = {
      starts,
      weights: new Float64Array(points.weights.length),
      outputWeights: new Float64Array(points.outputWeights.length),
    };
    for (let l = 0; l < starts; l++) {
      directions.weights.set(vectors.subarray(l * size, l * size + weightSize), l * weightSize);
      directions.outputWeights.set(vectors.subarray(l * size + weightSize, (l + 1) * size), l * outputSize);
    }
    const product = kernels.hessianVector(problem, points, directions, trainOutput);
    for (let l = 0; l < starts; l++) {
      vectors.set(product.weights.subarray(l * weightSize, (l + 1) * weightSize), l * size);
      vectors.set(product.outputWeights.subarray(l * outputSize, (l + 1) * outputSize), l * size + weightSize);
    }
    return vectors;
  };
  return { size, apply };
}

/** A call computes columns for at least so many hidden units: they share the activations, and one reading of X. */
const LEAST_UNITS = 64;

/**
 * The empirical Hessian in W at one point: (D, D) with D the entries of W in C order, symmetric. For a fully connected
 * network D = Kd and block (j, l) is (1/n) Σᵢ (ℓ″ v_j v_l φ′(w_jᵀx) φ′(w_lᵀx) + δ_jl ℓ′ v_j φ″(w_jᵀx)) x xᵀ; for a
 * convolutional one D = m and the blocks of all pairs of strides add up.
 *
 * It is computed from products with unit vectors, many per call, so that one fused kernel serves every loss,
 * architecture and layout. The kernel computes the activations once for all vectors of a call, and multiplies no zeros.
 * @param cancel polled between calls; not 0 throws `Cancelled`
 * Source: fu2018, eq. (13) for the squared loss.
 */
export function denseHessian(
  kernels: DescentKernels,
  problem: Problem,
  point: Points,
  cancel?: Int32Array,
): Float64Array {
  const size = point.weights.length;
  const units = unitCount(problem.shape);
  const flops = columnFlops(problem.inputs.samples, problem.inputs.dimension / problem.shape.strides, units);
  const columns = Math.max(perCall(kernels, flops), Math.ceil(LEAST_UNITS / units));
  const hessian = new Float64Array(size * size);
  for (let first = 0; first < size; first += columns) {
    throwIfCancelled(cancel);
    const count = Math.min(columns, size - first);
    hessian.set(
      kernels.hessianVector(problem, repeated(point, count), unitDirections(point, first, count), false).weights,
      first * size,
    );
  }
  symmetrise(hessian, size);
  return hessian;
}

/** Floating point operations of one Hessian–vector product: three matrix products, and about 30 per activation. */
export function hessianVectorFlops(samples: number, rowLength: number, units: number): number {
  return samples * units * (6 * rowLength + 30);
}

/** The same of a column of a dense Hessian: one matrix product, and about 10 per activation. */
function columnFlops(samples: number, rowLength: number, units: number): number {
  return samples * units * (2 * rowLength + 10);
}

/** Floating point operations of a dense Hessian in so many variables. */
export function denseHessianFlops(samples: number, rowLength: number, units: number, variables: number): number {
  return variables * columnFlops(samples, rowLength, units);
}

function repeated(point: Points, times: number): Points {
  const copies = (values: Float64Array): Float64Array => {
    const out = new Float64Array(times * values.length);
    for (let i = 0; i < times; i++) out.set(values, i * values.length);
    return out;
  };
  return { starts: times, weights: copies(point.weights), outputWeights: copies(point.outputWeights) };
}

function unitDirections(point: Points, first: number, count: number): Points {
  const size = point.weights.length;
  const weights = new Float64Array(count * size);
  for (let i = 0; i < count; i++) weights[i * size + first + i] = 1;
  return { starts: count, weights, outputWeights: new Float64Array(count * point.outputWeights.length) };
}

/** Rounding differs between the two triangles: each entry becomes the mean of both. */
function symmetrise(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (matrix[i * size + j] + matrix[j * size + i]) / 2;
      matrix[i * size + j] = matrix[j * size + i] = mean;
    }
  }
}
