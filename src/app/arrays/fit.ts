/** Gradient descent on a given training set, from one or many starts at once. */
import { flag, numberWhere, oneOf, wholeNumber } from '../../base/allowed.js';
import { refuse } from '../../base/errors.js';
import { flatStarts } from '../../core/curvature/flatness.js';
import { descent, descentState, statusNames, type DescentOptions, type RunName } from '../../core/descent/descent.js';
import { PRECISIONS, withPrecision, type Precision } from '../../core/descent/precisions.js';
import { stepSizes, type StepSize } from '../../core/descent/stepsize.js';
import type { DescentState, NativeKernels } from '../../core/kernels/contract.js';
import type { Batches } from '../../core/kernels/state.js';
import { sampledBatches, type Sampling } from '../../core/descent/batches.js';
import { empiricalRisk } from '../../core/risk/risk.js';
import type { NumericArray } from '../../io/npy.js';
import { Trace } from '../trace.js';
import { checkedMethod, type CheckedMethod, type MethodOptions } from './method.js';
import { findMinima, minimaProblem, type FoundMinima, type MinimaProblem } from './minima.js';
import { clippedOutputs, trainingNames, trainingPoints, type TrainingNames, type TrainingProblem } from './training.js';

export const MOST_ITERATIONS = 1e9;
export const STEP_SIZES = 'auto or a number above 0 and at most 1e9';

export function isStepSize(value: number): boolean {
  return value > 0 && value <= 1e9;
}

/** A training problem with its starting points. */
export interface FitProblem extends TrainingProblem {
  /** W₀: (L, K, d), or (K, d) for one start; for a cnn (L, 1, m) or (1, m), where m divides d */
  readonly start: NumericArray;
}

export interface FitOptions extends MethodOptions {
  /** η, above 0 and at most 1e9; `auto`: 1/λ_max of the Hessian at each start, not with method `adam` */
  readonly stepSize: number | 'auto';
  /** T, 1 … 1e9: the number of updates, unless a start stops earlier */
  readonly iterations: number;
  /** a start has converged, and stops, when its gradient norm is at most this value, ≥ 0; default: no start stops */
  readonly tolerance?: number | undefined;
  /** whether v is trained too; default: it is not */
  readonly trainV?: boolean | undefined;
  /** `mixed`: gradients in float32 until rounding matters, of plain gradient descent only; default: `float64` */
  readonly precision?: Precision | undefined;
  /** whether loss and gradient norm are recorded over the iterations; not with `mixed`; default: they are not */
  readonly trace?: boolean | undefined;
  /** whether the ends are sorted into classes of minima; not with `trainV`; default: they are not */
  readonly classes?: boolean | undefined;
}

/** Callback and signal of a running descent. */
export interface FitWatch {
  /** called with the current iteration after each native call, which takes some ten milliseconds */
  readonly onProgress?: ((iteration: number) => void) | undefined;
  /** stops the descent between two native calls; the promise is then rejected with the signal's reason */
  readonly signal?: AbortSignal | undefined;
}

/** How one start ended. */
export interface FittedStart {
  /** number of updates made */
  readonly iterations: number;
  /** f_n at the final point */
  readonly loss: number;
  /** ‖∇f_n‖ at the final point, with respect to W (and v when trained) */
  readonly gradientNorm: number;
  /** `iterations`: all iterations were made */
  readonly status: RunName;
  readonly stepSize: number;
  /**
   * whether gradient and curvature vanish at a high loss: the neurons are saturated or dead, and the point is no
   * minimum; always false on the population risk, where a saturated neuron still has a gradient
   */
  readonly flat: boolean;
}

export interface Fit {
  /** W: (L, K, d); for a cnn (L, 1, m) */
  readonly weights: NumericArray;
  /** v: (L, K) */
  readonly v: NumericArray;
  /** (L) */
  readonly starts: readonly FittedStart[];
  /**
   * number of outputs at the starts, of L·n, that are not in (0, 1) and are clipped for cross entropy; 0 for other
   * losses
   */
  readonly clipped: number;
  /** present if it was requested */
  readonly trace?: FitTrace;
  /** present if classes were requested */
  readonly minima?: FoundMinima;
}

/** Loss and gradient norm at T ≤ 200 iterations, evenly spaced in their logarithm. */
export interface FitTrace {
  /** (T) */
  readonly iterations: Float64Array;
  /** (L, T) */
  readonly loss: Float64Array;
  /** (L, T) */
  readonly gradientNorm: Float64Array;
}

/** A descent that is ready to begin: its input has been checked. */
export interface PreparedFit {
  /** of W: (L, K, d), or (L, 1, m) for a cnn */
  readonly shape: readonly [number, number, number];
  readonly state: DescentState;
  readonly iterations: number;
  readonly tolerance: number;
  readonly descend: (options: DescentOptions) => Generator<number, void, void>;
  readonly trace: Trace | undefined;
  readonly clipping: ReturnType<typeof clippedOutputs>;
  /** the starts that ended where gradient and curvature vanish at a high loss */
  readonly flat: () => readonly number[];
  /** present if classes were requested */
  readonly minima?: MinimaProblem;
}

