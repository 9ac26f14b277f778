/**
 * The rules of a descent, for any evaluation of points: how a start moves, when a step is undone, when a start stops.
 */
import {
  DIVERGENCE_FACTOR,
  DIVERGENCE_FLOOR,
  LEAST_PROGRESS,
  NEVER,
  RunStatus,
  type DescentState,
  type Evaluation,
  type Points,
} from '../contract.js';
import { refuse } from '../../../base/errors.js';
import { requireNoMethod } from '../updates.js';
import { direction, stepSizeAt } from './directions.js';

/** Loss and gradient at a batch of points; a point's bits must not depend on the others of the batch. */
export type Evaluate = (points: Points) => Evaluation;

/** `DescentKernels.descend` with a given evaluation. */
export function descendBy(
  evaluate: Evaluate,
  state: DescentState,
  updates: number,
  tolerance: number,
  cancel?: Int32Array,
): number {
  const isCancelled = (): boolean => cancel !== undefined && Atomics.load(cancel, 0) !== 0;
  requireSteps(state);
  const go = state.backtracking === true ? descendBacktracking : descendPlainly;
  go(evaluate, state, updates, tolerance, isCancelled);
  return runningStarts(state).length;
}

type Descend = (
  evaluate: Evaluate,
  state: DescentState,
  updates: number,
  tolerance: number,
  isCancelled: () => boolean,
) => void;

const descendPlainly: Descend = (evaluate, state, updates, tolerance, isCancelled) => {
  for (let t = 0; t < Math.max(updates, 1); t++) {
    const running = runningStarts(state);
    if (running.length === 0 || isCancelled()) return;
    const evaluation = evaluate(gathered(running.map((l) => pointOf(state, l))));
    running.forEach((l, i) => {
      const at = evaluationOf(evaluation, i);
      arrive(state, l, at, tolerance);
      if (updates === 0 || state.status[l] !== RunStatus.running) return;
      moveTo(state, l, stepped(state, l, at));
      state.iterations[l] += 1;
    });
  }
};

/** One step of every running start, whatever the stop rules say. */
export function stepFrom(evaluate: Evaluate, state: DescentState): void {
  const running = runningStarts(state);
  const evaluation = evaluate(gathered(running.map((l) => pointOf(state, l))));
  running.forEach((l, i) => {
    moveTo(state, l, stepped(state, l, evaluationOf(evaluation, i)));
    state.iterations[l] += 1;
  });
}

const descendBacktracking: Descend = (evaluate, state, updates, tolerance, isCancelled) => {
  let running = runningStarts(state);
  if (running.length === 0 || isCancelled()) return;
  const here: Evaluation[] = [];
  const first = evaluate(gathered(running.map((l) => pointOf(state, l))));
  running.forEach((l, i) => {
    here[l] = evaluationOf(first, i);
    arriveOrStall(state, l, here[l], tolerance);
  });
  for (let t = 0; t < updates; t++) {
    running = runningStarts(state);
    if (running.length === 0 || isCancelled()) return;
    const candidates = running.map((l) => stepped(state, l, here[l]));
    const evaluation = evaluate(gathered(candidates));
    running.forEach((l, i) => {
      const there = evaluationOf(evaluation, i);
      state.iterations[l] += 1;
      // A NaN is no improvement either.
      if (there.loss[0] <= state.loss[l]) {
        moveTo(state, l, candidates[i]);
        here[l] = there;
        arriveOrStall(state, l, there, tolerance);
      } else {
        state.stepSizes[l] /= 2;
        stall(state, l);
      }
    });
  }
};

function runningStarts(state: DescentState): number[] {
  return Array.from(state.status.keys()).filter((l) => state.status[l] === RunStatus.running);
}

function part(values: Float64Array, l: number, starts: number): Float64Array {
  const length = values.length / starts;
  return values.subarray(l * length, (l + 1) * length);
}

function pointOf(state: DescentState, l: number): Points {
  return {
    starts: 1,
    weights: part(state.weights, l, state.starts),
    outputWeights: part(state.outputWeights, l, state.starts),
  };
}

function evaluationOf({ loss, gradient, outputGradient }: Evaluation, l: number): Evaluation {
  const starts = loss.length;
  return {
    loss: part(loss, l, starts),
    gradient: part(gradient, l, starts),
    outputGradient: part(outputGradient, l, starts),
  };
}

