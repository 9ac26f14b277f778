/**
 * zhong2017's planted problem: y = Σ_i v*_i φ(w*_iᵀx) with v* ∈ {−1, +1}^K, W* with a given spectrum, x ~ N(0, I), and
 * no noise.
 */
import { refuse } from '../../../base/errors.js';
import { largestRelativeError } from '../../../core/matching/matching.js';
import type { Magnitudes } from '../../../core/tensor/magnitudes.js';
import type { Initialization } from '../../../core/tensor/initialization.js';
import type { InitializationMode } from '../../../core/tensor/stages.js';
import type { TeacherLaw } from '../../../core/networks/teachers.js';
import { plantedInitialization } from '../../common/initialization.js';
import { keepStarts } from '../../keeper.js';
import { drawTrainingSet, type TrainingSet } from '../../common/planted.js';
import { sampleGrid, type SamplePoint } from '../../common/sampleGrid.js';
import type { Cell, PublishedSettings, TrialContext } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { choice, number, withDefault } from '../../../settings/declare.js';
import type { PerScale } from '../../../settings/scale.js';
import * as common from '../../common/settings.js';

/** The settings that the paper fixes, in the vocabulary of the planted problem. */
const FIXED = { output: 'signs', labels: 'regression', inputs: 'gaussian', loss: 'squared' } as const;

/** Homogeneous activations. Only for them v*_i ∈ {−1, +1} is no restriction. */
const ACTIVATIONS = ['squared-relu', 'relu', 'leaky-relu'] as const;

const TEACHERS = ['spectrum', 'orthonormal', 'gaussian', 'gaussian-unit'] as const satisfies readonly TeacherLaw[];
const MODES = ['unfold', 'faithful', 'whole'] as const satisfies readonly InitializationMode[];
const MAGNITUDES = ['inverted', 'as-coded'] as const satisfies readonly Magnitudes[];

export const ZHONG2017_PROBLEM = {
  K: number({ description: 'neurons k of teacher and student', integer: true, min: 1, max: 64, default: 5 }),
  activation: choice(ACTIVATIONS, { description: 'homogeneous activation φ', default: 'squared-relu' }),
  teacher: choice(TEACHERS, { description: 'law of W*', default: 'spectrum' }),
  condition: number({ description: 'condition number κ of a spectrum teacher', min: 1, max: 1e3, default: 2 }),
  teacherScale: number({ description: 'factor on the law of W*', min: 1e-3, max: 1e3, default: 1 }),
  mode: choice(MODES, { description: 'mode of the tensor initialization', default: 'whole' }),
  magnitudes: choice(MAGNITUDES, {
    description:
      'inverted: ‖w‖ solves m_1(‖w‖) = |z|; as-coded: 1.12 times as much, as in the code behind the figures (squared-relu)',
    default: 'inverted',
  }),
};

export const ZHONG2017_DESCENT = {
  stepSize: number({
    description: 'step size η, or auto = stepFactor over the largest Hessian eigenvalue at the start',
    words: ['auto'],
    min: 1e-9,
    max: 1e9,
    default: 0.02,
  }),
  stepFactor: number({ description: 'c of the automatic step size c/λ_max', min: 1e-3, max: 2, default: 1 }),
};

/** Settings of Figure 1(c), whose objective is recorded on the way. */
export function tracedSettings(iterations: PerScale<number>) {
  return {
    d: common.dimensions([10]),
    n: common.samples([10000]),
    trials: common.trials({ smoke: 3, quick: 20, paper: 50 }, 'trials (seeds)'),
    iterations: common.iterations(iterations, { description: 'number of iterations' }),
    every: number({
      description: 'iterations between two records of the objective',
      integer: true,
      min: 1,
      max: 1e5,
      default: 50,
    }),
    tolerance: withDefault(common.descent.tolerance, 1e-12),
    reached: number({ description: 'objective that counts as converged', min: 1e-25, max: 1e6, default: 1e-6 }),
  };
}

export const ZHONG2017_REGIME = number({
  description: 'smallest d/k that counts as the regime of growth proportional to d',
  min: 0,
  max: 1e6,
  default: { smoke: 1, quick: 4, paper: 6 },
});

export const REGIME_CHOICE =
  'Beside the whole grid a claim looks at d ≥ regime·k alone, where the noise in the k × k × k tensor, which does not depend on d, should matter less than that in the subspace. The regime was chosen after the first results.';

/** The settings of the teacher that Section 7 prints for all of its figures. */
export const SECTION_7 = {
  K: 5,
  activation: 'squared-relu',
  teacher: 'spectrum',
  condition: 2,
  teacherScale: 1,
} as const satisfies PublishedSettings;
/** The settings of the teacher and of the descents that Section 7 prints. */
export const SECTION_7_DESCENT = { ...SECTION_7, stepSize: 0.02 } as const satisfies PublishedSettings;

