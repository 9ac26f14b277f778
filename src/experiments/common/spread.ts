/**
 * The success-rate protocol of fu2018 (after Mei, Bai and Montanari): do all starts on one training set end at the same
 * point, and where is that point? After the capped descent, each start is polished and classified.
 */
import { RunStatus } from '../../core/kernels/contract.js';
import { matchedDistance } from '../../core/matching/matching.js';
import { standardDeviationOfRuns } from '../../core/matching/measures.js';
import { setClass } from '../../core/outcomes/classify.js';
import { empiricalRisk } from '../../core/risk/risk.js';
import { logisticCrossing } from '../../statistics/crossing.js';
import { exponential, UNKNOWN, type Estimate, type Noted } from '../../statistics/estimate.js';
import { median } from '../../statistics/means.js';
import { rate } from '../../statistics/rates.js';
import { powerLawExponent } from '../../statistics/regression.js';
import { meanIterations } from '../../statistics/ranges.js';
import { nearRadius } from './nearness.js';
import {
  END_MEASURES,
  outcomesOf,
  polishCost,
  SET_MEASURES,
  setIndicators,
  START_MEASURES,
  type Outcomes,
} from './outcomes.js';
import {
  descendPlanted,
  drawPlanted,
  plantedCost,
  plantedShape,
  type Planted,
  type PlantedSettings,
  type PlantedSize,
} from './planted.js';
import { successesOf } from './pooled.js';
import type { SampleCell } from './sampleGrid.js';
import type { Measure, TrialContext, TrialOutcome } from '../spec.js';

/** A planted problem, its number of starts, and the largest SD_n of a success. */
export interface SpreadSettings extends PlantedSettings {
  readonly starts: number;
  readonly threshold: number;
}

/** The planted problem of a trial, with its L starts. */
export function spreadProblem(context: TrialContext<SpreadSettings>): Planted {
  return drawPlanted(context, context.settings.starts);
}

/** One training set, its L starts, whether SD_n is at most the threshold, and how the starts end. */
export function spreadTrial(context: TrialContext<SpreadSettings>): TrialOutcome {
  const { settings } = context;
  const planted = spreadProblem(context);
  const state = descendPlanted(context, planted);
  const diverged = Array.from(state.status, (status) => status === RunStatus.diverged);
  const isDiverged = diverged.includes(true);
  const sdN = isDiverged ? Infinity : standardDeviationOfRuns(state.weights, state.starts);
  const success = sdN <= settings.threshold ? 1 : 0;
  const errors = errorsOf(planted, state.weights);
  const near = nearRadius(context, planted);
  const converged = Array.from(state.status, (status) => status === RunStatus.converged);
  const outcomes = outcomesOf(
    context,
    empiricalRisk(context.kernels, planted.problem),
    { starts: planted.starts, ends: state, diverged, converged },
    { polish: true, isNear: (weights) => distanceFromTeacher(planted, weights) <= near },
  );
  return {
    status: isDiverged ? 'diverged' : 'ok',
    measures: {
      sdN,
      success,
      estimationError: errors[0],
      iterations: average(state.iterations),
      stepSize: average(state.stepSizes),
      finalLoss: average(state.loss),
      endError: isDiverged ? Infinity : average(errors),
      successError: success === 1 ? average(errors) : Number.NaN,
      nearRadius: near,
      ...outcomes.measures,
      ...togetherOf(planted, outcomes, success, isDiverged),
    },
  };
}

/** How the starts of a training set end as a whole. The result is empty if they were not polished. */
function togetherOf(
  planted: Planted,
  { classes, weights, isPolished }: Outcomes,
  success: number,
  isDiverged: boolean,
): Record<string, number> {
  if (!isPolished) return {};
  const polishedSdN = isDiverged ? Infinity : standardDeviationOfRuns(weights, classes.length);
  const indicators = setIndicators(setClass(classes, polishedSdN));
  return {
    ...indicators,
    polishedSdN,
    minimumError: indicators['oneMinimum'] === 1 ? average(errorsOf(planted, weights)) : Number.NaN,
    successNear: success * indicators['oneMinimumNearSet'],
    failureSeveral: (1 - success) * indicators['severalMinimaSet'],
  };
}

