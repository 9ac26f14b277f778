/** The problem of soltanolkotabi2017, Section 3: small training sets, sum output, starts anywhere, W and v descend together. */
import { parseActivation } from '../../core/activations.js';
import { trainingRows, type Network, type TrainingRows } from '../../core/certificates/linearisation.js';
import { descentFlops, descentState, runDescent, type DescentOptions } from '../../core/descent.js';
import { drawInputs } from '../../core/inputs.js';
import type { DescentState, Points, Problem } from '../../core/kernels/contract.js';
import { drawLabels, type LabelKind } from '../../core/labels.js';
import { outputWeights } from '../../core/networks.js';
import { drawGaussianStarts, drawOutputStarts, type OutputStart } from '../../core/starts.js';
import { stepSizes } from '../../core/stepsize.js';
import { Purpose } from '../../core/streams.js';
import { drawTeacher } from '../../core/teachers.js';
import { everywhere, numberOf, textOf } from '../untyped.js';
import type { PublishedSettings, TrialContext } from '../spec.js';
import type { Setting, Settings } from '../../settings/types.js';

/** Laws of v0 that the paper's figures use. */
const OUTPUT_STARTS = ['rademacher', 'ones'] as const satisfies readonly OutputStart[];

export const PROBLEM_PARAMETERS = {
  starts: { description: 'starts on each training set', kind: 'integer', min: 1, max: 1000, default: { smoke: 3, quick: 10, paper: 10 } },
  startScale: { description: 'factor on the entries N(0, 1/d) of W0', kind: 'number', min: 1e-6, max: 1e3, default: everywhere(1) },
  outputStart: { description: 'law of v0', kind: 'choice', words: OUTPUT_STARTS, default: everywhere('rademacher') },
  trainOutput: { description: 'whether v takes steps too', kind: 'choice', words: ['yes', 'no'], default: everywhere('yes') },
  stepFactor: { description: 'c of the first step size c/λ_max(J Jᵀ/n); a step that raises the loss halves it', kind: 'number', min: 1e-3, max: 2, default: everywhere(1) },
} as const satisfies Record<string, Setting>;

/** What Section 3 prints of sizes and starts in all of its figures. */
export const SECTION_3 = { n: 100, startScale: 1, outputStart: 'rademacher', trainOutput: 'yes' } as const satisfies PublishedSettings;

export const PROBLEM_CHOICES = [
  'Step size (not given): 1/λ_max(J Jᵀ/n) at the start, J the Jacobian of the residuals in (v, W); a step that raises the loss is taken back and halved.',
  'Both v and W descend, as eq. (2.6) and the pair (v0, W0) say.',
  'Inputs and teacher are drawn anew for each of the 10 experiments per point (the paper says it of W* only).',
];

/** One training set in both layouts, and its starts. */
export interface Drawn {
  readonly problem: Problem;
  readonly rows: TrainingRows;
  readonly starts: Points;
}

/**
 * X ~ N(0, I); labels of a planted network with v* = 1 and W* of N(0, 1/d) entries, K* rows, or random ones; starts with
 * W0 of N(0, startScale²/d) entries.
 */
export function drawProblem({ settings, stream, kernels }: TrialContext, kind: LabelKind): Drawn {
  const [neurons, dimension, samples, starts] = ['K', 'd', 'n', 'starts'].map((name) => numberOf(settings, name));
  const activation = parseActivation(textOf(settings, 'activation'));
  const drawnInputs = drawInputs(kernels, 'gaussian', samples, dimension, stream(Purpose.data));
  const inRows = drawnInputs.values.slice(0, samples * dimension);
  const inputs = kernels.prepare(drawnInputs);
  const width = plantedWidth(settings);
  const teacher: Points = {
    starts: 1, outputWeights: outputWeights('sum', 1, width),
    weights: drawTeacher(kernels, 'gaussian', width, dimension, 1 / Math.sqrt(dimension), stream(Purpose.teacher)),
  };
  const planted = kernels.outputs(inputs, { strides: 1, rows: width }, activation, teacher);
  const labels = drawLabels(kernels, kind, planted, stream(Purpose.labels));
  const size = starts * neurons * dimension;
  return {
    problem: { inputs, labels, shape: { strides: 1, rows: neurons }, activation, loss: 'squared' },
    rows: trainingRows(kernels, inRows, labels),
    starts: {
      starts,
      weights: drawGaussianStarts(kernels, size, numberOf(settings, 'startScale') / Math.sqrt(dimension), stream(Purpose.start)),
      outputWeights: drawOutputStarts(kernels, textOf(settings, 'outputStart') as OutputStart, starts * neurons, stream(Purpose.startOutput)),
    },
  };
}

/** K*, the rows of W*: the student's own number unless `plantedWidth` gives one. */
function plantedWidth(settings: Settings): number {
  const given = settings['plantedWidth'];
  return typeof given === 'number' ? given : numberOf(settings, 'K');
}

export function trainsOutput(settings: Settings): boolean {
  return textOf(settings, 'trainOutput') === 'yes';
}

/** Backtracking descent from all starts; a start stops when its loss is `lossTolerance` times its first. */
export function descendProblem(context: TrialContext, { problem, starts }: Drawn, lossTolerance: number, watch: Pick<DescentOptions, 'schedule' | 'look'> = {}): DescentState {
  const { settings, kernels, cancel } = context;
  const trained = trainsOutput(settings);
  const steps = stepSizes(kernels, problem, starts, { kind: 'gauss-newton', factor: numberOf(settings, 'stepFactor') }, trained);
  const state = descentState(starts, steps, trained, { backtracking: true, lossTolerance });
  runDescent(kernels, problem, state, { iterations: numberOf(settings, 'iterations'), tolerance: 0, cancel, ...watch });
  return state;
}

/** The network where start l stands. */
export function networkAt({ problem }: Drawn, state: DescentState, l: number): Network {
  const part = (values: Float64Array): Float64Array => values.slice((l * values.length) / state.starts, ((l + 1) * values.length) / state.starts);
  return {
    activation: problem.activation, neurons: problem.shape.rows, trainOutput: state.trainOutput,
    weights: part(state.weights), outputWeights: part(state.outputWeights),
  };
}

/** Flops of the descents of a trial, and 40 per activation. */
export function descentCost(settings: Settings): number {
  const [neurons, dimension, samples, starts, iterations] = ['K', 'd', 'n', 'starts', 'iterations'].map((name) => numberOf(settings, name));
  return descentFlops(samples, dimension, neurons, starts, iterations) + 40 * samples * neurons * starts * iterations;
}

/** Version 2 of what runs the softplus: its logarithm is computed by a table, with other last bits. */
export function landscapeVersion(activation: string): number {
  return activation.startsWith('softplus') ? 2 : 1;
}
