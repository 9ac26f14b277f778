/** The regression problem of gao2018, Section 4: a ReLU teacher with output weights 1, noiseless labels, as many neurons as inputs. */
import { parseActivation } from '../../core/activations.js';
import { drawInputs, type InputLaw } from '../../core/inputs.js';
import type { PreparedInputs } from '../../core/kernels/contract.js';
import { outputWeights } from '../../core/networks.js';
import { Purpose } from '../../core/streams.js';
import { drawTeacher } from '../../core/teachers.js';
import { everywhere, numberOf, textOf } from '../untyped.js';
import type { TrialContext } from '../spec.js';
import type { Setting, Settings } from '../../settings/types.js';

/** `identity` A* = I, as in the paper; `rotated` A* orthogonal, Haar distributed. */
export const GAO_TEACHERS = ['identity', 'rotated'] as const;
export type GaoTeacher = (typeof GAO_TEACHERS)[number];

export const RELU = parseActivation('relu');

/** The `--set` keys that the experiments on landscapes share. */
export const LANDSCAPE_PARAMETERS = {
  mu: { description: 'μ, weight of the diagonal part of L and G', kind: 'number', min: 0, max: 1e6, default: everywhere(30) },
  rows: { description: 'rows divided by their norm after each step (unit), or only held by the penalty λ (free)', kind: 'choice', words: ['unit', 'free'], default: everywhere('unit') },
  penalty: { description: 'λ of the penalty λ Σ(‖a‖² − 1)² of L and G', kind: 'number', min: 0, max: 1e6, default: everywhere(0) },
  settled: { description: 'a plain descent stops early when a step moves A by less than this', kind: 'number', min: 0, max: 1, default: everywhere(1e-12) },
} as const satisfies Record<string, Setting>;

/** The laws of the inputs that the landscapes are drawn for. */
export const GAO_INPUTS = ['gaussian', 'laplace', 'mixture', 'logistic', 'smooth-uniform'] as const satisfies readonly InputLaw[];

export const INPUTS_PARAMETER = { description: 'law of the inputs x', kind: 'choice', words: GAO_INPUTS, default: everywhere('laplace') } as const satisfies Setting;

export interface Regression {
  readonly samples: number;
  readonly dimension: number;
  /** (n, d), row-major */
  readonly rows: Float64Array;
  readonly inputs: PreparedInputs;
  /** (n) */
  readonly labels: Float64Array;
  /** A* (d, d) */
  readonly teacher: Float64Array;
  /** (d, d), entries N(0, 1/d) */
  readonly start: Float64Array;
}

/** Draws teacher, inputs, labels and start of a trial by the settings d, n, teacher and inputs. */
export function drawRegression({ settings, stream, kernels }: TrialContext): Regression {
  const [dimension, samples] = [numberOf(settings, 'd'), numberOf(settings, 'n')];
  const teacher = textOf(settings, 'teacher') === 'identity' ? identity(dimension) : drawTeacher(kernels, 'orthonormal', dimension, dimension, 1, stream(Purpose.teacher));
  const drawn = drawInputs(kernels, textOf(settings, 'inputs') as InputLaw, samples, dimension, stream(Purpose.data));
  const rows = drawn.values.slice(0, samples * dimension);
  const inputs = kernels.prepare(drawn);
  const point = { starts: 1, weights: teacher, outputWeights: outputWeights('sum', 1, dimension) };
  const labels = kernels.outputs(inputs, { strides: 1, rows: dimension }, RELU, point);
  const start = new Float64Array(dimension * dimension);
  kernels.normals(stream(Purpose.start), 0, start);
  return { samples, dimension, rows, inputs, labels, teacher, start: start.map((a) => a / Math.sqrt(dimension)) };
}

export function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
}

/** Floating point operations of drawing a regression problem. */
export function regressionCost(settings: Settings): number {
  const [d, n] = [numberOf(settings, 'd'), numberOf(settings, 'n')];
  return n * d * (100 + 2 * d);
}
