import { perCall } from './bounded.js';
import { mixedAdvance } from './mixed.js';
import { throwIfCancelled } from '../../base/errors.js';
import { RunStatus, type DescentKernels, type DescentState, type Points, type Problem } from '../kernels/contract.js';
import { isPlain, updateState, type UpdateMethod } from '../kernels/updates.js';
import { unitCount } from '../networks/networks.js';

export interface DescentOptions {
  /** T: exactly this many updates unless a start stops */
  readonly iterations: number;
  /** ε: a start stops as converged when ‖gradient‖ ≤ ε; negative = never */
  readonly tolerance: number;
  /** polled inside native calls; not 0 throws `Cancelled` */
  readonly cancel?: Int32Array;
  /** iterations at which `look` is called with the state; its loss and gradientNorm are those of the present point */
  readonly schedule?: readonly number[];
  readonly look?: (iteration: number, state: DescentState) => void;
  /** `look` reads the point alone: its loss and gradientNorm are then computed at the last iteration only */
  readonly pointOnly?: boolean;
}

/** Optional rules of a descent beside plain steps: see `DescentState`. */
export interface StepRule extends Pick<DescentState, 'backtracking' | 'lossTolerance' | 'batches'> {
  readonly method?: UpdateMethod;
}

/** A fresh state at L starting points; the points are copied. */
export function descentState(
  points: Points,
  stepSizes: Float64Array,
  trainOutput: boolean,
  { method, ...rule }: StepRule = {},
): DescentState {
  const { starts } = points;
  const variables = points.weights.length + (trainOutput ? points.outputWeights.length : 0);
  const perStart = (): Float64Array => new Float64Array(starts).fill(Number.NaN);
  return {
    starts,
    trainOutput,
    stepSizes,
    ...rule,
    ...(method && !isPlain(method) && { method: updateState(method, variables) }),
    weights: points.weights.slice(),
    outputWeights: points.outputWeights.slice(),
    status: new Int32Array(starts),
    iterations: new Int32Array(starts),
    firstLoss: perStart(),
    loss: perStart(),
    gradientNorm: perStart(),
  };
}

/**
 * What the loop needs from a method: it makes up to the given number of updates in one bounded call; 0 updates evaluate
 * only. Returns the number of starts still running.
 */
export interface Stepper {
  readonly advance: (updates: number) => number;
  /** updates that make one bounded call */
  readonly perCall: number;
}

/** Updates of one call at most: with a schedule the native kernels get a factor for each of them. */
const MOST_UPDATES = 2 ** 16;

export interface StepOptions {
  readonly iterations: number;
  readonly cancel?: Int32Array;
  readonly schedule?: readonly number[];
  readonly look?: (iteration: number) => void;
  readonly pointOnly?: boolean;
}

/**
 * The only descent loop of basin; it is independent of the method. It yields the iteration reached after each bounded
 * native call, so that a caller may show progress or stop. At the end the method's state holds the final point with its
 * loss and gradient norm.
 */
export function* steps({ advance, perCall }: Stepper, options: StepOptions): Generator<number, void, void> {
  let iteration = 0;
  for (const stop of stopPoints(options)) {
    while (iteration < stop) {
      const updates = Math.min(perCall, MOST_UPDATES, stop - iteration);
      const running = advance(updates);
      throwIfCancelled(options.cancel);
      iteration = running === 0 ? stop : iteration + updates;
      yield iteration;
    }
    if (options.pointOnly !== true || stop === options.iterations) advance(0);
    throwIfCancelled(options.cancel);
    if (options.schedule?.includes(stop)) options.look?.(stop);
  }
}

/**
 * Gradient descent W_{t+1} = W_t − η ∇f_n(W_t) from L starts at once (fu2018, Algorithm 1); `runDescent` drains it. In
 * mixed precision where the kernels say so: see `withPrecision`.
 */
export function* descent(
  kernels: DescentKernels,
  problem: Problem,
  state: DescentState,
  options: DescentOptions,
): Generator<number, void, void> {
  const { tolerance, cancel, look, ...rest } = options;
  yield* steps(
    {
      advance: advanceOf(kernels, problem, state, { tolerance, ...(cancel && { cancel }) }),
      perCall: updatesPerCall(kernels, problem, state.starts, state.batches?.size),
    },
    { ...rest, ...(cancel && { cancel }), ...(look && { look: (iteration: number) => look(iteration, state) }) },
  );
}

function advanceOf(
  kernels: DescentKernels,
  problem: Problem,
  state: DescentState,
  { tolerance, cancel }: Pick<DescentOptions, 'tolerance' | 'cancel'>,
): Stepper['advance'] {
  if (kernels.single !== undefined) return mixedAdvance(kernels, kernels.single, problem, state, { tolerance, cancel });
  const descend = (updates: number): number => kernels.descend(problem, state, updates, tolerance, cancel);
  const { batches } = state;
  if (batches === undefined) return descend;
  // Mini-batches have no loss of the whole risk to compare with later.
  descend(0);
  const { size, rows } = batches;
  return (updates) =>
    updates === 0
      ? descend(0)
      : kernels.descendSampled(problem, state, rows(madeUpdates(state), updates), size, cancel);
}

/** The updates that all running starts have made. */
function madeUpdates({ status, iterations }: DescentState): number {
  return Math.max(0, ...iterations.filter((_, l) => status[l] === RunStatus.running));
}

/** Runs a descent to its end. */
export function runDescent(
  kernels: DescentKernels,
  problem: Problem,
  state: DescentState,
  options: DescentOptions,
): void {
  const steps = descent(kernels, problem, state, options);
  while (!steps.next().done);
}

/** The iterations 0, 1, 2, 3, 4, 6, 8, … T, about `perDoubling` of them per factor of two. */
export function logSchedule(iterations: number, perDoubling = 4): number[] {
  const points = new Set([0, iterations]);
  for (let i = 0; ; i++) {
    const point = Math.round(2 ** (i / perDoubling));
    if (point >= iterations) break;
    points.add(point);
  }
  return [...points].sort((a, b) => a - b);
}

export type RunName = 'iterations' | 'converged' | 'diverged' | 'stalled';

const RUN_NAMES: Readonly<Record<number, RunName>> = {
  [RunStatus.running]: 'iterations',
  [RunStatus.converged]: 'converged',
  [RunStatus.diverged]: 'diverged',
  [RunStatus.stalled]: 'stalled',
};

/** The status of each start, as the command line names it. */
export function statusNames(state: DescentState): RunName[] {
  return Array.from(state.status, (status) => RUN_NAMES[status]);
}

function stopPoints(options: StepOptions): number[] {
  return [...new Set([...(options.schedule ?? []), options.iterations])]
    .filter((t) => t <= options.iterations)
    .sort((a, b) => a - b);
}

/** Updates of every start, from `samples` samples each, that make one bounded call. */
export function updatesPerCall(
  kernels: DescentKernels,
  { inputs, shape }: Problem,
  starts: number,
  samples = inputs.samples,
): number {
  return perCall(kernels, descentFlops(samples, inputs.dimension / shape.strides, unitCount(shape), starts, 1));
}

/**
 * Floating point operations of the matrix products of a descent, forward and backward: 4·n·m·K·L·T; the unit of cost
 * models and benchmarks.
 */
export function descentFlops(
  samples: number,
  rowLength: number,
  units: number,
  starts: number,
  iterations: number,
): number {
  return 4 * samples * rowLength * units * starts * iterations;
}