/** The choices that the paper leaves open in all of its experiments. */
export const ZHONG2017_CHOICES: readonly string[] = [
  'Tensor initialization: all samples in every stage and labels as they are (mode whole), as in the authors’ code. As printed, each stage has a third of the samples (faithful). Less noise with labels less the parts that the stage’s moments do not see (unfold).',
  'Decomposition: KCL with 2k random projections from a whitened start; the paper takes L = 100 and none. zhong2017-kcl has both on the same tensors.',
  'Magnitudes by the correct inversion of m_1. The authors’ code computes √|z|/c for √(|z|/c), 12 % too large: magnitudes=as-coded.',
];

/**
 * Approximate floating point operations of a tensor initialization with its training set: moments, the decomposition,
 * and memory access.
 */
export function initializationCost({ d, n }: Pick<SamplePoint, 'd' | 'n'>): number {
  return 5e4 * n * Math.sqrt(d) + 1e9;
}

type Zhong2017Values = Values<typeof ZHONG2017_PROBLEM>;

/** The values of a grid over d and n. */
interface Zhong2017Grid extends Zhong2017Values {
  readonly d: readonly number[];
  readonly n: readonly number[];
  readonly trials: number;
}

/**
 * The smallest number of samples that the initialization accepts. It is d + 1 for each of its separate training sets.
 */
function fewestSamples({ mode }: Pick<Zhong2017Values, 'mode'>, d: number): number {
  return (mode === 'faithful' ? 3 : 1) * (d + 1);
}

/**
 * The cells of a grid over d and n.
 * @throws InputError when no teacher fits, when K > d, when n is too small for the initialization, or when magnitudes
 * as coded are requested for an activation that the code does not support
 */
export function zhong2017Cells(values: Zhong2017Grid): Cell<SamplePoint>[] {
  const { K, mode, magnitudes, activation, trials } = values;
  const [d, largest, n] = [Math.min(...values.d), Math.max(...values.d), Math.min(...values.n)];
  if (K > d) refuse('K, the number of neurons of a tensor initialization,', `at most the smallest d = ${d}`, K);
  if (n < fewestSamples(values, largest))
    refuse(
      'n',
      `at least ${fewestSamples(values, largest)} for the tensor initialization at d = ${largest} (mode ${mode})`,
      n,
    );
  if (magnitudes === 'as-coded' && activation !== 'squared-relu')
    refuse('the activation of magnitudes=as-coded', 'squared-relu', activation);
  return sampleGrid({ ...values, perDimension: [] }).map((settings) => ({ settings, trials }));
}

/** The context of a trial, with the settings that the paper fixes. */
export function zhong2017Context<S>(context: TrialContext<S>): TrialContext<typeof FIXED & S> {
  return { ...context, settings: { ...FIXED, ...context.settings } };
}

/** The settings of a trial of the planted problem. `InitializedSettings` adds the settings that the paper fixes. */
export type Zhong2017Settings = Zhong2017Values & Pick<SamplePoint, 'd' | 'n'>;
export type InitializedSettings = typeof FIXED & Zhong2017Settings;

/** One training set, and W_0 and v_0 computed from it by the tensor method. */
export interface Initialized extends TrainingSet {
  readonly initial: Initialization;
  /** whether v_0 equals v* up to the order of neurons */
  readonly signsRight: boolean;
}

/** Draws a trial's training set and initializes from it. `context` comes from `zhong2017Context`. */
export function drawInitialized(context: TrialContext<InitializedSettings>): Initialized {
  const drawn = drawTrainingSet(context);
  const { output, mode, magnitudes } = context.settings;
  const initial = plantedInitialization(context, drawn.problem, { output, mode, magnitudes });
  keepStarts(context.keep, drawn.problem.shape.rows, { starts: 1, ...initial });
  return { ...drawn, initial, signsRight: sameSigns(initial.outputWeights, drawn.teacherOutput) };
}

/** min_π max_j ‖w*_j − w_π(j)‖/‖w*_j‖, without regard to v. */
export function weightError(weights: Float64Array, { teacher, teacherOutput }: TrainingSet): number {
  return largestRelativeError(weights, teacher, teacherOutput.length);
}

/** The same error, minimised over the permutations that map v to v*. It is Infinity if there is none. */
export function recoveryError(weights: Float64Array, v: Float64Array, { teacher, teacherOutput }: TrainingSet): number {
  return largestRelativeError(weights, teacher, teacherOutput.length, { v, teacher: teacherOutput });
}

/** Whether two vectors with entries ±1 are equal up to order, which holds if and only if their sums are equal. */
export function sameSigns(a: Float64Array, b: Float64Array): boolean {
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  return total(a) === total(b);
}
