/**
 * The planted problem that the experiments share: teacher → inputs → labels → starts → descent. Settings are data; every
 * choice that a paper leaves open is a setting, so that `--set` can move it.
 */
import { parseActivation } from '../core/activations.js';
import { descentFlops, descentState, runDescent, type DescentOptions } from '../core/descent.js';
import { drawInputs, type InputLaw } from '../core/inputs.js';
import type { DescentState, NetworkShape, Points, Problem } from '../core/kernels/contract.js';
import { drawLabels, type LabelKind } from '../core/labels.js';
import type { LossName } from '../core/losses.js';
import { networkShape, outputWeights, repeated, type Architecture, type TeacherOutput } from '../core/networks.js';
import { drawStarts, type StartLaw } from '../core/starts.js';
import { stepSizes, type StepSize } from '../core/stepsize.js';
import { Purpose } from '../core/streams.js';
import { drawSigns, drawTeacher, teacherOf, type TeacherLaw } from '../core/teachers.js';
import type { Parameter, Scale, Settings, SettingValue, TrialContext } from './spec.js';

/** The numeric setting of a name; a missing one is a mistake in an experiment file. */
export function numberOf(settings: Settings, name: string): number {
  const value = settings[name];
  if (typeof value !== 'number') throw new TypeError(`setting '${name}' is not a number: ${value}`);
  return value;
}

/** The textual setting of a name. */
export function textOf(settings: Settings, name: string): string {
  const value = settings[name];
  if (typeof value !== 'string') throw new TypeError(`setting '${name}' is not a text: ${value}`);
  return value;
}

/** The textual setting of a name, or what it is in experiments that do not have it. */
export function textOr(settings: Settings, name: string, otherwise: string): string {
  return name in settings ? textOf(settings, name) : otherwise;
}

/** The numeric setting of a name, or what it is in experiments that do not have it. */
export function numberOr(settings: Settings, name: string, otherwise: number): number {
  return name in settings ? numberOf(settings, name) : otherwise;
}

/** The same default at every scale. */
export function everywhere<T extends SettingValue | readonly SettingValue[]>(value: T): Record<Scale, T> {
  return { smoke: value, quick: value, paper: value };
}

/** The words that fu2018 and fu2019 choose from: they do not grow with the vocabulary. */
const TEACHERS = ['orthonormal', 'gaussian', 'gaussian-unit'] as const satisfies readonly TeacherLaw[];
const INPUTS = ['gaussian', 'laplace', 'mixture', 'logistic', 'smooth-uniform'] as const satisfies readonly InputLaw[];
const LABELS = ['classification', 'regression'] as const satisfies readonly LabelKind[];
const STARTS = ['sphere', 'ball'] as const satisfies readonly StartLaw[];

/** The `--set` keys of a planted problem with classification or regression labels, with fu2018's defaults. */
export const PLANTED_PARAMETERS = {
  K: { description: 'neurons of teacher and student', kind: 'integer', min: 1, max: 64, default: everywhere(3) },
  teacher: { description: 'law of W*', kind: 'choice', words: TEACHERS, default: everywhere('orthonormal') },
  teacherScale: { description: 'factor s on the law of W*; for orthonormal rows the norm of each w*', kind: 'number', min: 1e-3, max: 1e3, default: everywhere(2) },
  inputs: { description: 'law of the inputs x', kind: 'choice', words: INPUTS, default: everywhere('gaussian') },
  labels: { description: 'labels y given f*(x)', kind: 'choice', words: LABELS, default: everywhere('classification') },
  startLaw: { description: 'where W0 lies around W*', kind: 'choice', words: STARTS, default: everywhere('sphere') },
  radius: { description: 'distance of W0 from W*, divided by the Frobenius norm of W*', kind: 'number', min: 0, max: 10, default: everywhere(0.1) },
  stepSize: { description: 'step size, or auto = stepFactor over the largest Hessian eigenvalue at W0', kind: 'number', words: ['auto'], min: 1e-9, max: 1e9, default: everywhere('auto') },
  stepFactor: { description: 'c of the automatic step size c/λ_max', kind: 'number', min: 1e-3, max: 2, default: everywhere(1) },
  tolerance: { description: 'a run stops early when its gradient norm is at most this', kind: 'number', min: 0, max: 1, default: everywhere(1e-9) },
} as const satisfies Record<string, Parameter>;

/** One training set with its teacher. */
export interface TrainingSet {
  readonly problem: Problem;
  /** W* (rows, m): (K, d) for fcn, (1, d/K) for cnn */
  readonly teacher: Float64Array;
  /** v* (K) */
  readonly teacherOutput: Float64Array;
}

/** One training set with its teacher and starts. */
export interface Planted extends TrainingSet {
  readonly starts: Points;
}

/** The network of the settings: fully connected unless `architecture` says cnn. */
export function plantedShape(settings: Settings): NetworkShape {
  return networkShape(textOr(settings, 'architecture', 'fcn') as Architecture, numberOf(settings, 'K'), numberOf(settings, 'd'));
}