/** ‖W − W*‖_F of each start, minimised over the orders of the neurons. */
function errorsOf(planted: Planted, weights: Float64Array): Float64Array {
  const size = planted.teacher.length;
  return Float64Array.from({ length: weights.length / size }, (_, l) =>
    distanceFromTeacher(planted, weights.subarray(l * size, (l + 1) * size)),
  );
}

function distanceFromTeacher({ teacher, problem }: Planted, weights: Float64Array): number {
  return matchedDistance(weights, teacher, problem.shape.rows);
}

export const SPREAD_ALSO_STORED = ['estimationError', 'finalLoss', 'stepSize'];

export const SPREAD_MEASURES: readonly Measure[] = [
  {
    name: 'successRate',
    of: 'success',
    description: 'share of training sets with SD_n ≤ threshold',
    estimate: rate,
    whenFailed: 0,
  },
  { name: 'sdN', of: 'sdN', description: 'median of SD_n', estimate: median },
  { name: 'iterations', of: 'iterations', description: 'mean number of iterations of a run', estimate: meanIterations },
  {
    name: 'successError',
    of: 'successError',
    description: 'median of ‖W − W*‖_F where the descents end, of the successes alone',
    estimate: median,
  },
  {
    name: 'endError',
    of: 'endError',
    description: 'median of ‖W − W*‖_F where the descents end, of all training sets',
    estimate: median,
  },
  ...SET_MEASURES,
  {
    name: 'minimumError',
    of: 'minimumError',
    description: 'median of ‖Ŵ − W*‖_F where the starts have one minimum',
    estimate: median,
  },
  {
    name: 'nearRadius',
    of: 'nearRadius',
    description: 'median of the ‖Ŵ − W*‖_F up to which a minimum is near W*',
    estimate: median,
  },
  {
    name: 'successNearRate',
    of: 'successNear',
    description: 'share of training sets with SD_n ≤ threshold and one minimum, near W*',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'failureSeveralRate',
    of: 'failureSeveral',
    description: 'share of training sets with SD_n > threshold and several minima',
    estimate: rate,
    whenFailed: 0,
  },
  ...START_MEASURES,
  ...END_MEASURES,
];

/** Cost of the descents and of their polish, in flops. */
export function spreadCost(settings: PlantedSize & Pick<SpreadSettings, 'starts'>): number {
  const { d, n, starts } = settings;
  const { rows, strides } = plantedShape(settings);
  return plantedCost(settings, starts) + polishCost(n, d / strides, rows * strides, rows, starts);
}

function average(values: Int32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The n at which a rate over training sets is one half, for cells of one d, by logistic regression on log n. */
export function halfSuccess(cells: readonly SampleCell[], measure = 'successRate'): Estimate {
  return halfFit(cells, measure).n50;
}

/** The same with the slope of the logit in log n; ∞ for separated data. */
export function halfFit(
  cells: readonly SampleCell[],
  measure = 'successRate',
): { readonly n50: Estimate; readonly slope: number } {
  const own = cells.filter(({ trials }) => trials > 0);
  const { crossing, slope } = logisticCrossing(
    own.map(({ settings }) => Math.log(settings.n)),
    own.map((cell) => successesOf(cell, measure)),
    own.map(({ trials }) => trials),
  );
  // A rate that falls with n also has a crossing, but not the wanted one.
  return { n50: slope > 0 ? exponential(crossing) : UNKNOWN, slope };
}

/**
 * Exponent of n50 in d. It is unknown if the interval of some n50 is not bounded on both sides: the fit would leave out
 * that d, which may be the one that contradicts the claim.
 */
export function halfExponent(halves: readonly { readonly d: number; readonly n50: Estimate }[]): Noted {
  const open = halves.filter(
    ({ n50: { value, low, high } }) => !(low > 0 && Number.isFinite(value) && Number.isFinite(high)),
  );
  if (open.length === 0) return powerLawExponent(halves.map(({ d, n50 }) => ({ x: d, estimate: n50 })));
  return { ...UNKNOWN, note: `n at 50 % is not bounded at d = ${open.map(({ d }) => d).join(', ')}` };
}
