/** The accuracy protocol of fu2018: how far from W* is the minimiser that descent reaches from a start near W*? */
import { RunStatus } from '../../core/kernels/contract.js';
import { matchedDistance } from '../../core/matching/matching.js';
import { rootMeanSquare } from '../../statistics/deviations.js';
import { smallestOf } from '../../statistics/extremes.js';
import { UNKNOWN, type Estimate } from '../../statistics/estimate.js';
import { positiveMean } from '../../statistics/means.js';
import { ratioOf } from '../../statistics/ratio.js';
import { powerLawExponent } from '../../statistics/regression.js';
import { meanIterations } from '../../statistics/ranges.js';
import { descendPlanted, drawPlanted, type Planted, type PlantedSettings } from './planted.js';
import type { SampleCell } from './sampleGrid.js';
import type { Measure, TrialContext, TrialOutcome } from '../spec.js';

/** The planted problem of a trial, with its start. */
export function accuracyProblem(context: TrialContext<PlantedSettings>): Planted {
  return drawPlanted(context, 1);
}

/** One run from one start on its own training set, and ‖Ŵ_n − W*‖_F. */
export function accuracyTrial(context: TrialContext<PlantedSettings>): TrialOutcome {
  const planted = accuracyProblem(context);
  const state = descendPlanted(context, planted);
  const diverged = state.status[0] === RunStatus.diverged;
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      estimationError: diverged
        ? Infinity
        : matchedDistance(state.weights, planted.teacher, planted.problem.shape.rows),
      iterations: state.iterations[0],
      gradientNorm: state.gradientNorm[0],
      finalLoss: state.loss[0],
    },
  };
}

export const ACCURACY_ALSO_STORED = ['finalLoss', 'gradientNorm'];

export const ACCURACY_MEASURES: readonly Measure[] = [
  { name: 'estimationError', of: 'estimationError', description: 'mean of ‖Ŵ_n − W*‖_F', estimate: positiveMean },
  {
    name: 'rmsError',
    of: 'estimationError',
    description: 'root mean square of ‖Ŵ_n − W*‖_F',
    estimate: rootMeanSquare,
  },
  { name: 'iterations', of: 'iterations', description: 'mean number of iterations', estimate: meanIterations },
];

interface Point {
  readonly x: number;
  readonly estimate: Estimate;
}

/** Mean error against n over cells of one d, for n ≥ smallestRatio·d. */
export function errorsAgainstSamples(cells: readonly SampleCell[], smallestRatio = 0): Point[] {
  return cells
    .filter(({ settings, trials }) => trials > 1 && settings.n >= smallestRatio * settings.d)
    .map(({ settings, measures }) => ({ x: settings.n, estimate: measures['estimationError'] }));
}

/** Exponent of the mean error in n. */
export function errorExponent(cells: readonly SampleCell[], smallestRatio: number): Estimate {
  const points = errorsAgainstSamples(cells, smallestRatio);
  return points.length < 2 ? UNKNOWN : powerLawExponent(points);
}

/**
 * The smallest ratio of mean errors at the same n between each group of cells and the next group. Its upper end is the
 * largest of all upper ends, so that one unlucky pair among many does not make a claim fail.
 */
export function smallestErrorRatio(groups: readonly (readonly SampleCell[])[]): Estimate {
  const ratios = groups.slice(1).flatMap((group, at) => {
    const below = errorsAgainstSamples(groups[at]);
    return errorsAgainstSamples(group).flatMap(({ x, estimate }) =>
      below.filter((point) => point.x === x).map((point) => ratioOf(estimate, point.estimate)),
    );
  });
  return ratios.length === 0 ? UNKNOWN : smallestOf(ratios);
}
