/** One run of online SGD, and the order parameters' equations from its start. */
import { Purpose } from '../../../core/streams.js';
import { orderCourse } from '../../../theory/onlineSgd/course.js';
import { generalisationError, type OrderParameters } from '../../../theory/onlineSgd/dynamics.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import { committee, descendOnline, onlineCost, orderParametersOf } from './committee.js';
import { RECORDED, TIMES, type DynamicsSettings } from './dynamicsSettings.js';

type Context = TrialContext<DynamicsSettings>;

/** Far below the noise of a run. */
const TOLERANCE = 1e-7;

/** The first rows of the student (K, d). */
function startOf({ settings, kernels, stream }: Context): Float64Array {
  const { K, teacherRows, d, start, overlap } = settings;
  const weights = new Float64Array(K * d);
  if (start === 'random') {
    kernels.normals(stream(Purpose.start), 0, weights);
    return weights.map((x) => x / Math.sqrt(d));
  }
  for (let i = 0; i < K; i++) {
    const own = overlap / (1 + Math.floor(i / teacherRows));
    weights[i * d + (i % teacherRows)] = own;
    weights[i * d + teacherRows + i] = Math.sqrt(1 - own * own);
  }
  return weights;
}

export function dynamicsTrial(context: Context): TrialOutcome {
  const sgd = committee(context.settings);
  const weights = startOf(context);
  const limit = orderCourse(sgd, orderParametersOf(sgd, weights), RECORDED, { tolerance: TOLERANCE });
  const limits = Float64Array.from(limit, (point) => generalisationError(sgd, point));
  const errors = new Float64Array(RECORDED.length).fill(Number.NaN);
  let deviation = 0;
  const status = descendOnline(context, sgd, weights, RECORDED, (alpha, error, rows) => {
    const at = RECORDED.indexOf(alpha);
    errors[at] = error;
    deviation = Math.max(deviation, largestDifference(orderParametersOf(sgd, rows), limit[at]));
  });
  return {
    status,
    measures: {
      deviation: status === 'ok' ? deviation : Number.NaN,
      ...Object.fromEntries(TIMES.map((alpha) => [`gap${alpha}`, gapAt(alpha, errors, limits)])),
    },
    curves: { alpha: Float64Array.from(RECORDED), error: errors, limit: limits },
  };
}

/** log(ε_g of the run/ε_g of the equations). */
function gapAt(alpha: number, errors: Float64Array, limits: Float64Array): number {
  const at = RECORDED.indexOf(alpha);
  return Math.log(errors[at] / limits[at]);
}

function largestDifference({ gram }: OrderParameters, { gram: other }: OrderParameters): number {
  return gram.reduce((most, x, i) => Math.max(most, Math.abs(x - other[i])), 0);
}

/** Operations of the solver per K²(K + M)². */
const SOLVER_FLOPS = 1.2e7;

export function dynamicsCost(settings: DynamicsSettings): number {
  const { K, d, teacherRows } = settings;
  return SOLVER_FLOPS * (K * (K + teacherRows)) ** 2 + onlineCost(settings, d, RECORDED[RECORDED.length - 1]);
}
