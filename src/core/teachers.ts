import { refuse } from '../base/errors.js';
import type { LinearAlgebra, RandomKernels, StreamAddress } from './kernels/contract.js';
import { normalSource } from './tensor/normals.js';

/**
 * Laws of the planted W* (K, d), one row per neuron, before the scale s:
 * `orthonormal` orthonormal rows, Haar distributed; `gaussian` N(0, 1) entries;
 * `gaussian-unit` N(0, 1) entries divided by the Frobenius norm, so that ‖W*‖_F = s;
 * `spectrum` V diag(1, …, κ) Uᵀ with evenly spaced singular values, U and V Haar distributed (zhong2017, Section 7);
 * `identity` the first K rows of I, always the same (gao2018).
 */
export type TeacherLaw = (typeof TEACHER_LAWS)[number] | 'spectrum' | 'identity';

/** The laws that take no condition number. */
export const TEACHER_LAWS = ['orthonormal', 'gaussian', 'gaussian-unit'] as const;

type Kernels = RandomKernels & Pick<LinearAlgebra, 'qr' | 'multiply'>;

/** Laws whose rows are independent. */
const INDEPENDENT: readonly TeacherLaw[] = ['orthonormal', 'spectrum', 'identity'];

/** @throws InputError when a law has no draw of this size: orthonormal rows, and K singular values above 0, need K ≤ d */
export function requireTeacher(law: TeacherLaw, neurons: number, dimension: number): void {
  if (INDEPENDENT.includes(law) && neurons > dimension) refuse(`the number of neurons K of ${law === 'spectrum' ? 'a' : 'an'} ${law} teacher`, `at most d = ${dimension}`, neurons);
}

/** W* = s · (a draw of the law): (K, d); κ ≥ 1 is the condition number of `spectrum`. */
export function drawTeacher(kernels: Kernels, law: TeacherLaw, neurons: number, dimension: number, scale: number, stream: StreamAddress, condition = 1): Float64Array {
  requireTeacher(law, neurons, dimension);
  if (law === 'identity') return Float64Array.from({ length: neurons * dimension }, (_, at) => (at % (dimension + 1) === 0 ? scale : 0));
  if (law === 'spectrum') return scaled(spectrumTeacher(kernels, neurons, dimension, condition, stream), scale);
  const gaussian = new Float64Array(neurons * dimension);
  kernels.normals(stream, 0, gaussian);
  if (law === 'orthonormal') return scaled(transpose(kernels.qr(transpose(gaussian, neurons, dimension), dimension, neurons).q, dimension, neurons), scale);
  return scaled(gaussian, law === 'gaussian' ? scale : scale / frobeniusNorm(gaussian));
}

function spectrumTeacher(kernels: Kernels, neurons: number, dimension: number, condition: number, stream: StreamAddress): Float64Array {
  const normals = normalSource(kernels, stream);
  const left = kernels.qr(normals(dimension * neurons), dimension, neurons).q;
  const right = kernels.qr(normals(neurons * neurons), neurons, neurons).q;
  const singularValue = (i: number): number => (neurons === 1 ? 1 : 1 + ((condition - 1) * i) / (neurons - 1));
  return kernels.multiply(right.map((value, at) => value * singularValue(at % neurons)), left, neurons, dimension, neurons, false, true);
}

/** v ∈ {−1, +1}^K, independent with equal chance (Rademacher): (K). */
export function drawSigns(kernels: RandomKernels, neurons: number, stream: StreamAddress): Float64Array {
  const out = new Float64Array(neurons);
  kernels.uniforms(stream, 0, out);
  return out.map((u) => (u < 0.5 ? -1 : 1));
}

/** ‖A‖_F of a matrix of any shape. */
export function frobeniusNorm(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

function scaled(values: Float64Array, factor: number): Float64Array {
  return values.map((value) => factor * value);
}

function transpose(values: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = values[i * columns + j];
  return out;
}
