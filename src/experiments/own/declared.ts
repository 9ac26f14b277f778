/**
 * The settings of a study of one's own: the values that each one takes, its default, and the condition under which it
 * has a meaning.
 */
import { refuse } from '../../base/errors.js';
import { described, isWord, wordsWith } from '../../base/vocabulary.js';
import { SCHEDULES } from '../../core/descent/schedules.js';
import { METHOD_NAMES, METHODS, MOMENTUM_METHODS, MOST_MOMENTUM, USUAL_MOMENTUM } from '../../core/kernels/updates.js';
import { INPUT_LAWS, INPUTS, type InputLaw } from '../../core/networks/inputs.js';
import { LABEL_KINDS, LABELS } from '../../core/networks/labels.js';
import { LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { LOSSES } from '../../core/networks/losses.js';
import { ARCHITECTURE_TABLE, ARCHITECTURES, OUTPUTS, TEACHER_OUTPUTS } from '../../core/networks/networks.js';
import { isAroundTeacher, START_NAMES, STARTS } from '../../core/networks/starts.js';
import { TEACHER_LAWS, TEACHERS } from '../../core/networks/teachers.js';
import { INITIALIZATION_MODES } from '../../core/tensor/stages.js';
import { RISKS } from '../../core/risk/risks.js';
import { choice, choiceOrFile, named, number, required } from '../../settings/declare.js';
import { isFileValue, type Given } from '../../settings/types.js';
import { ACTIVATION } from '../common/activation.js';
import { LOSS } from './loss.js';
import { SCHEDULE } from './schedule.js';
import * as common from '../common/settings.js';

export const STUDY_SETTINGS = {
  architecture: choice(ARCHITECTURES, { description: described(ARCHITECTURE_TABLE), default: 'fcn' }),
  activation: named(ACTIVATION, { description: 'activation φ', default: 'sigmoid' }),
  output: choiceOrFile(TEACHER_OUTPUTS, {
    description: `v* of f = Σ v_k φ(w_kᵀx). ${described(OUTPUTS)}`,
    file: 'v* of shape (K,) or (1, K)',
    default: 'mean',
  }),
  K: number({ description: 'neurons of the teacher', integer: true, min: 1, max: 512, default: 3 }),
  studentK: number({
    description: 'neurons of the student, or same = K; with another number the distance from W* is ‖f̂ − f*‖',
    words: ['same'],
    integer: true,
    min: 1,
    max: 512,
    default: 'same',
  }),
  d: required({ description: 'input dimension', integer: true, min: 1, max: 10000 }),
  n: required({ description: 'sample size', integer: true, min: 1, max: 1e8 }),
  teacher: choiceOrFile(TEACHER_LAWS, {
    description: `law of W*. ${described(TEACHERS)}`,
    file: 'W* of shape (K, d), of a cnn (1, d/K)',
    default: 'orthonormal',
  }),
  teacherScale: number({
    description: 'factor on the law of W*; for orthonormal rows the norm of each',
    min: 1e-3,
    max: 1e3,
    default: 2,
  }),
  condition: number({ description: 'condition number of W* of a spectrum teacher', min: 1, max: 1e6, default: 2 }),
  inputs: choiceOrFile(INPUT_LAWS, {
    description: `law of the inputs x. ${described(INPUTS)}`,
    file: 'X with d columns; every trial takes its first n rows',
    default: 'gaussian',
  }),
  labels: choice(LABEL_KINDS, { description: `labels y given f*(x). ${described(LABELS)}`, default: 'classification' }),
  noise: number({
    description: 'standard deviation of Gaussian noise on regression labels',
    min: 0,
    max: 1e6,
    default: 0,
  }),
  loss: named(LOSS, {
    description: `loss of the descent. ${described({ ...LOSSES, ...LANDSCAPE_LOSSES })}`,
    default: 'squared',
  }),
  risk: choice(RISKS, {
    description:
      'what the descents minimise: the mean of the loss over n samples (empirical), or its expectation over x ~ N(0, I), which has no n (population)',
    default: 'empirical',
  }),
  trainOutput: choice(['no', 'yes'], { description: 'whether the descent trains v too', default: 'no' }),
  start: choiceOrFile(START_NAMES, {
    description: `where W0 lies. ${described(STARTS)}`,
    file: 'W0 of shape (L, K, d), or (K, d) for one, of a cnn (L, 1, d/K) or (1, d/K); every trial takes the first starts',
    default: 'sphere',
  }),
  radius: number({
    description: 'largest ‖W0 − W*‖ of sphere and ball, divided by ‖W*‖ (Frobenius)',
    min: 0,
    max: 100,
    default: 0.1,
  }),
  startScale: number({
    description:
      'standard deviation of the entries of a gaussian W0, or auto = one over the root of their number in a row',
    words: ['auto'],
    min: 0,
    max: 1e3,
    default: 'auto',
  }),
  mode: choice(INITIALIZATION_MODES, { description: 'mode of the tensor initialization', default: 'unfold' }),
  starts: common.starts(1, { description: 'starts on each training set' }),
  stepSize: number({
    description: 'step size, or auto = stepFactor over the largest curvature at W0',
    words: ['auto'],
    min: 1e-12,
    max: 1e9,
    default: 'auto',
  }),
  stepFactor: number({ description: 'c of the automatic step size c/λ_max', min: 1e-3, max: 10, default: 1 }),
  method: choice(METHOD_NAMES, {
    description: `how a gradient g becomes a step. ${described(METHODS)}`,
    default: 'gd',
  }),
  momentum: number({
    description: `β of ${MOMENTUM_METHODS.join(' and ')}`,
    min: 0,
    max: MOST_MOMENTUM,
    default: USUAL_MOMENTUM,
  }),
  batch: number({ description: 'samples in a batch of sgd', integer: true, min: 1, max: 1e8, default: 32 }),
  replacement: choice(['no', 'yes'], {
    description: 'whether sgd draws samples independently (yes), or every epoch takes each one once (no)',
    default: 'no',
  }),
  schedule: named(SCHEDULE, {
    description: `step size at update t = 0, 1, …. ${described(SCHEDULES)}`,
    default: 'constant',
  }),
  iterations: common.iterations(2000),
  tolerance: common.descent.tolerance,
  rows: choice(['auto', 'unit', 'free'], {
    description:
      'rows of W divided by their norm after each step (unit) or not (free); auto: unit for the landscape losses',
    default: 'auto',
  }),
  mu: number({ description: 'μ, weight of the diagonal part of the landscape losses', min: 0, max: 1e6, default: 30 }),
  penalty: number({
    description: 'λ of the penalty λ Σ(‖w‖² − 1)² of the landscape losses',
    min: 0,
    max: 1e6,
    default: 0,
  }),
  outcomes: choice(['descent', 'polish'], {
    description:
      'how the end of a start is classified: by the descent alone (descent), or after a Newton polish (polish)',
    default: 'descent',
  }),
  within: number({
    description:
      'W* counts as recovered when ‖Ŵ − W*‖ is at most this times ‖W*‖; with another width or the population risk when ‖f̂ − f*‖ is at most this times ‖f*‖',
    min: 0,
    max: 1e3,
    default: 0.01,
  }),
  sameMinimum: number({
    description: 'the starts of a training set count as one minimum when their spread SD_n is at most this',
    min: 0,
    max: 1e3,
    default: 0.01,
  }),
};

type Everything = Given<typeof STUDY_SETTINGS>;
export type StudySettingName = keyof Everything;

/** Every setting of a cell. There is no n with the population risk, and in the grid of a study that searches for n. */
export type StudySettings = Omit<Everything, 'n'> & { readonly n?: number };

/** The settings of a cell whose trials draw training sets. */
export type SampledSettings = StudySettings & { readonly n: number };

export function isSampled(settings: StudySettings): settings is SampledSettings {
  return settings.risk === 'empirical' && settings.n !== undefined;
}

export function isPopulation({ risk }: Pick<StudySettings, 'risk'>): boolean {
  return risk === 'population';
}

/** Why a cell cannot be run. */
export interface CellProblem {
  /** the setting to change */
  readonly setting: string;
  readonly message: string;
}

/** Whether descents take mini-batches. */
export function isStochastic({ method }: Pick<StudySettings, 'method'>): boolean {
  return method === 'sgd';
}

/** Whether the loss is one of those designed by gao2018. */
export function isLandscape({ loss }: Pick<StudySettings, 'loss'>): boolean {
  return isWord(LANDSCAPE_LOSSES, loss);
}

/** The law of the inputs, for code that needs their density. problems.ts rejects a file of inputs in this case. */
export function inputLawOf({ inputs }: Pick<StudySettings, 'inputs'>): InputLaw {
  return isFileValue(inputs) ? refuse('inputs', 'a law whose density is known', inputs) : inputs;
}

const WITH_CONDITION: readonly string[] = wordsWith(TEACHERS, { takesCondition: true });

/**
 * Settings that have a meaning only for certain values of other settings. A setting without a meaning is not part of
 * the cell.
 */
export const MEANT: Readonly<Partial<Record<StudySettingName, (settings: StudySettings) => boolean>>> = {
  n: (settings) => !isPopulation(settings),
  teacherScale: ({ teacher }) => !isFileValue(teacher),
  condition: ({ teacher }) => WITH_CONDITION.includes(teacher),
  radius: ({ start }) => isAroundTeacher(start),
  startScale: ({ start }) => start === 'gaussian',
  mode: ({ start, architecture }) => start === 'tensor' && architecture === 'fcn',
  stepFactor: ({ stepSize }) => stepSize === 'auto',
  momentum: ({ method }) => MOMENTUM_METHODS.includes(method),
  batch: isStochastic,
  replacement: isStochastic,
  rows: isLandscape,
  mu: isLandscape,
  penalty: isLandscape,
  outcomes: mayPolish,
};

/** Whether the ends of a trial can be polished. */
export function mayPolish(settings: Pick<StudySettings, 'trainOutput' | 'loss'>): boolean {
  return settings.trainOutput !== 'yes' && !isLandscape(settings);
}
