/**
 * One trial of soltanolkotabi2017-thm25: plain descent from a start near the planted network, and the linear rate at
 * its end.
 */
import {
  jacobianGram,
  linearise,
  trainingRows,
  type Network,
  type TrainingRows,
} from '../../../core/certificates/linearisation.js';
import { descentFlops, descentState, runDescent } from '../../../core/descent/descent.js';
import type { Points, Problem } from '../../../core/kernels/contract.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { drawSigns, drawTeacher, frobeniusNorm } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import { leastSquaresSlope } from '../../../statistics/regression.js';
import { keepEnds, keepInputs, keepStarts, keepSteps, keepTeaching } from '../../keeper.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

/** The settings of a trial. k = d. */
export interface Thm25Settings {
  readonly activation: string;
  readonly d: number;
  readonly n: number;
  /** ‖W_0 − W*‖_F */
  readonly distance: number;
  readonly output: 'ones' | 'signs';
  readonly iterations: number;
}

/**
 * The tail of the loss, relative to mean y²/2. In the tail the other modes have decayed, and the loss is above
 * rounding.
 */
const TAIL = { from: 1e-20, to: 1e-25 } as const;
/** A descent has reached zero loss when its loss is at most this share of L(W_0). */
const ZERO = 1e-12;
/** Number of iterations at which the loss is recorded. */
const LOOKS = 400;
const FEWEST = 5;

interface Setting {
  readonly problem: Problem;
  readonly rows: TrainingRows;
  readonly start: Points;
  /** mean y²/2 */
  readonly scale: number;
}

export function runTrial(context: TrialContext<Thm25Settings>): TrialOutcome {
  const { settings, kernels, cancel, keep } = context;
  const { d, n, iterations } = settings;
  const setting = drawSetting(context);
  const first = tangentExtremes(context, setting, setting.start);
  const step = 1 / first.largest;
  keepSteps(keep, Float64Array.of(step));
  const state = descentState(setting.start, Float64Array.of(step), true);
  // The number of iterations that the smallest eigenvalue needs to reach the end of the tail, times 1.5.
  const needed = Math.ceil((1.5 * Math.log(1 / TAIL.to)) / (-2 * Math.log1p(-step * first.smallest)));
  const last = Math.min(iterations, needed);
  const curve: { readonly at: number; readonly loss: number }[] = [];
  runDescent(kernels, setting.problem, state, {
    iterations: last,
    tolerance: -1,
    cancel,
    schedule: [...new Set(Array.from({ length: LOOKS + 1 }, (_, i) => Math.round((i * last) / LOOKS)))],
    look: (at, { loss }) => curve.push({ at, loss: loss[0] }),
  });
  keepEnds(keep, d, state);
  const end = tangentExtremes(context, setting, state);
  const slope = tailSlope(curve, setting.scale);
  const predicted = 2 * Math.log1p(-step * end.smallest);
  const slowest = Math.min(
    ...curve
      .filter(({ at, loss }) => at > 0 && loss >= TAIL.to * setting.scale)
      .map(({ at, loss }) => (-Math.log(loss / curve[0].loss) * n) / (at * step * d)),
  );
  return {
    status: state.loss[0] < Infinity ? 'ok' : 'diverged',
    measures: {
      reached: state.loss[0] <= ZERO * curve[0].loss ? 1 : 0,
      slopeRatio: slope / predicted,
      constant: slowest,
      smallest: end.smallest * n,
      largest: first.largest,
    },
  };
}

/** W* is orthogonal, and v* has entries 1 or ±1. W_0 = W* + δ with given ‖δ‖_F. Each |v_0 − v*| is at most ‖δ‖_F/√k. */
export function drawSetting({ settings, stream, kernels, keep }: TrialContext<Thm25Settings>): Setting {
  const { d, n, distance, output } = settings;
  const activation = parseActivation(settings.activation);
  const drawn = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data));
  keepInputs(keep, drawn);
  const inRows = drawn.values.slice(0, n * d);
  const inputs = kernels.prepare(drawn);
  const shape = { strides: 1, rows: d };
  const teacher = {
    starts: 1,
    weights: drawTeacher(kernels, 'orthonormal', d, d, 1, stream(Purpose.teacher)),
    outputWeights:
      output === 'signs' ? drawSigns(kernels, d, stream(Purpose.teacherOutput)) : new Float64Array(d).fill(1),
  };
  const labels = kernels.outputs(inputs, shape, activation, teacher);
  const [towards, shift] = [new Float64Array(d * d), new Float64Array(d)];
  kernels.normals(stream(Purpose.start), 0, towards);
  kernels.uniforms(stream(Purpose.startOutput), 0, shift);
  const scale = distance / frobeniusNorm(towards);
  const problem: Problem = { inputs, labels, shape, activation, loss: 'squared' };
  const start: Points = {
    starts: 1,
    weights: teacher.weights.map((w, j) => w + scale * towards[j]),
    outputWeights: teacher.outputWeights.map((v, u) => v + ((2 * shift[u] - 1) * distance) / Math.sqrt(d)),
  };
  const planted = { problem, teacher: teacher.weights, teacherOutput: teacher.outputWeights };
  const kind = output === 'signs' ? 'signs' : 'sum';
  keepTeaching(keep, planted, { architecture: 'fcn', output: kind, labels: 'regression' });
  keepStarts(keep, d, start);
  return {
    problem,
    rows: trainingRows(kernels, inRows, labels),
    start,
    scale: labels.reduce((sum, y) => sum + y * y, 0) / (2 * n),
  };
}

/** λ_min and λ_max of J Jᵀ/n in (W, v). They determine how the residuals decay: r ← (I − αJJᵀ/n) r. */
function tangentExtremes(
  { kernels }: Pick<TrialContext, 'kernels'>,
  { problem, rows }: Setting,
  { weights, outputWeights }: Pick<Points, 'weights' | 'outputWeights'>,
): { readonly smallest: number; readonly largest: number } {
  const { activation, shape } = problem;
  const network: Network = { activation, neurons: shape.rows, weights, outputWeights, trainOutput: true };
  const gram = jacobianGram(kernels, rows, network, linearise(kernels, rows, network));
  const { values } = kernels.symmetricEigen(gram, rows.samples);
  return { smallest: values[0] / rows.samples, largest: values[values.length - 1] / rows.samples };
}

/** Slope of log L over the iterations at which L is in the tail. NaN if there are too few of them. */
function tailSlope(curve: readonly { readonly at: number; readonly loss: number }[], scale: number): number {
  const tail = curve.filter(({ loss }) => loss <= TAIL.from * scale && loss >= TAIL.to * scale);
  if (tail.length < FEWEST) return Number.NaN;
  return leastSquaresSlope(
    tail.map(({ at }) => at),
    tail.map(({ loss }) => Math.log(loss)),
  );
}

/** Flops of the descent, 40 per activation, and two spectra. */
export function trialCost({ d, n, iterations }: Thm25Settings): number {
  return descentFlops(n, d, d, 1, iterations) + 40 * n * d * iterations + 2 * (4 * n * n * d + 10 * n ** 3);
}
