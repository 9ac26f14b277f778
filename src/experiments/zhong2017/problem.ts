/** zhong2017's planted problem: y = Σ_i v*_i φ(w*_iᵀx), v* ∈ {−1, +1}^K, W* with a given spectrum, x ~ N(0, I), no noise. */
import { refuse } from '../../base/errors.js';
import { largestRelativeError } from '../../core/matching.js';
import type { Magnitudes } from '../../core/tensor/magnitudes.js';
import type { Initialization } from '../../core/tensor/initialization.js';
import type { InitializationMode } from '../../core/tensor/stages.js';
import type { TeacherLaw } from '../../core/teachers.js';
import { plantedInitialization } from '../initialization.js';
import { drawTrainingSet, type TrainingSet } from '../planted.js';
import { everywhere, numberOf, numbersOf, textOf, typed, typedSettings } from '../untyped.js';
import { sampleGrid } from '../sampleGrid.js';
import type { Cell, PublishedSettings, TrialContext } from '../spec.js';
import type { Setting, ValuesByName, Settings } from '../../settings/types.js';

/** What the paper fixes, in the words of the planted problem. */
const FIXED: Settings = { output: 'signs', labels: 'regression', inputs: 'gaussian', loss: 'squared' };

/** Homogeneous activations: only for them is v*_i ∈ {−1, +1} no restriction. */
const ACTIVATIONS = ['squared-relu', 'relu', 'leaky-relu'] as const;

const TEACHERS = ['spectrum', 'orthonormal', 'gaussian', 'gaussian-unit'] as const satisfies readonly TeacherLaw[];
const MODES = ['unfold', 'faithful', 'whole'] as const satisfies readonly InitializationMode[];
const MAGNITUDES = ['inverted', 'as-coded'] as const satisfies readonly Magnitudes[];

export const ZHONG2017_PARAMETERS = {
  K: { description: 'neurons k of teacher and student', kind: 'integer', min: 1, max: 64, default: everywhere(5) },
  activation: { description: 'homogeneous activation φ', kind: 'choice', words: ACTIVATIONS, default: everywhere('squared-relu') },
  teacher: { description: 'law of W*', kind: 'choice', words: TEACHERS, default: everywhere('spectrum') },
  condition: { description: 'condition number κ of a spectrum teacher', kind: 'number', min: 1, max: 1e3, default: everywhere(2) },
  teacherScale: { description: 'factor on the law of W*', kind: 'number', min: 1e-3, max: 1e3, default: everywhere(1) },
  mode: { description: 'mode of the tensor initialization', kind: 'choice', words: MODES, default: everywhere('whole') },
  magnitudes: { description: 'inverted: ‖w‖ solves m_1(‖w‖) = |z|; as-coded: 1.12 times as much, as in the code behind the figures (squared-relu)', kind: 'choice', words: MAGNITUDES, default: everywhere('inverted') },
} as const satisfies Record<string, Setting>;

export const ZHONG2017_DESCENT = {
  stepSize: { description: 'step size η, or auto = stepFactor over the largest Hessian eigenvalue at the start', kind: 'number', words: ['auto'], min: 1e-9, max: 1e9, default: everywhere(0.02) },
  stepFactor: { description: 'c of the automatic step size c/λ_max', kind: 'number', min: 1e-3, max: 2, default: everywhere(1) },
} as const satisfies Record<string, Setting>;

export const ZHONG2017_REGIME = {
  description: 'smallest d/k that counts as the regime of growth proportional to d', kind: 'number', min: 0, max: 1e6, default: { smoke: 1, quick: 4, paper: 6 },
} as const satisfies Setting;

export const REGIME_CHOICE =
  'Beside the whole grid a claim looks at d ≥ regime·k alone, where the noise in the k × k × k tensor, which does not depend on d, should matter less than that in the subspace. The regime was chosen after the first results.';

/** What Section 7 prints of the teacher in all of its figures. */
export const SECTION_7 = { K: 5, activation: 'squared-relu', teacher: 'spectrum', condition: 2, teacherScale: 1 } as const satisfies PublishedSettings;
/** And of the descents. */
export const SECTION_7_DESCENT = { ...SECTION_7, stepSize: 0.02 } as const satisfies PublishedSettings;

