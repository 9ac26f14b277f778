/** The descents of a trial, for every kind of loss: the end of every start, and the curves of the first start. */
import { descentState, logSchedule } from '../../core/descent/descent.js';
import { methodNamed } from '../../core/descent/method.js';
import { RunStatus, type DescentState, type Points, type Problem } from '../../core/kernels/contract.js';
import { largestCurvature } from '../../core/landscape/curvature.js';
import { methodState, runMethod, type Objective } from '../../core/landscape/method.js';
import type { NetworkWeights } from '../../core/matching/foundRows.js';
import { populationDescent, riskKernels } from '../../core/risk/descent.js';
import { populationStepSizes } from '../../core/risk/stepsize.js';
import { entryOf } from '../../base/vocabulary.js';
import { LANDSCAPE_LOSSES } from '../../core/landscape/losses.js';
import { landscapeOf } from '../papers/gao2018/losses.js';
import { rowsAgain } from '../common/initialization.js';
import { keepEnds, keepSteps } from '../keeper.js';
import { descendPlanted, plantedShape, stepRule } from '../common/planted.js';
import type { TrialContext } from '../spec.js';
import { inputLawOf, isLandscape, type StudySettings } from './declared.js';
import { populationProblem, type StudyProblem } from './problem.js';

/** Curves of the first start at the scheduled iterations. They are constant after the descent has stopped. */
export interface Curves {
  readonly iteration: Float64Array;
  readonly loss: Float64Array;
  readonly error: Float64Array;
}

export interface Runs extends Points {
  /** (L) each */
  readonly diverged: readonly boolean[];
  readonly iterations: Int32Array;
  readonly loss: Float64Array;
  readonly gradientNorm: Float64Array;
  readonly stepSizes: Float64Array;
  /** the loss of the descent, evaluated at W* and v*; 0 of the population risk */
  readonly teacherLoss: number;
  readonly curves: Curves;
}

/** The distance of a network from the teacher. */
export type Distance = (network: NetworkWeights) => number;

/** Runs the descents from all starts with the settings of the trial. */
export function runStarts(
  context: TrialContext<StudySettings>,
  drawn: StudyProblem,
  starts: Points,
  distance: Distance,
): Runs {
  const { training } = drawn;
  if (training === undefined) return populationRuns(context, drawn, starts, distance);
  return isLandscape(context.settings)
    ? landscapeRuns(context, drawn, training, starts, distance)
    : plantedRuns(context, drawn, training, starts, distance);
}

/** The schedule for a log axis, with four points per doubling of the iterations. */
function recorder({ iterations }: Pick<StudySettings, 'iterations'>): {
  schedule: number[];
  record: (at: number, loss: number, error: number) => void;
  curves: Curves;
} {
  const schedule = logSchedule(iterations);
  const empty = (): Float64Array => new Float64Array(schedule.length).fill(Number.NaN);
  const curves = { iteration: Float64Array.from(schedule), loss: empty(), error: empty() };
  const record = (iteration: number, loss: number, error: number): void => {
    const at = schedule.indexOf(iteration);
    curves.loss[at] = loss;
    curves.error[at] = error;
  };
  return { schedule, record, curves };
}

/** Records the first start of a descent. */
function lookOf(record: (at: number, loss: number, error: number) => void, distance: Distance) {
  return (iteration: number, { starts, weights, outputWeights, loss, status }: DescentState): void => {
    const error = distance({
      weights: weights.subarray(0, weights.length / starts),
      v: outputWeights.subarray(0, outputWeights.length / starts),
    });
    record(iteration, loss[0], status[0] === RunStatus.diverged ? Infinity : error);
  };
}

function divergedOf({ status }: DescentState): boolean[] {
  return Array.from(status, (one) => one === RunStatus.diverged);
}

function plantedRuns(
  context: TrialContext<StudySettings>,
  { teacher, teacherOutput }: StudyProblem,
  problem: Problem,
  starts: Points,
  distance: Distance,
): Runs {
  const { schedule, record, curves } = recorder(context.settings);
  const state = descendPlanted(context, { problem, starts }, { schedule, look: lookOf(record, distance) });
  const atTeacher = context.kernels.evaluate(
    { ...problem, shape: plantedShape(context.settings) },
    { starts: 1, weights: teacher, outputWeights: teacherOutput },
  );
  return { ...state, diverged: divergedOf(state), teacherLoss: atTeacher.loss[0], curves };
}

