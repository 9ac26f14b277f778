import { perCall } from '../descent/bounded.js';
import { descentFlops, steps, type StepOptions } from '../descent/descent.js';
import type { Problem } from '../kernels/contract.js';
import type { LandscapeKernels, LandscapeProblem, MethodState } from '../kernels/landscapeContract.js';
import { updateState, type UpdateMethod } from '../kernels/updates.js';
import { unitCount } from '../networks/networks.js';
import { landscapeFlops } from './problem.js';

export interface Method extends UpdateMethod {
  readonly stepSize: number;
  /** whether rows are divided by their norm after each update, as for the figures of gao2018 */
  readonly unitRows: boolean;
}

export interface MethodOptions extends Omit<StepOptions, 'look'> {
  /** a descent stops as converged when its gradient norm is at most this; negative = never */
  readonly tolerance: number;
  readonly look?: (iteration: number, state: MethodState) => void;
}

/** A fresh state of a method at a start (k, d), which is copied. */
export function methodState(method: Method, start: Float64Array): MethodState {
  return {
    ...method,
    ...updateState(method, start.length),
    weights: start.slice(),
    status: new Int32Array(1),
    iterations: new Int32Array(1),
    loss: new Float64Array(1).fill(Number.NaN),
    gradientNorm: new Float64Array(1).fill(Number.NaN),
  };
}

/**
 * The function that a method descends on: a landscape loss, or the ℓ2 risk ½ mean (f − y)² of a network with fixed
 * output weights.
 */
export type Objective =
  | { readonly kind: 'landscape'; readonly problem: LandscapeProblem }
  | { readonly kind: 'risk'; readonly problem: Problem; readonly outputWeights: Float64Array };

/** Floating point operations of one update. */
export function objectiveFlops(objective: Objective, rows: number): number {
  if (objective.kind === 'landscape') return landscapeFlops(objective.problem, rows);
  const { inputs, shape } = objective.problem;
  return (
    descentFlops(inputs.samples, inputs.dimension / shape.strides, unitCount(shape), 1, 1) +
    10 * inputs.samples * unitCount(shape)
  );
}

/** Runs a method to its end; `state` is advanced in place. Throws `Cancelled` when `cancel` becomes not 0. */
export function runMethod(
  kernels: LandscapeKernels,
  objective: Objective,
  state: MethodState,
  options: MethodOptions,
): void {
  const { tolerance, cancel, look, ...rest } = options;
  const advance = (updates: number): number =>
    objective.kind === 'landscape'
      ? kernels.descendLandscape(objective.problem, state, updates, tolerance, cancel)
      : kernels.descendRisk(objective.problem, objective.outputWeights, state, updates, tolerance, cancel);
  const all = steps(
    { advance, perCall: perCall(kernels, objectiveFlops(objective, rowsOf(objective, state))) },
    { ...rest, ...(cancel && { cancel }), ...(look && { look: (iteration: number) => look(iteration, state) }) },
  );
  while (!all.next().done);
}

function rowsOf(objective: Objective, { weights }: MethodState): number {
  return objective.kind === 'landscape'
    ? weights.length / objective.problem.gradients.dimension
    : objective.problem.shape.rows;
}
