/** The success-rate protocol of fu2018 (after Mei, Bai and Montanari): do all starts on one training set end at one point? */
import { RunStatus } from '../core/kernels/contract.js';
import { matchedDistance } from '../core/matching.js';
import { standardDeviationOfRuns } from '../core/measures.js';
import { logisticCrossing } from '../statistics/crossing.js';
import { exponential, UNKNOWN, type Estimate } from '../statistics/estimate.js';
import { mean, median } from '../statistics/means.js';
import { rate, wilson } from '../statistics/rates.js';
import { powerLawExponent } from '../statistics/regression.js';
import { descendPlanted, drawPlanted, numberOf } from './planted.js';
import type { CellSummary, Evidence, Measure, TrialContext, TrialOutcome } from './spec.js';

/** One training set, its L starts, and whether SD_n is at most the threshold. */
export function spreadTrial(context: TrialContext): TrialOutcome {
  const { settings } = context;
  const planted = drawPlanted(context, numberOf(settings, 'starts'));
  const state = descendPlanted(context, planted);
  const diverged = state.status.includes(RunStatus.diverged);
  const sdN = diverged ? Infinity : standardDeviationOfRuns(state.weights, state.starts);
  const firstRun = state.weights.subarray(0, planted.teacher.length);
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      sdN,
      success: sdN <= numberOf(settings, 'threshold') ? 1 : 0,
      estimationError: matchedDistance(firstRun, planted.teacher, planted.problem.shape.rows),
      iterations: average(state.iterations),
      stepSize: average(state.stepSizes),
      finalLoss: average(state.loss),
    },
  };
}

export const SPREAD_MEASURES: readonly Measure[] = [
  { name: 'successRate', of: 'success', description: 'share of training sets with SD_n ≤ threshold', estimate: rate, whenFailed: 0 },
  { name: 'sdN', of: 'sdN', description: 'median of SD_n', estimate: median },
  { name: 'iterations', of: 'iterations', description: 'mean number of iterations of a run', estimate: mean },
];

function average(values: Int32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** How many trials of a cell count as a success by a measure that is a rate over all of them. */
export function successesOf({ measures, trials }: CellSummary, measure = 'successRate'): number {
  return trials === 0 ? 0 : Math.round(measures[measure].value * trials);
}

/** The n at which half of the training sets succeed, over cells of one d, by logistic regression on log n. */
export function halfSuccess(cells: readonly CellSummary[]): Estimate {
  const own = cells.filter(({ trials }) => trials > 0);
  const { crossing, slope } = logisticCrossing(
    own.map(({ settings }) => Math.log(numberOf(settings, 'n'))), own.map((cell) => successesOf(cell)), own.map(({ trials }) => trials));
  // A rate that falls with n has a crossing too, but not the one that is meant.
  return slope > 0 ? exponential(crossing) : UNKNOWN;
}

/** Exponent of n50 in d. A d whose n50 is not known to both sides would be left out of the fit, and may be the one that contradicts: then there is none. */
export function halfExponent(halves: readonly { readonly d: number; readonly n50: Estimate }[]): Evidence {
  const open = halves.filter(({ n50: { value, low, high } }) => !(low > 0 && Number.isFinite(value) && Number.isFinite(high)));
  if (open.length === 0) return powerLawExponent(halves.map(({ d, n50 }) => ({ x: d, estimate: n50 })));
  return { ...UNKNOWN, note: `n at 50 % is not bounded at d = ${open.map(({ d }) => d).join(', ')}` };
}

/** A rate over all trials of some cells. */
export function pooledRate(cells: readonly CellSummary[], measure = 'successRate'): Estimate {
  return wilson(cells.reduce((sum, cell) => sum + successesOf(cell, measure), 0), cells.reduce((sum, { trials }) => sum + trials, 0));
}
