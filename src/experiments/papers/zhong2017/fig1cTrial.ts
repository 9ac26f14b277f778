/** One trial of zhong2017-fig1c: three initializations on one training set. */
import { descentState, runDescent } from '../../../core/descent/descent.js';
import { RunStatus, type DescentState, type Points } from '../../../core/kernels/contract.js';
import { repeated } from '../../../core/networks/networks.js';
import { Purpose } from '../../../core/streams.js';
import { drawSigns } from '../../../core/networks/teachers.js';
import { stepSizes } from '../../../core/descent/stepsize.js';
import { weightedSlope } from '../../../statistics/regression.js';
import { joined, keepEnds, keepStarts, keepSteps } from '../../keeper.js';
import { stepRule, type DescentSettings, type TrainingSet } from '../../common/planted.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import {
  drawInitialized,
  recoveryError,
  sameSigns,
  zhong2017Context,
  type Initialized,
  type InitializedSettings,
  type Zhong2017Settings,
} from './problem.js';

/** Descents, the interval between recorded objectives, and the objective that counts as converged. */
export type PathSettings = Omit<DescentSettings, 'trainOutput'> & { readonly every: number; readonly reached: number };
type ObjectiveSettings = Zhong2017Settings & PathSettings;

/** (I) W and v from the tensor method; (II) both random, v trained; (III) W random, v = v*. */
export const APPROACHES = ['I', 'II', 'III'] as const;
export type Approach = (typeof APPROACHES)[number];

/** The linear rate is measured while Σr² lies between these values: below the plateau and above rounding. */
const [FIT_BELOW, FIT_ABOVE] = [1e-2, 1e-16];

export function runTrial(trial: TrialContext<ObjectiveSettings>): TrialOutcome {
  const context = zhong2017Context(trial);
  const { drawn, starts } = drawApproaches(context);
  const run = (approach: Approach): Run =>
    follow(context, drawn, starts[approach], approach === 'II' ? 'signs' : 'fixed');
  const runs: Readonly<Record<Approach, Run>> = { I: run('I'), II: run('II'), III: run('III') };
  const states = APPROACHES.map((approach) => runs[approach].state);
  keepSteps(
    context.keep,
    Float64Array.from(states, ({ stepSizes: [step] }) => step),
  );
  keepEnds(context.keep, drawn.problem.shape.rows, joined(states));
  const measures = APPROACHES.flatMap((approach) =>
    Object.entries(measuresOf(context.settings, drawn, runs[approach])).map(
      ([name, value]) => [`${name}${approach}`, value] as const,
    ),
  );
  const iteration = scheduleOf(context.settings);
  return {
    status: APPROACHES.some((approach) => runs[approach].state.status[0] === RunStatus.diverged) ? 'diverged' : 'ok',
    measures: {
      ...Object.fromEntries(measures),
      ...byLuck(runs.II, measuresOf(context.settings, drawn, runs.II)['converged'], drawn),
      iterationsSaved: saved(runs.III.objective, runs.I.objective, iteration, context.settings.reached),
    },
    curves: {
      iteration: Float64Array.from(iteration),
      ...Object.fromEntries(APPROACHES.map((approach) => [`objective${approach}`, runs[approach].objective])),
    },
  };
}

/** What a step does with v: nothing, a gradient step, or a gradient step and then the sign of each entry. */
type OutputRule = 'fixed' | 'free' | 'signs';

export interface Run {
  readonly start: Points;
  readonly state: DescentState;
  /** Σ_i (f(x_i) − y_i)² at the iterations of the schedule */
  readonly objective: Float64Array;
}

/**
 * A random v_0 equals v* up to order with probability Σ_j C(k, j)²/4^k, which is 0.25 for k = 5. The measures are
 * whether this happened, and, if it did not, whether (II) converged.
 */
function byLuck({ start }: Run, converged: number, { teacherOutput }: Initialized): Record<string, number> {
  const lucky = sameSigns(start.outputWeights, teacherOutput);
  return { luckyII: lucky ? 1 : 0, convergedUnlucky: lucky ? Number.NaN : converged };
}

/** The iterations whose objective is recorded. */
export function scheduleOf({ every, iterations: last }: Pick<PathSettings, 'every' | 'iterations'>): number[] {
  return Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every);
}

