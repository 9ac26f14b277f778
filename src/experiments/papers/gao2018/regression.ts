/**
 * The regression problem of gao2018, Section 4: a ReLU teacher with output weights 1, labels without noise, and as many
 * neurons as inputs.
 */
import { parseActivation } from '../../../core/networks/activations.js';
import { drawInputs, type InputLaw } from '../../../core/networks/inputs.js';
import type { PreparedInputs } from '../../../core/kernels/contract.js';
import { outputWeights } from '../../../core/networks/networks.js';
import { Purpose } from '../../../core/streams.js';
import { drawTeacher } from '../../../core/networks/teachers.js';
import { keepInputs, keepStarts, keepTeaching } from '../../keeper.js';
import type { TrialContext } from '../../spec.js';
import { choice, number } from '../../../settings/declare.js';

/** `identity`: A* = I, as in the paper. `rotated`: A* is orthogonal and Haar distributed. */
export const GAO_TEACHERS = ['identity', 'rotated'] as const;
export type GaoTeacher = (typeof GAO_TEACHERS)[number];

export const RELU = parseActivation('relu');

/** The `--set` keys that the experiments on landscapes share. */
export const LANDSCAPE_SETTINGS = {
  mu: number({ description: 'μ, weight of the diagonal part of L and G', min: 0, max: 1e6, default: 30 }),
  rows: choice(['unit', 'free'], {
    description: 'rows divided by their norm after each step (unit), or only held by the penalty λ (free)',
    default: 'unit',
  }),
  penalty: number({ description: 'λ of the penalty λ Σ(‖a‖² − 1)² of L and G', min: 0, max: 1e6, default: 0 }),
  settled: number({
    description: 'a plain descent stops early when a step moves A by less than this',
    min: 0,
    max: 1,
    default: 1e-12,
  }),
};

/** The laws of the inputs in the experiments on landscapes. */
export const GAO_INPUTS = [
  'gaussian',
  'laplace',
  'mixture',
  'logistic',
  'smooth-uniform',
] as const satisfies readonly InputLaw[];

export const INPUTS_SETTING = choice(GAO_INPUTS, { description: 'law of the inputs x', default: 'laplace' });

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

/** The settings that determine the distribution of a regression problem. */
export interface RegressionSettings {
  readonly d: number;
  readonly n: number;
  readonly teacher: GaoTeacher;
  readonly inputs: InputLaw;
}

/** Draws teacher, inputs, labels and start of a trial. `loss` is the name of the loss that is descended on. */
export function drawRegression(
  { settings, stream, kernels, keep }: TrialContext<RegressionSettings>,
  loss: string,
): Regression {
  const { d: dimension, n: samples } = settings;
  const teacher =
    settings.teacher === 'identity'
      ? identity(dimension)
      : drawTeacher(kernels, 'orthonormal', dimension, dimension, 1, stream(Purpose.teacher));
  const drawn = drawInputs(kernels, settings.inputs, samples, dimension, stream(Purpose.data));
  const rows = drawn.values.slice(0, samples * dimension);
  keepInputs(keep, drawn);
  const inputs = kernels.prepare(drawn);
  const point = { starts: 1, weights: teacher, outputWeights: outputWeights('sum', 1, dimension) };
  const labels = kernels.outputs(inputs, { strides: 1, rows: dimension }, RELU, point);
  const normals = new Float64Array(dimension * dimension);
  kernels.normals(stream(Purpose.start), 0, normals);
  const start = normals.map((a) => a / Math.sqrt(dimension));
  const problem = { labels, shape: { strides: 1, rows: dimension }, activation: RELU, loss };
  keepTeaching(
    keep,
    { problem, teacher, teacherOutput: point.outputWeights },
    { architecture: 'fcn', output: 'sum', labels: 'regression' },
  );
  keepStarts(keep, dimension, { ...point, weights: start });
  return { samples, dimension, rows, inputs, labels, teacher, start };
}

export function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
}

/** Floating point operations of drawing a regression problem. */
export function regressionCost({ d, n }: Pick<RegressionSettings, 'd' | 'n'>): number {
  return n * d * (100 + 2 * d);
}
