/**
 * The problem of soltanolkotabi2017, Section 3: small training sets, sum output, starts that are not near the teacher,
 * and descent in W and v together.
 */
import { parseActivation } from '../../../core/networks/activations.js';
import { trainingRows, type Network, type TrainingRows } from '../../../core/certificates/linearisation.js';
import { descentFlops, descentState, runDescent, type DescentOptions } from '../../../core/descent/descent.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import type { DescentState, Points, Problem } from '../../../core/kernels/contract.js';
import { drawLabels, type LabelKind } from '../../../core/networks/labels.js';
import { outputWeights } from '../../../core/networks/networks.js';
import { drawGaussianStarts, drawOutputStarts, type OutputStart } from '../../../core/networks/starts.js';
import { stepSizes } from '../../../core/descent/stepsize.js';
import { Purpose } from '../../../core/streams.js';
import { drawTeacher } from '../../../core/networks/teachers.js';
import { keepEnds, keepInputs, keepStarts, keepSteps, keepTeaching } from '../../keeper.js';
import type { PublishedSettings, TrialContext } from '../../spec.js';
import { choice, number } from '../../../settings/declare.js';
import * as common from '../../common/settings.js';

/** Laws of v0 that the paper's figures use. */
const OUTPUT_STARTS = ['rademacher', 'ones'] as const satisfies readonly OutputStart[];

export const PROBLEM_SETTINGS = {
  starts: common.starts({ smoke: 3, quick: 10, paper: 10 }, { description: 'starts on each training set' }),
  startScale: number({ description: 'factor on the entries N(0, 1/d) of W0', min: 1e-6, max: 1e3, default: 1 }),
  outputStart: choice(OUTPUT_STARTS, { description: 'law of v0', default: 'rademacher' }),
  trainOutput: choice(['yes', 'no'], { description: 'whether v takes steps too', default: 'yes' }),
  stepFactor: number({
    description: 'c of the first step size c/λ_max(J Jᵀ/n); a step that raises the loss halves it',
    min: 1e-3,
    max: 2,
    default: 1,
  }),
};

/** The sizes and starts that Section 3 prints for all of its figures. */
export const SECTION_3 = {
  n: 100,
  startScale: 1,
  outputStart: 'rademacher',
  trainOutput: 'yes',
} as const satisfies PublishedSettings;

export const PROBLEM_CHOICES = [
  'Step size (not given): 1/λ_max(J Jᵀ/n) at the start, J the Jacobian of the residuals in (v, W); a step that raises the loss is taken back and halved.',
  'Both v and W descend, as eq. (2.6) and the pair (v0, W0) say.',
  'Inputs and teacher are drawn anew for each of the 10 experiments per point (the paper says it of W* only).',
];

/** The activations of the figures. */
export type LandscapeActivation = 'softplus:10' | 'softplus:4' | 'softplus' | 'quadratic';

/** The settings of a cell of a figure. */
export interface SizeCell {
  readonly K: number;
  readonly d: number;
  readonly n: number;
}

/** The settings that determine the cost of the descents. */
export interface ProblemCost extends SizeCell {
  readonly starts: number;
  readonly iterations: number;
}

/** The settings of a trial of the problem. */
export interface ProblemSettings extends ProblemCost {
  readonly activation: string;
  /** number of rows of W*; absent or `same`: the number of rows of the student */
  readonly plantedWidth?: number | 'same';
  readonly startScale: number;
  readonly outputStart: OutputStart;
  readonly trainOutput: 'yes' | 'no';
  readonly stepFactor: number;
}

/** One training set in both layouts, and its starts. */
export interface Drawn {
  readonly problem: Problem;
  readonly rows: TrainingRows;
  readonly starts: Points;
}

/**
 * X ~ N(0, I). The labels are random, or those of a planted network with v* = 1 and W* with K* rows and N(0, 1/d)
 * entries. The starts have W0 with N(0, startScale²/d) entries.
 */