/** A training set with the start of each approach. */
interface Approaches {
  readonly drawn: Initialized;
  readonly starts: Readonly<Record<Approach, Points>>;
}

/** The planted problem of a trial. Its three starts are the starts of the three approaches. */
export function drawApproaches(context: TrialContext<InitializedSettings>): Approaches {
  const drawn = drawInitialized(context);
  const of = (approach: Approach): Points => startOf(context, drawn, approach);
  const starts = { I: of('I'), II: of('II'), III: of('III') };
  keepStarts(context.keep, drawn.problem.shape.rows, joined(APPROACHES.map((approach) => starts[approach])));
  return { drawn, starts };
}

/** The descent from one start, and its objective at the scheduled iterations. */
export function follow(
  { settings, kernels, cancel }: TrialContext<PathSettings>,
  { problem }: TrainingSet,
  point: Points,
  rule: OutputRule,
): Run {
  const state: DescentState = {
    ...descentState(point, stepSizes(kernels, problem, point, stepRule(settings), false), rule !== 'fixed'),
    signOutput: rule === 'signs',
  };
  const schedule = scheduleOf(settings);
  const objective: number[] = [];
  runDescent(kernels, problem, state, {
    iterations: settings.iterations,
    tolerance: settings.tolerance,
    cancel,
    schedule,
    look: () => objective.push(2 * problem.inputs.samples * state.loss[0]),
  });
  return { start: point, state, objective: Float64Array.from(objective) };
}

/** A random W_0 has N(0, 1) entries, drawn separately for II and III. A random v_0 has entries ±1. */
function startOf(
  { kernels, stream }: Pick<TrialContext, 'kernels' | 'stream'>,
  { initial, teacher, teacherOutput }: Initialized,
  approach: Approach,
): Points {
  if (approach === 'I') return { starts: 1, weights: initial.weights, outputWeights: initial.outputWeights };
  const both = new Float64Array(2 * teacher.length);
  kernels.normals(stream(Purpose.start), 0, both);
  const weights = approach === 'II' ? both.slice(0, teacher.length) : both.slice(teacher.length);
  const outputWeights =
    approach === 'II'
      ? drawSigns(kernels, teacherOutput.length, stream(Purpose.startOutput))
      : repeated(teacherOutput, 1);
  return { starts: 1, weights, outputWeights };
}

function measuresOf(
  settings: ObjectiveSettings,
  drawn: Initialized,
  { state, objective }: Run,
): Record<string, number> {
  const last = objective[objective.length - 1];
  const iteration = scheduleOf(settings);
  return {
    objective: last,
    converged: last <= settings.reached ? 1 : 0,
    parameterError: recoveryError(state.weights, state.outputWeights, drawn),
    iterations: firstBelow(objective, iteration, settings.reached),
    ...linearRate(objective, iteration),
  };
}

function firstBelow(objective: Float64Array, iteration: readonly number[], level: number): number {
  const at = objective.findIndex((value) => value <= level);
  return at < 0 ? Infinity : iteration[at];
}

function saved(slow: Float64Array, fast: Float64Array, iteration: readonly number[], level: number): number {
  const [late, early] = [firstBelow(slow, iteration, level), firstBelow(fast, iteration, level)];
  return late === Infinity && early === Infinity ? Number.NaN : late - early;
}

/**
 * Decades per iteration, and the root mean square distance of log₁₀ Σr² from the fitted line, in decades. Both are NaN
 * for fewer than four points.
 */
function linearRate(objective: Float64Array, iteration: readonly number[]): Record<string, number> {
  const inside = iteration
    .map((t, i) => ({ t, log: Math.log10(objective[i]) }))
    .filter((_, i) => objective[i] <= FIT_BELOW && objective[i] >= FIT_ABOVE);
  if (inside.length < 4) return { decadesPerIteration: Number.NaN, lineDeviation: Number.NaN };
  const { slope, chiSquare } = weightedSlope(
    inside.map(({ t }) => t),
    inside.map(({ log }) => log),
  );
  return { decadesPerIteration: slope.value, lineDeviation: Math.sqrt(chiSquare / inside.length) };
}
