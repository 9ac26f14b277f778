/** One long run of online SGD with noisy labels, from a student that has the teacher's rows and further ones. */
import { Purpose } from '../../../core/streams.js';
import { finalErrorPerNoise } from '../../../theory/onlineSgd/stationary.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { committee, descendOnline, onlineCost, unitRows } from './committee.js';
import { WINDOWS, type FinalSettings } from './finalSettings.js';

type Context = TrialContext<FinalSettings>;
type Window = (typeof WINDOWS)[keyof typeof WINDOWS];

/** The rows of the teacher, then rows of 0, plus entries N(0, distance²/d). */
function startOf({ settings, kernels, stream }: Context): Float64Array {
  const { K, teacherRows, d, distance } = settings;
  const weights = new Float64Array(K * d);
  kernels.normals(stream(Purpose.start), 0, weights);
  const fixed = unitRows(teacherRows, d);
  return weights.map((x, at) => (x * distance) / Math.sqrt(d) + (fixed[at] ?? 0));
}

/** The times α = from, from + 1, …, to. */
function timesOf([from, to]: Window): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** A step size so small that the final error is proportional to it. */
const SMALL_STEP = 1e-4;

export function finalTrial(context: Context): TrialOutcome {
  const { settings } = context;
  const { K, teacherRows, noise } = settings;
  const sgd = committee(settings);
  const sums = { early: 0, late: 0 };
  let spareNorm = Number.NaN;
  const status = descendOnline(
    context,
    sgd,
    startOf(context),
    Object.values(WINDOWS).flatMap(timesOf),
    (alpha, error, weights) => {
      sums[alpha <= WINDOWS.early[1] ? 'early' : 'late'] += error;
      spareNorm = meanSquaredNorm(weights, K, teacherRows);
    },
  );
  if (status !== 'ok') sums.early = sums.late = spareNorm = Number.NaN;
  const perNoise = (name: keyof typeof WINDOWS): number => sums[name] / timesOf(WINDOWS[name]).length / noise ** 2;
  const slope = finalErrorPerNoise({ ...sgd, stepSize: SMALL_STEP }) / SMALL_STEP;
  return {
    status,
    measures: {
      early: perNoise('early'),
      late: perNoise('late'),
      lateOverEarly: sums.late / sums.early,
      spareNorm,
      limit: finalErrorPerNoise(sgd),
      smallStep: 2 * Math.PI * slope,
    },
  };
}

/** Mean ‖w‖² of the rows from M on; NaN without any. */
function meanSquaredNorm(weights: Float64Array, K: number, M: number): number {
  const squares = weights.subarray((M * weights.length) / K).reduce((sum, w) => sum + w * w, 0);
  return squares / (K - M);
}

/** Operations of the linearised equations. */
const LIMIT_FLOPS = 1e8;

export function finalCost(settings: FinalSettings): number {
  return LIMIT_FLOPS + onlineCost(settings, settings.d, WINDOWS.late[1]);
}