/** The options of a descent, checked. */
export interface CheckedOptions extends Pick<PreparedFit, 'iterations' | 'tolerance' | 'trace'> {
  readonly rule: StepSize;
  readonly method: CheckedMethod;
  readonly precision: Precision;
  readonly trainOutput: boolean;
  readonly classes: boolean;
}

/** Throws `InputError` for options outside their ranges. */
export function checkedOptions(options: FitOptions): CheckedOptions {
  const rule = stepRule(options.stepSize);
  const iterations = wholeNumber('iterations', options.iterations, 1, MOST_ITERATIONS);
  const precision = oneOf('precision', options.precision ?? 'float64', PRECISIONS);
  const method = checkedMethod(options, { stepSize: options.stepSize, precision });
  const traced = flag('trace', options.trace);
  if (traced && precision !== 'float64') refuse('trace', 'given with precision float64', precision);
  const tolerance =
    options.tolerance === undefined
      ? -1
      : numberWhere('tolerance', options.tolerance, 'a number ≥ 0', (value) => value >= 0);
  const trainOutput = flag('trainV', options.trainV);
  const classes = flag('classes', options.classes);
  if (classes && trainOutput) refuse('classes', 'given without trainV', 'trainV');
  const trace = traced ? new Trace(iterations) : undefined;
  return { rule, method, iterations, precision, tolerance, trainOutput, classes, trace };
}

/** Throws `InputError` for arrays and options that do not define a descent. */
export function prepareFit(
  kernels: NativeKernels,
  given: FitProblem,
  options: FitOptions,
  names: TrainingNames = trainingNames('start'),
): PreparedFit {
  const { rule, method, precision, trainOutput, classes, ...checked } = checkedOptions(options);
  const { problem, points, shape } = trainingPoints(kernels, given, given.start, names);
  const steps = stepSizes(kernels, problem, points, rule, trainOutput);
  if (method.sampling?.online === true)
    refuse('online', 'given with the population risk, whose samples can be drawn', 'a training set');
  const batches = method.sampling && batchesOf(kernels, method.sampling, problem.inputs.samples);
  const state = descentState(points, steps, trainOutput, { method: method.update, ...(batches && { batches }) });
  const descending = withPrecision(kernels, precision);
  return {
    ...checked,
    shape,
    state,
    descend: (asked) => descent(descending, problem, state, asked),
    clipping: clippedOutputs(kernels, problem, points),
    flat: () => flatStarts(kernels, problem, points, state),
    ...(classes && {
      minima: minimaProblem(
        kernels,
        empiricalRisk(kernels, problem),
        { rows: problem.shape.rows, parity: problem.activation.parity },
        points,
      ),
    }),
  };
}

function batchesOf(kernels: NativeKernels, sampling: Sampling, samples: number): Batches {
  wholeNumber('batch', sampling.size, 1, samples);
  return sampledBatches(kernels, sampling, samples);
}

function stepRule(stepSize: FitOptions['stepSize']): StepSize {
  if (stepSize === 'auto') return { kind: 'auto', factor: 1 };
  return { kind: 'fixed', value: numberWhere('stepSize', stepSize, STEP_SIZES, isStepSize) };
}

/** Runs the descent to its end. */
export async function runFit(prepared: PreparedFit, { onProgress, signal }: FitWatch = {}): Promise<Fit> {
  const { shape, state, iterations, tolerance, trace, minima } = prepared;
  const options = { iterations, tolerance, ...(trace && { schedule: trace.schedule, look: trace.look }) };
  for (const iteration of prepared.descend(options)) {
    onProgress?.(iteration);
    // The loop is synchronous. Without this line, a signal or a closed terminal would go unnoticed between native
    // calls.
    await new Promise(setImmediate);
    signal?.throwIfAborted();
  }
  const { starts } = state;
  return {
    weights: { shape, values: state.weights },
    v: { shape: [starts, state.outputWeights.length / starts], values: state.outputWeights },
    starts: fittedStarts(state, prepared.flat()),
    clipped: prepared.clipping.clipped,
    ...(trace && { trace: traceOf(trace) }),
    ...(minima && { minima: await findMinima(minima, state, shape[2], signal) }),
  };
}

function traceOf({ iterations, loss, gradientNorm }: Trace): FitTrace {
  return { iterations, loss, gradientNorm };
}

function fittedStarts(state: DescentState, flat: readonly number[]): FittedStart[] {
  return statusNames(state).map((status, l) => ({
    iterations: state.iterations[l],
    loss: state.loss[l],
    gradientNorm: state.gradientNorm[l],
    status,
    stepSize: state.stepSizes[l],
    flat: flat.includes(l),
  }));
}
