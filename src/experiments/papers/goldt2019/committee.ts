/** Online SGD of a soft committee machine, seen through its order parameters. */
import { descentState } from '../../../core/descent/descent.js';
import { NEVER, RunStatus } from '../../../core/kernels/state.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { onlineDescent, onlineFlops } from '../../../core/risk/online.js';
import { Purpose } from '../../../core/streams.js';
import { orderParameters, type OnlineSgd, type OrderParameters } from '../../../theory/onlineSgd/dynamics.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

/** √2 erf(z/√2). */
const ERF = parseActivation('erf');
/** v of every row of student and teacher, with which it is the erf(z/√2) of the paper. */
const OUTPUT = Math.SQRT1_2;

export interface CommitteeSettings {
  /** rows of the student */
  readonly K: number;
  readonly teacherRows: number;
  /** η: the step is η/d */
  readonly stepSize: number;
  /** σ of the labels */
  readonly noise: number;
}

export function committee({ K, teacherRows, stepSize, noise }: CommitteeSettings): OnlineSgd {
  return {
    activation: ERF,
    rows: K,
    teacherRows,
    teacherOutput: new Float64Array(teacherRows).fill(OUTPUT),
    stepSize,
    noise,
    batch: 1,
    trainOutput: false,
  };
}

/** The output weights of a student. */
export function outputOf({ rows }: OnlineSgd): Float64Array {
  return new Float64Array(rows).fill(OUTPUT);
}

/** The first unit vectors (M, d). Gaussian inputs have no preferred axes, so every orthonormal teacher is this one. */
export function unitRows(M: number, d: number): Float64Array {
  return Float64Array.from({ length: M * d }, (_, at) => Number(at % d === Math.floor(at / d)));
}

/**
 * Called at each recorded time α with the generalisation error and the rows of the student (K, d), which must not be
 * kept.
 */
export type LookAt = (alpha: number, error: number, weights: Float64Array) => void;

/** Online SGD of a student from its rows (K, d), recorded at ascending times α that are whole numbers of steps. */
export function descendOnline(
  { kernels, stream, cancel }: Pick<TrialContext, 'kernels' | 'stream' | 'cancel'>,
  sgd: OnlineSgd,
  weights: Float64Array,
  times: readonly number[],
  look: LookAt,
): TrialOutcome['status'] {
  const d = weights.length / sgd.rows;
  const state = descentState(
    { starts: 1, weights, outputWeights: outputOf(sgd) },
    Float64Array.of(sgd.stepSize / d),
    false,
  );
  const schedule = times.map((alpha) => Math.round(alpha * d));
  const descent = onlineDescent(
    kernels,
    {
      activation: ERF,
      dimension: d,
      teacher: { weights: unitRows(sgd.teacherRows, d), outputWeights: sgd.teacherOutput },
      loss: 'squared',
      noise: sgd.noise,
      batch: sgd.batch,
    },
    state,
    { address: stream(Purpose.freshData), sequences: Uint32Array.of(0) },
    {
      iterations: schedule[schedule.length - 1],
      tolerance: NEVER,
      cancel,
      schedule,
      look: (steps, { loss }) => {
        look(steps / d, loss[0], state.weights);
      },
    },
  );
  while (!descent.next().done);
  return state.status[0] === RunStatus.diverged ? 'diverged' : 'ok';
}

/** The order parameters of a student with rows (K, d). */
export function orderParametersOf(sgd: OnlineSgd, weights: Float64Array): OrderParameters {
  const d = weights.length / sgd.rows;
  return orderParameters(weights, outputOf(sgd), unitRows(sgd.teacherRows, d), d);
}

/** A step on short vectors takes so many times as long as its operations in a large product. */
const SHORT = 3;

/** Floating point operations of a run up to a time α. */
export function onlineCost(settings: CommitteeSettings, d: number, alpha: number): number {
  const sgd = committee(settings);
  const problem = {
    activation: ERF,
    dimension: d,
    teacher: { weights: new Float64Array(0), outputWeights: sgd.teacherOutput },
    loss: 'squared',
    noise: settings.noise,
    batch: 1,
  };
  return SHORT * alpha * d * onlineFlops(problem, settings.K);
}
