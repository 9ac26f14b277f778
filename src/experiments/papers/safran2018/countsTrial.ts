/** One trial of the counts: how many descents of a batch end at no global minimum, and whether those are minima. */
import { denseExtremes } from '../../../core/curvature/eigenvalues.js';
import { RunStatus } from '../../../core/kernels/contract.js';
import { populationCurvature } from '../../../core/risk/population.js';
import { pairOf } from '../../../core/risk/quadrature.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import type { CountsTrial } from './settings.js';
import { descended, descentCost, GLOBAL, RELU } from './descents.js';

export function countedEnds(context: TrialContext<CountsTrial>, extra: number): TrialOutcome {
  const { k, starts } = context.settings;
  const rows = k + extra;
  const { problem, state } = descended(context, rows, starts);
  const all = Array.from({ length: starts }, (_, l) => l);
  const unfinished = all.filter((l) => state.status[l] !== RunStatus.converged);
  const other = all.filter((l) => !unfinished.includes(l) && state.loss[l] > GLOBAL);
  const global = all.filter((l) => !unfinished.includes(l) && !other.includes(l));
  const isMinimum = (l: number): boolean => {
    const size = rows * k;
    const student = {
      weights: state.weights.subarray(l * size, (l + 1) * size),
      outputWeights: state.outputWeights.subarray(0, rows),
    };
    const risk = { pair: pairOf(RELU), dimension: k, teacher: problem.teacher };
    return denseExtremes(context.kernels, populationCurvature(risk, student), size).smallest > 0;
  };
  return {
    status: 'ok',
    measures: {
      nonGlobal: other.length / starts,
      unfinished: unfinished.length / starts,
      certified: other.length === 0 ? Number.NaN : other.filter(isMinimum).length / other.length,
      lowest: other.length === 0 ? Number.NaN : Math.min(...other.map((l) => state.loss[l])),
      worstGlobal: global.length === 0 ? Number.NaN : Math.max(...global.map((l) => state.loss[l])),
      iterations: state.iterations.reduce((sum, count) => sum + count, 0) / starts,
    },
  };
}

/** Floating point operations of a trial: its descents, and the Hessians of its ends. */
export function trialCost(settings: CountsTrial, extra: number): number {
  const rows = settings.k + extra;
  return descentCost(settings, rows, settings.starts) + 10 * settings.starts * (rows * settings.k) ** 3;
}
