/**
 * The planted problem that the experiments share: teacher → inputs → labels → starts → descent. Settings are data.
 * Every choice that a paper leaves open is a setting, so that `--set` can change it.
 */
import { isWord } from '../../base/vocabulary.js';
import type { Activation } from '../../core/networks/activations.js';
import { parseActivation } from '../../core/networks/activations.js';
import { descentFlops, descentState, runDescent, type DescentOptions } from '../../core/descent/descent.js';
import { drawInputs, type InputLaw } from '../../core/networks/inputs.js';
import type { DescentState, Inputs, NetworkShape, Points, Problem } from '../../core/kernels/contract.js';
import type { Batches } from '../../core/kernels/state.js';
import { lossNamed } from '../../core/networks/losses.js';
import { LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { drawLabels, type LabelKind } from '../../core/networks/labels.js';
import {
  isDrawnOutput,
  networkShape,
  outputWeights,
  repeated,
  type Architecture,
  type TeacherOutput,
} from '../../core/networks/networks.js';
import { drawStarts, type StartLaw } from '../../core/networks/starts.js';
import { sampledBatches } from '../../core/descent/batches.js';
import { methodNamed, type NamedMethod } from '../../core/descent/method.js';
import { stepSizes, type StepSize } from '../../core/descent/stepsize.js';
import { Purpose } from '../../core/streams.js';
import { isFileValue, type FileValue } from '../../settings/types.js';
import { drawOutputs, drawTeacher, type TeacherLaw } from '../../core/networks/teachers.js';
import { keepEnds, keepInputs, keepStarts, keepSteps, keepTeaching } from '../keeper.js';
import type { TrialContext } from '../spec.js';
import { fileNumbers } from './files.js';

/** The size of a network. The network is fully connected unless the settings say cnn. */
export interface NetworkSettings {
  readonly K: number;
  readonly d: number;
  readonly architecture?: Architecture;
}

/** What determines the distribution of a training set. Defaults: mean output, sigmoid, squared loss and no noise. */
export interface TrainingSettings extends NetworkSettings {
  readonly n: number;
  readonly teacher: TeacherLaw | FileValue;
  readonly teacherScale: number;
  /** of a teacher with a given spectrum */
  readonly condition?: number;
  readonly inputs: InputLaw | FileValue;
  readonly labels: LabelKind;
  /** standard deviation of Gaussian noise on the labels */
  readonly noise?: number;
  readonly activation?: string;
  readonly output?: TeacherOutput | FileValue;
  /**
   * a name, or a formula in f and y. A landscape loss has a descent of its own; the loss of the network is then the
   * squared loss
   */
  readonly loss?: string;
}

/** The distribution of starts around the teacher. */
export interface NearbySettings {
  readonly startLaw: StartLaw;
  readonly radius: number;
}

export interface StepSettings {
  readonly stepSize: number | 'auto';
  readonly stepFactor: number;
}

/** Plain gradient descent unless the settings say otherwise. */
export interface DescentSettings extends StepSettings, NamedMethod {
  readonly iterations: number;
  readonly tolerance: number;
  readonly trainOutput?: 'no' | 'yes';
  /** of method sgd: samples in a batch, and whether they are drawn independently */
  readonly batch?: number;
  readonly replacement?: 'no' | 'yes';
}

/** A planted problem, starts around its teacher, and the descents from there. */
export interface PlantedSettings extends TrainingSettings, NearbySettings, DescentSettings {}

/** The settings of a planted network, without those of a training set. */
export type TeachingSettings = Omit<TrainingSettings, 'n' | 'inputs'>;

/** A planted network. */
export interface Teacher {
  readonly activation: Activation;
  readonly shape: NetworkShape;
  /** W* (rows, m): (K, d) for fcn, (1, d/K) for cnn */
  readonly teacher: Float64Array;
  /** v* (K) */
  readonly teacherOutput: Float64Array;
}

/** One training set with its teacher. */
export interface TrainingSet extends Pick<Teacher, 'teacher' | 'teacherOutput'> {
  readonly problem: Problem;
}

/** One training set with its teacher and starts. */
export interface Planted extends TrainingSet {
  readonly starts: Points;
}

/** The network of the settings. */
export function plantedShape({ architecture = 'fcn', K, d }: NetworkSettings): NetworkShape {
  return networkShape(architecture, K, d);
}

/** m, the number of entries of a row of W: d, or d/K for a convolutional network. */
export function rowLength(settings: NetworkSettings): number {
  return settings.d / plantedShape(settings).strides;
}

/** Labels from a teacher's outputs, with Gaussian noise from a separate stream. */
function drawNoisyLabels(
  { settings, stream, kernels }: TrialContext<TrainingSettings>,
  outputs: Float64Array,
): Float64Array {
  const { labels: kind, noise: deviation = 0 } = settings;
  const labels = drawLabels(kernels, kind, outputs, stream(Purpose.labels));
  if (deviation === 0) return labels;
  const noise = new Float64Array(labels.length);
  kernels.normals(stream(Purpose.noise), 0, noise);
  return labels.map((y, i) => y + deviation * noise[i]);
}

/** W* (rows, m) of a trial. */
function trialTeacher(
  { settings, stream, kernels, files }: TrialContext<TeachingSettings>,
  { rows, strides }: NetworkShape,
): Float64Array {
  const { d, teacher: law, teacherScale, condition = 1 } = settings;
  const length = d / strides;
  if (isFileValue(law)) return fileNumbers(files, law, rows * length);
  return drawTeacher(kernels, law, rows, length, teacherScale, stream(Purpose.teacher), condition);
}

/** v* (K) of a trial. */
function trialOutput({ settings, stream, kernels, files }: TrialContext<TeachingSettings>): Float64Array {
  const { K, output = 'mean' } = settings;
  if (isFileValue(output)) return fileNumbers(files, output, K);
  return isDrawnOutput(output)
    ? drawOutputs(kernels, output, K, stream(Purpose.teacherOutput))
    : outputWeights(output, 1, K);
}

/** X (n, d) of a trial, row-major, ready for `prepare`. From a file it takes the first n rows. */
export function trialInputs(
  { settings: { inputs: law }, stream, kernels, files }: TrialContext<Pick<TrainingSettings, 'inputs'>>,
  samples: number,
  dimension: number,
): Inputs {
  if (!isFileValue(law)) return drawInputs(kernels, law, samples, dimension, stream(Purpose.data));
  const inputs = kernels.allocateInputs(samples, dimension);
  inputs.values.set(fileNumbers(files, law, samples * dimension));
  return inputs;
}

/** Draws the teacher of a trial; W* and v* have separate streams. */
export function drawTeaching(context: TrialContext<TeachingSettings>): Teacher {
  const { settings } = context;
  const shape = plantedShape(settings);
  return {
    activation: parseActivation(settings.activation ?? 'sigmoid'),
    shape,
    teacher: trialTeacher(context, shape),
    teacherOutput: trialOutput(context),
  };
}

/** Draws the teacher and the training set of a trial, each from a separate stream. */
export function drawTrainingSet(context: TrialContext<TrainingSettings>): TrainingSet {
  const { settings, kernels, keep } = context;
  const { d, n, output = 'mean', loss = 'squared' } = settings;
  const { activation, shape, teacher, teacherOutput } = drawTeaching(context);
  const rows = trialInputs(context, n, d);
  keepInputs(keep, rows);
  const inputs = kernels.prepare(rows);
  const outputs = kernels.outputs(inputs, shape, activation, {
    starts: 1,
    weights: teacher,
    outputWeights: teacherOutput,
  });
  const labels = drawNoisyLabels(context, outputs);
  const isLandscape = isWord(LANDSCAPE_LOSSES, loss);
  const networkLoss = isLandscape ? 'squared' : lossNamed(loss);
  const drawn: TrainingSet = {
    problem: { inputs, labels, shape, activation, loss: networkLoss },
    teacher,
    teacherOutput,
  };
  keepTeaching(keep, drawn, {
    architecture: settings.architecture ?? 'fcn',
    output,
    labels: settings.labels,
    ...(isLandscape ? { loss } : {}),
  });
  return drawn;
}

/** The same training set with `startCount` starts around the teacher. All starts have the teacher's v. */
export function drawPlanted(context: TrialContext<TrainingSettings & NearbySettings>, startCount: number): Planted {
  const {
    settings: { startLaw, radius },
    stream,
    kernels,
  } = context;
  const drawn = drawTrainingSet(context);
  const weights = drawStarts(kernels, startLaw, drawn.teacher, startCount, radius, stream(Purpose.start));
  const starts = { starts: startCount, weights, outputWeights: repeated(drawn.teacherOutput, startCount) };
  keepStarts(context.keep, drawn.problem.shape.rows, starts);
  return { ...drawn, starts };
}

/** Gradient descent from the planted starts. `watch` may observe it. */
export function descendPlanted(
  { settings, kernels, cancel, keep, stream }: TrialContext<DescentSettings>,
  { problem, starts }: Pick<Planted, 'problem' | 'starts'>,
  watch: Pick<DescentOptions, 'schedule' | 'look' | 'pointOnly'> = {},
): DescentState {
  const { iterations, tolerance, trainOutput = 'no' } = settings;
  const isTrained = trainOutput === 'yes';
  const steps = stepSizes(kernels, problem, starts, stepRule(settings), isTrained);
  keepSteps(keep, steps);
  const batches = batchesOf({ settings, kernels, stream }, problem.inputs.samples);
  const state = descentState(starts, steps, isTrained, { method: methodNamed(settings), ...(batches && { batches }) });
  runDescent(kernels, problem, state, { iterations, tolerance, cancel, ...watch });
  keepEnds(keep, problem.shape.rows, state);
  return state;
}

/** The mini-batches of the settings, if there are any; they have a stream of their own. */
function batchesOf(
  { settings, kernels, stream }: Pick<TrialContext<DescentSettings>, 'settings' | 'kernels' | 'stream'>,
  samples: number,
): Batches | undefined {
  const { method, batch = 1, replacement = 'no' } = settings;
  if (method !== 'sgd') return undefined;
  const sampling = { size: batch, replacement: replacement === 'yes', stream: stream(Purpose.batches) };
  return sampledBatches(kernels, sampling, samples);
}

/** The step rule of the settings. */
export function stepRule({ stepSize, stepFactor }: StepSettings): StepSize {
  return stepSize === 'auto' ? { kind: 'auto', factor: stepFactor } : { kind: 'fixed', value: stepSize };
}

/** What determines the cost of a planted trial. */
export interface PlantedSize extends NetworkSettings {
  readonly n: number;
  readonly iterations: number;
}

/** Cost of a planted trial in flops: its descents, 40 flops per activation, and 100 per random number. */
export function plantedCost(settings: PlantedSize, startCount: number): number {
  const { K, d, n, iterations } = settings;
  const activations = 40 * n * K * startCount * iterations;
  return descentFlops(n, rowLength(settings), K, startCount, iterations) + activations + 100 * n * d;
}

/**
 * Approximate bytes that a planted trial holds at once: inputs, labels, and the values stored for each sample. `copies`
 * is the number of arrays of the size of the inputs.
 */
export function plantedBytes({ K, d, n }: Pick<PlantedSize, 'K' | 'd' | 'n'>, startCount: number, copies = 1): number {
  const perStart = 4 * K * (d + 1);
  return 8 * (n * (copies * d + 4) + startCount * perStart);
}