/** Descents on the population risk. */
function populationRuns(
  context: TrialContext<StudySettings>,
  drawn: StudyProblem,
  starts: Points,
  distance: Distance,
): Runs {
  const { settings, kernels, cancel, keep } = context;
  const { iterations, tolerance } = settings;
  const { schedule, record, curves } = recorder(settings);
  const problem = populationProblem(drawn);
  const isTrained = settings.trainOutput === 'yes';
  const steps = populationStepSizes(kernels, problem, starts, stepRule(settings), isTrained);
  keepSteps(keep, steps);
  const state = descentState(starts, steps, isTrained, { method: methodNamed(settings) });
  const look = lookOf(record, distance);
  const descent = populationDescent(riskKernels(kernels, drawn.activation), problem, state, {
    iterations,
    tolerance,
    cancel,
    schedule,
    look,
  });
  while (!descent.next().done);
  keepEnds(keep, drawn.shape.rows, state);
  return { ...state, diverged: divergedOf(state), teacherLoss: 0, curves };
}

/** The terms of L or G need the inputs in row-major order, so the inputs are drawn again. */
function landscapeObjective(
  context: TrialContext<StudySettings>,
  { inputs, labels }: Problem,
): Extract<Objective, { kind: 'landscape' }> {
  const rows = rowsAgain(context, inputs);
  const { loss } = context.settings;
  const { terms } = entryOf('loss', LANDSCAPE_LOSSES, loss);
  return landscapeOf(context, { labels }, terms(inputLawOf(context.settings), rows, inputs.samples, inputs.dimension));
}

function landscapeRuns(
  context: TrialContext<StudySettings>,
  drawn: StudyProblem,
  training: Problem,
  starts: Points,
  distance: Distance,
): Runs {
  const { settings, kernels, cancel, keep } = context;
  const { teacher, teacherOutput } = drawn;
  const objective = landscapeObjective(context, training);
  const { iterations, tolerance, stepFactor } = settings;
  const unitRows = settings.rows !== 'free';
  const { schedule, record, curves } = recorder(context.settings);
  const states = Array.from({ length: starts.starts }, (_, l) => {
    const start = starts.weights.subarray(l * teacher.length, (l + 1) * teacher.length);
    // After its first step the descent has unit rows. The curvature at unit rows therefore bounds the step size.
    const auto = (): number =>
      stepFactor / largestCurvature(kernels, objective.problem, unitRows ? unitRowsOf(start, drawn.shape.rows) : start);
    const stepSize = settings.stepSize === 'auto' ? auto() : settings.stepSize;
    const state = methodState({ ...methodNamed(settings), stepSize, unitRows }, start);
    const look = (iteration: number): void =>
      record(
        iteration,
        state.loss[0],
        state.status[0] === RunStatus.diverged ? Infinity : distance({ weights: state.weights, v: teacherOutput }),
      );
    runMethod(kernels, objective, state, { iterations, tolerance, cancel, ...(l === 0 ? { schedule, look } : {}) });
    return state;
  });
  const joined = (part: (state: (typeof states)[number]) => Float64Array): Float64Array =>
    Float64Array.from(states.flatMap((state) => Array.from(part(state))));
  const stepSizes = Float64Array.from(states, ({ stepSize }) => stepSize);
  const ends = { ...starts, weights: joined(({ weights }) => weights) };
  keepSteps(keep, stepSizes);
  keepEnds(keep, drawn.shape.rows, ends);
  return {
    ...ends,
    diverged: states.map(({ status }) => status[0] === RunStatus.diverged),
    iterations: Int32Array.from(states, (state) => state.iterations[0]),
    loss: joined(({ loss }) => loss),
    gradientNorm: joined(({ gradientNorm }) => gradientNorm),
    stepSizes,
    teacherLoss: kernels.evaluateLandscape(objective.problem, teacher).loss,
    curves,
  };
}

/** The rows of W (K, m), each divided by its norm. */
function unitRowsOf(weights: Float64Array, rows: number): Float64Array {
  const length = weights.length / rows;
  return weights.map((w, at) => {
    const row = weights.subarray(Math.floor(at / length) * length, (Math.floor(at / length) + 1) * length);
    return w / Math.hypot(...row);
  });
}