export function drawProblem(
  { settings, stream, kernels, keep }: TrialContext<ProblemSettings>,
  kind: LabelKind,
): Drawn {
  const { K: neurons, d: dimension, n: samples, starts } = settings;
  const activation = parseActivation(settings.activation);
  const drawnInputs = drawInputs(kernels, 'gaussian', samples, dimension, stream(Purpose.data));
  const inRows = drawnInputs.values.slice(0, samples * dimension);
  keepInputs(keep, drawnInputs);
  const inputs = kernels.prepare(drawnInputs);
  const width = plantedWidthOf(settings);
  const teacher: Points = {
    starts: 1,
    outputWeights: outputWeights('sum', 1, width),
    weights: drawTeacher(kernels, 'gaussian', width, dimension, 1 / Math.sqrt(dimension), stream(Purpose.teacher)),
  };
  const planted = kernels.outputs(inputs, { strides: 1, rows: width }, activation, teacher);
  const labels = drawLabels(kernels, kind, planted, stream(Purpose.labels));
  const size = starts * neurons * dimension;
  const drawn: Drawn = {
    problem: { inputs, labels, shape: { strides: 1, rows: neurons }, activation, loss: 'squared' },
    rows: trainingRows(kernels, inRows, labels),
    starts: {
      starts,
      weights: drawGaussianStarts(kernels, size, settings.startScale / Math.sqrt(dimension), stream(Purpose.start)),
      outputWeights: drawOutputStarts(kernels, settings.outputStart, starts * neurons, stream(Purpose.startOutput)),
    },
  };
  const teaching = { problem: drawn.problem, teacher: teacher.weights, teacherOutput: teacher.outputWeights };
  keepTeaching(keep, teaching, { architecture: 'fcn', output: 'sum', labels: kind });
  keepStarts(keep, neurons, drawn.starts);
  return drawn;
}

/** K*, the number of rows of W*. */
function plantedWidthOf({ K, plantedWidth = 'same' }: Pick<ProblemSettings, 'K' | 'plantedWidth'>): number {
  return plantedWidth === 'same' ? K : plantedWidth;
}

/**
 * Backtracking descent from all starts. A start stops when its loss is at most `lossTolerance` times its first loss.
 */
export function descendProblem(
  context: TrialContext<ProblemSettings>,
  { problem, starts }: Drawn,
  lossTolerance: number,
  watch: Pick<DescentOptions, 'schedule' | 'look'> = {},
): DescentState {
  const { settings, kernels, cancel, keep } = context;
  const trained = settings.trainOutput === 'yes';
  const steps = stepSizes(kernels, problem, starts, { kind: 'gauss-newton', factor: settings.stepFactor }, trained);
  keepSteps(keep, steps);
  const state = descentState(starts, steps, trained, { backtracking: true, lossTolerance });
  runDescent(kernels, problem, state, { iterations: settings.iterations, tolerance: 0, cancel, ...watch });
  keepEnds(keep, problem.shape.rows, state);
  return state;
}

/** The network at the current position of start l. */
export function networkAt({ problem }: Drawn, state: DescentState, l: number): Network {
  const part = (values: Float64Array): Float64Array =>
    values.slice((l * values.length) / state.starts, ((l + 1) * values.length) / state.starts);
  return {
    activation: problem.activation,
    neurons: problem.shape.rows,
    trainOutput: state.trainOutput,
    weights: part(state.weights),
    outputWeights: part(state.outputWeights),
  };
}

/** Flops of the descents of a trial, including 40 for each activation. */
export function descentCost({ K, d, n, starts, iterations }: ProblemCost): number {
  return descentFlops(n, d, K, starts, iterations) + 40 * n * K * starts * iterations;
}

/**
 * The version is 2 for experiments with the softplus. Its logarithm is computed from a table, which changed the last
 * bits.
 */
export function landscapeVersion(activation: string): number {
  return activation.startsWith('softplus') ? 2 : 1;
}
