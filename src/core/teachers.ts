import { refuse } from './errors.js';
import type { LinearAlgebra, RandomKernels, StreamAddress } from './kernels/contract.js';

/**
 * Laws of the planted W* (K, d), one row per neuron, before the scale s:
 * `orthonormal` orthonormal rows, Haar distributed; `gaussian` N(0, 1) entries;
 * `gaussian-unit` N(0, 1) entries divided by the Frobenius norm, so that ‖W*‖_F = s.
 */
export const TEACHER_LAWS = ['orthonormal', 'gaussian', 'gaussian-unit'] as const;
export type TeacherLaw = (typeof TEACHER_LAWS)[number];

type Kernels = RandomKernels & Pick<LinearAlgebra, 'qr'>;

/** @throws InputError when a law has no draw of this size: orthonormal rows need K ≤ d */
export function requireTeacher(law: TeacherLaw, neurons: number, dimension: number): void {
  if (law === 'orthonormal' && neurons > dimension) refuse('the number of neurons K of an orthonormal teacher', `at most d = ${dimension}`, neurons);
}

/** W* = s · (a draw of the law): (K, d). */
export function drawTeacher(kernels: Kernels, law: TeacherLaw, neurons: number, dimension: number, scale: number, stream: StreamAddress): Float64Array {
  requireTeacher(law, neurons, dimension);
  const gaussian = new Float64Array(neurons * dimension);
  kernels.normals(stream, 0, gaussian);
  if (law === 'orthonormal') return scaled(transpose(kernels.qr(transpose(gaussian, neurons, dimension), dimension, neurons).q, dimension, neurons), scale);
  return scaled(gaussian, law === 'gaussian' ? scale : scale / frobeniusNorm(gaussian));
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
