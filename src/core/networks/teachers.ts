import { refuse } from '../../base/errors.js';
import { wordsOf, wordsWith, type Word } from '../../base/vocabulary.js';
import type { LinearAlgebra, RandomKernels, StreamAddress } from '../kernels/contract.js';
import type { DrawnOutput } from './networks.js';
import { ownEntry } from './ownWords.js';
import { normalSource } from '../tensor/normals.js';

type Kernels = RandomKernels & Pick<LinearAlgebra, 'qr' | 'multiply'>;

/** The size of a draw, its scale s, and κ ≥ 1 for laws that take it. */
export interface Draw {
  readonly neurons: number;
  readonly dimension: number;
  readonly scale: number;
  readonly condition: number;
  readonly stream: StreamAddress;
}

interface Teacher {
  readonly description: string;
  /**
   * `orthonormal`: rows of norm 1 at right angles. `independent`: none lies in the span of the others. Both need K ≤ d.
   */
  readonly rows: 'orthonormal' | 'independent' | 'any';
  readonly takesCondition: boolean;
  /** False when W* is always the same. */
  readonly isDrawn: boolean;
  /** E‖W*‖²_F at s = 1; every draw has this value where the rows are not `any`. */
  readonly squaredNorm: (neurons: number, dimension: number, condition: number) => number;
  /** W* (K, d), s times a draw of the law. */
  readonly draw: (kernels: Kernels, asked: Draw) => Float64Array;
}

/** The table of laws of the planted W* (K, d), one row per neuron, before the scale s. */
export const TEACHERS = {
  orthonormal: {
    description: 'orthonormal rows, Haar distributed',
    rows: 'orthonormal',
    takesCondition: false,
    isDrawn: true,
    squaredNorm: (neurons) => neurons,
    draw: (kernels, asked) => {
      const { neurons, dimension, scale } = asked;
      const { q } = kernels.qr(transpose(normals(kernels, asked), neurons, dimension), dimension, neurons);
      return scaled(transpose(q, dimension, neurons), scale);
    },
  },
  gaussian: {
    description: 'N(0, 1) entries',
    rows: 'any',
    takesCondition: false,
    isDrawn: true,
    squaredNorm: (neurons, dimension) => neurons * dimension,
    draw: (kernels, asked) => scaled(normals(kernels, asked), asked.scale),
  },
  'gaussian-unit': {
    description: 'N(0, 1) entries divided by their Frobenius norm, so that ‖W*‖_F = s',
    rows: 'any',
    takesCondition: false,
    isDrawn: true,
    squaredNorm: () => 1,
    draw: (kernels, asked) => {
      const drawn = normals(kernels, asked);
      return scaled(drawn, asked.scale / frobeniusNorm(drawn));
    },
  },
  spectrum: {
    description:
      'V diag(1, …, κ) Uᵀ with evenly spaced singular values, U and V Haar distributed (zhong2017, Section 7)',
    rows: 'independent',
    takesCondition: true,
    isDrawn: true,
    squaredNorm: (neurons, _dimension, condition) =>
      singularValues(neurons, condition).reduce((sum, value) => sum + value ** 2, 0),
    draw: (kernels, { neurons, dimension, scale, condition, stream }) => {
      const next = normalSource(kernels, stream);
      const left = kernels.qr(next(dimension * neurons), dimension, neurons).q;
      const right = kernels.qr(next(neurons * neurons), neurons, neurons).q;
      const values = singularValues(neurons, condition);
      const stretched = right.map((value, at) => value * values[at % neurons]);
      return scaled(kernels.multiply(stretched, left, neurons, dimension, neurons, false, true), scale);
    },
  },
  identity: {
    description: 'the first K rows of I, always the same (gao2018)',
    rows: 'orthonormal',
    takesCondition: false,
    isDrawn: false,
    squaredNorm: (neurons) => neurons,
    draw: (_kernels, { neurons, dimension, scale }) =>
      Float64Array.from({ length: neurons * dimension }, (_, at) => (at % (dimension + 1) === 0 ? scale : 0)),
  },
} as const satisfies Readonly<Record<string, Teacher>>;

export type TeacherLaw = Word<typeof TEACHERS>;

export const TEACHER_LAWS = wordsOf(TEACHERS);

/** The laws with orthonormal rows. */
export const ORTHONORMAL_TEACHERS = wordsWith(TEACHERS, { rows: 'orthonormal' });

export function teacherOf(law: TeacherLaw): Teacher {
  return TEACHERS[law];
}

/** True when a law can be drawn at this size: linearly independent rows need K ≤ d. */
export function hasDraw(law: TeacherLaw, neurons: number, dimension: number): boolean {
  return ownEntry('teacher', law) !== undefined || teacherOf(law).rows === 'any' || neurons <= dimension;
}

/** @throws InputError when a law has no draw of this size */
export function requireTeacher(law: TeacherLaw, neurons: number, dimension: number): void {
  if (!hasDraw(law, neurons, dimension))
    refuse(
      `the number of neurons K of ${/^[aeiou]/.test(law) ? 'an' : 'a'} ${law} teacher`,
      `at most d = ${dimension}`,
      neurons,
    );
}

/** W* = s · (a draw of the law): (K, d); κ ≥ 1 is the condition number of laws that take one. */
export function drawTeacher(
  kernels: Kernels,
  law: TeacherLaw,
  neurons: number,
  dimension: number,
  scale: number,
  stream: StreamAddress,
  condition = 1,
): Float64Array {
  requireTeacher(law, neurons, dimension);
  const own = ownEntry('teacher', law);
  if (own !== undefined) return scaled(own.draw(kernels, { neurons, dimension, stream }), scale);
  return teacherOf(law).draw(kernels, { neurons, dimension, scale, condition, stream });
}

function normals(kernels: Kernels, { neurons, dimension, stream }: Draw): Float64Array {
  const drawn = new Float64Array(neurons * dimension);
  kernels.normals(stream, 0, drawn);
  return drawn;
}

/** K numbers from 1 to κ, evenly spaced. */
function singularValues(neurons: number, condition: number): number[] {
  return Array.from({ length: neurons }, (_, i) => (neurons === 1 ? 1 : 1 + ((condition - 1) * i) / (neurons - 1)));
}

/** v ∈ {−1, +1}^K, independent with equal chance (Rademacher): (K). */
export function drawSigns(kernels: RandomKernels, neurons: number, stream: StreamAddress): Float64Array {
  const out = new Float64Array(neurons);
  kernels.uniforms(stream, 0, out);
  return out.map((u) => (u < 0.5 ? -1 : 1));
}

/** `count` random values of v_k, for a law of outputs that is not known. */
export function drawOutputs(
  kernels: RandomKernels,
  output: DrawnOutput,
  count: number,
  stream: StreamAddress,
): Float64Array {
  if (output === 'signs') return drawSigns(kernels, count, stream);
  const normals = new Float64Array(count);
  kernels.normals(stream, 0, normals);
  return normals;
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