/** Labels of a teacher's outputs, with Gaussian noise of the setting `noise` from a stream of its own. */
function drawNoisyLabels({ settings, stream, kernels }: TrialContext, outputs: Float64Array): Float64Array {
  const labels = drawLabels(kernels, textOf(settings, 'labels') as LabelKind, outputs, stream(Purpose.labels));
  const deviation = numberOr(settings, 'noise', 0);
  if (deviation === 0) return labels;
  const noise = new Float64Array(labels.length);
  kernels.normals(stream(Purpose.noise), 0, noise);
  return labels.map((y, i) => y + deviation * noise[i]);
}

/** Draws teacher and training set of a trial, each from its own stream; mean output, sigmoid, no noise unless the settings say otherwise. */
export function drawTrainingSet(context: TrialContext): TrainingSet {
  const { settings, stream, kernels } = context;
  const [neurons, dimension, samples] = [numberOf(settings, 'K'), numberOf(settings, 'd'), numberOf(settings, 'n')];
  const activation = parseActivation(textOr(settings, 'activation', 'sigmoid'));
  const shape = plantedShape(settings);
  const law = textOf(settings, 'teacher') as TeacherLaw;
  const condition = teacherOf(law).takesCondition ? numberOf(settings, 'condition') : 1;
  const teacher = drawTeacher(kernels, law, shape.rows, dimension / shape.strides, numberOf(settings, 'teacherScale'), stream(Purpose.teacher), condition);
  const output = textOr(settings, 'output', 'mean') as TeacherOutput;
  const teacherOutput = output === 'signs' ? drawSigns(kernels, neurons, stream(Purpose.teacherOutput)) : outputWeights(output, 1, neurons);
  const inputs = kernels.prepare(drawInputs(kernels, textOf(settings, 'inputs') as InputLaw, samples, dimension, stream(Purpose.data)));
  const outputs = kernels.outputs(inputs, shape, activation, { starts: 1, weights: teacher, outputWeights: teacherOutput });
  const labels = drawNoisyLabels(context, outputs);
  return { problem: { inputs, labels, shape, activation, loss: textOr(settings, 'loss', 'squared') as LossName }, teacher, teacherOutput };
}

/** The same with `startCount` starts around the teacher, with its v. */
export function drawPlanted(context: TrialContext, startCount: number): Planted {
  const { settings, stream, kernels } = context;
  const drawn = drawTrainingSet(context);
  const weights = drawStarts(kernels, textOf(settings, 'startLaw') as StartLaw, drawn.teacher, startCount, numberOf(settings, 'radius'), stream(Purpose.start));
  return { ...drawn, starts: { starts: startCount, weights, outputWeights: repeated(drawn.teacherOutput, startCount) } };
}

/** Gradient descent from the planted starts by the settings stepSize, stepFactor, iterations, tolerance and trainOutput; `watch` may look on. */
export function descendPlanted(context: TrialContext, { problem, starts }: Pick<Planted, 'problem' | 'starts'>, watch: Pick<DescentOptions, 'schedule' | 'look'> = {}): DescentState {
  const { settings, kernels, cancel } = context;
  const trainOutput = textOr(settings, 'trainOutput', 'no') === 'yes';
  const state = descentState(starts, stepSizes(kernels, problem, starts, stepRule(settings), trainOutput), trainOutput);
  runDescent(kernels, problem, state, { iterations: numberOf(settings, 'iterations'), tolerance: numberOf(settings, 'tolerance'), cancel, ...watch });
  return state;
}

/** The step rule of the settings stepSize and stepFactor. */
export function stepRule(settings: Settings): StepSize {
  const given = settings['stepSize'];
  return typeof given === 'number' ? { kind: 'fixed', value: given } : { kind: 'auto', factor: numberOf(settings, 'stepFactor') };
}

/** Cost of a planted trial in flops: its descents, and a hundred flops per random number and activation. */
export function plantedCost(settings: Settings, startCount: number): number {
  const [neurons, dimension, samples] = [numberOf(settings, 'K'), numberOf(settings, 'd'), numberOf(settings, 'n')];
  const iterations = numberOf(settings, 'iterations');
  const activations = 40 * samples * neurons * startCount * iterations;
  const rowLength = dimension / plantedShape(settings).strides;
  return descentFlops(samples, rowLength, neurons, startCount, iterations) + activations + 100 * samples * dimension;
}

/** Bytes that a planted trial holds at once, about: inputs, labels, what is kept of each sample, and further arrays of the size of the inputs with `copies`. */
export function plantedBytes(settings: Settings, startCount: number, copies = 1): number {
  const [neurons, dimension, samples] = [numberOf(settings, 'K'), numberOf(settings, 'd'), numberOf(settings, 'n')];
  const perStart = 4 * neurons * (dimension + 1);
  return 8 * (samples * (copies * dimension + 4) + startCount * perStart);
}