/** Single points as one batch. */
function gathered(points: readonly Points[]): Points {
  const [{ weights, outputWeights }] = points;
  const all: Points = {
    starts: points.length,
    weights: new Float64Array(points.length * weights.length),
    outputWeights: new Float64Array(points.length * outputWeights.length),
  };
  points.forEach((point, i) => {
    all.weights.set(point.weights, i * weights.length);
    all.outputWeights.set(point.outputWeights, i * outputWeights.length);
  });
  return all;
}

function squaredNorm(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

/** Writes loss and gradient norm of the present point of start l, and applies the stop rules. */
function arrive(state: DescentState, l: number, evaluation: Evaluation, tolerance: number): void {
  const loss = evaluation.loss[0];
  if (Number.isNaN(state.firstLoss[l])) state.firstLoss[l] = loss;
  state.loss[l] = loss;
  state.gradientNorm[l] = Math.sqrt(
    squaredNorm(evaluation.gradient) + (state.trainOutput ? squaredNorm(evaluation.outputGradient) : 0),
  );
  const limit = DIVERGENCE_FACTOR * Math.max(state.firstLoss[l], DIVERGENCE_FLOOR);
  const { lossTolerance = NEVER } = state;
  const isFitted = lossTolerance >= 0 && loss <= lossTolerance * state.firstLoss[l];
  if (!Number.isFinite(loss) || !Number.isFinite(state.gradientNorm[l]) || loss > limit)
    state.status[l] = RunStatus.diverged;
  else if (state.gradientNorm[l] <= tolerance || isFitted) state.status[l] = RunStatus.converged;
}

function arriveOrStall(state: DescentState, l: number, evaluation: Evaluation, tolerance: number): void {
  arrive(state, l, evaluation, tolerance);
  stall(state, l);
}

function stall(state: DescentState, l: number): void {
  const isStalled = state.stepSizes[l] * state.gradientNorm[l] ** 2 <= LEAST_PROGRESS * state.loss[l];
  if (state.status[l] === RunStatus.running && isStalled) state.status[l] = RunStatus.stalled;
}

/** Throws `InputError` for a method or mini-batches with backtracking or signs of v. */
export function requireSteps({ method, batches, backtracking, signOutput }: DescentState): void {
  const [what, isOn] = backtracking === true ? ['backtracking', true] : ['signs of v', signOutput === true];
  if (!isOn) return;
  requireNoMethod(what, method);
  if (batches !== undefined) refuse(what, 'without mini-batches', `batches of ${batches.size}`);
}

/** The directions of W and of v; the moments of the method are advanced. */
function directionsOf(
  { method, starts, weights, outputWeights, trainOutput, iterations }: DescentState,
  l: number,
  { gradient, outputGradient }: Evaluation,
): Pick<Evaluation, 'gradient' | 'outputGradient'> {
  if (method === undefined) return { gradient, outputGradient };
  const variables = (weights.length + (trainOutput ? outputWeights.length : 0)) / starts;
  const along = (values: Float64Array, offset: number): Float64Array =>
    direction(method, values, l * variables + offset, iterations[l]);
  return {
    gradient: along(gradient, 0),
    outputGradient: trainOutput ? along(outputGradient, gradient.length) : outputGradient,
  };
}

/** W − ηg, and v − ηg_v when v is trained, or its sign; with a method, its directions in place of gradients. */
function stepped(state: DescentState, l: number, evaluation: Evaluation): Points {
  const { weights, outputWeights } = pointOf(state, l);
  const eta = stepSizeAt(state.stepSizes[l], state.method, state.iterations[l]);
  const along = directionsOf(state, l, evaluation);
  const sign = (v: number): number => (v < 0 ? -1 : 1);
  const moved = outputWeights.map((v, u) => (state.trainOutput ? v - eta * along.outputGradient[u] : v));
  return {
    starts: 1,
    weights: weights.map((w, j) => w - eta * along.gradient[j]),
    outputWeights: state.trainOutput && state.signOutput === true ? moved.map(sign) : moved,
  };
}

function moveTo(state: DescentState, l: number, { weights, outputWeights }: Points): void {
  part(state.weights, l, state.starts).set(weights);
  part(state.outputWeights, l, state.starts).set(outputWeights);
}