/** What the paper leaves open in all of its experiments. */
export const ZHONG2017_CHOICES: readonly string[] = [
  'Tensor initialization: all samples in every stage and labels as they are (mode whole), as in the authors’ code. As printed, each stage has a third of the samples (faithful). Less noise with labels less the parts that the stage’s moments do not see (unfold).',
  'Decomposition: KCL with 2k random projections from a whitened start; the paper takes L = 100 and none, which cannot be set yet. It gives the same answer more surely (docs/derivations/tensor.md).',
  'Magnitudes by the correct inversion of m_1. The authors’ code computes √|z|/c for √(|z|/c), 12 % too large: magnitudes=as-coded.',
];

/** Floating point operations of a tensor initialization with its training set, about: moments, the decomposition, and what memory costs. */
export function initializationCost(settings: Settings): number {
  return 5e4 * numberOf(settings, 'n') * Math.sqrt(numberOf(settings, 'd')) + 1e9;
}

/** Samples that each stage of the initialization needs. */
function fewestSamples(values: ValuesByName, d: number): number {
  return (values['mode'] === 'faithful' ? 3 : 1) * (d + 1);
}

/**
 * The cells of a grid over d and n.
 * @throws InputError when no teacher fits, K > d, n is too small for the initialization, or magnitudes as coded are asked for of an activation
 * that the code does not treat
 */
export function zhong2017Cells(values: ValuesByName): Cell[] {
  const [d, n, K] = [numbersOf(values, 'd')[0], numbersOf(values, 'n')[0], values['K'] as number];
  const largest = numbersOf(values, 'd').slice(-1)[0];
  if (K > d) refuse('K, the number of neurons of a tensor initialization,', `at most the smallest d = ${d}`, K);
  if (n < fewestSamples(values, largest)) refuse('n', `at least ${fewestSamples(values, largest)} for the tensor initialization at d = ${largest} (mode ${String(values['mode'])})`, n);
  if (values['magnitudes'] === 'as-coded' && values['activation'] !== 'squared-relu') refuse('the activation of magnitudes=as-coded', 'squared-relu', values['activation']);
  return sampleGrid(typedSettings(values as Settings)).map((settings) => ({ settings: { ...settings }, trials: values['trials'] as number }));
}

/** The trial's settings with what the paper fixes. */
export function zhong2017Context(context: TrialContext): TrialContext {
  return { ...context, settings: { ...FIXED, ...context.settings } };
}

/** One training set, and W_0 and v_0 by the tensor method from it. */
export interface Initialized extends TrainingSet {
  readonly initial: Initialization;
  /** whether v_0 equals v* up to the order of neurons */
  readonly signsRight: boolean;
}

/** Draws a trial's training set and initializes from it; `context` from `zhong2017Context`. */
export function drawInitialized(context: TrialContext): Initialized {
  const drawn = drawTrainingSet(typed(context));
  const { settings } = context;
  const choices = { output: 'signs', mode: textOf(settings, 'mode') as InitializationMode, magnitudes: textOf(settings, 'magnitudes') as Magnitudes } as const;
  const initial = plantedInitialization(typed(context), drawn.problem, choices);
  return { ...drawn, initial, signsRight: sameSigns(initial.outputWeights, drawn.teacherOutput) };
}

/** min_π max_j ‖w*_j − w_π(j)‖/‖w*_j‖, v not asked. */
export function weightError(weights: Float64Array, { teacher, teacherOutput }: TrainingSet): number {
  return largestRelativeError(weights, teacher, teacherOutput.length);
}

/** The same over permutations that map v to v*; Infinity when there is none. */
export function recoveryError(weights: Float64Array, v: Float64Array, { teacher, teacherOutput }: TrainingSet): number {
  return largestRelativeError(weights, teacher, teacherOutput.length, { v, teacher: teacherOutput });
}

/** Whether two vectors of entries ±1 are equal up to order: their sums are. */
export function sameSigns(a: Float64Array, b: Float64Array): boolean {
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return total(a) === total(b);
}
