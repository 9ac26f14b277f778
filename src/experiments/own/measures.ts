/** The measures of a study. All measures are stored for every trial. Tables and figures select from them. */
import { SET_CLASSES, START_CLASSES } from '../../core/outcomes/classes.js';
import { meanShare, median, positiveMean } from '../../statistics/means.js';
import { rate } from '../../statistics/rates.js';
import { meanIterations } from '../../statistics/ranges.js';
import { END_MEASURES, SET_MEASURES, setRate, START_MEASURES, startMeasure } from '../common/outcomes.js';
import { FUNCTION_MEASURES } from './functionMeasures.js';
import type { CurveMeasure, Measure } from '../spec.js';

/**
 * Starts on one training set are not independent. A rate over trials therefore has Blaker's interval, and a share of
 * starts has the interval of a bounded mean over trials.
 */
export const STUDY_MEASURES: readonly Measure[] = [
  {
    name: 'recoveryRate',
    of: 'recovered',
    description: 'share of training sets whose best start (lowest final loss) ends at W*',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'recoveredShare',
    of: 'recoveredShare',
    description: 'mean share of starts that end at W*',
    estimate: meanShare,
    whenFailed: 0,
  },
  {
    name: 'spuriousShare',
    of: 'spuriousShare',
    description: 'mean share of starts that end elsewhere than the best one',
    estimate: meanShare,
  },
  {
    name: 'successRate',
    of: 'success',
    description: 'share of training sets with SD_n at most sameMinimum',
    estimate: rate,
    whenFailed: 0,
  },
  { name: 'sdN', of: 'sdN', description: 'median of SD_n, the spread of the ends of the starts', estimate: median },
  {
    name: 'estimationError',
    of: 'estimationError',
    description: 'mean of ‖Ŵ − W*‖_F of the best start',
    estimate: positiveMean,
  },
  {
    name: 'medianError',
    of: 'estimationError',
    description: 'median of ‖Ŵ − W*‖_F of the best start',
    estimate: median,
  },
  {
    name: 'relativeError',
    of: 'relativeError',
    description: 'median of ‖Ŵ − W*‖_F/‖W*‖_F of the best start',
    estimate: median,
  },
  {
    name: 'initializationError',
    of: 'initializationError',
    description: 'median of ‖W0 − W*‖_F/‖W*‖_F, averaged over the starts',
    estimate: median,
  },
  {
    name: 'parameterError',
    of: 'parameterError',
    description: 'median of e(A) of gao2018 (as many neurons as inputs, orthogonal W*)',
    estimate: median,
  },
  {
    name: 'covered',
    of: 'covered',
    description: 'mean share of the neurons of W* that some row of Ŵ points along',
    estimate: meanShare,
    whenFailed: 0,
  },
  {
    name: 'finalLoss',
    of: 'finalLoss',
    description: 'median of the loss of the best start at its end',
    estimate: median,
  },
  { name: 'teacherLoss', of: 'teacherLoss', description: 'median of the loss at W*', estimate: median },
  {
    name: 'iterations',
    of: 'iterations',
    description: 'mean number of iterations, averaged over the starts',
    estimate: meanIterations,
  },
  {
    name: 'gradientNorm',
    of: 'gradientNorm',
    description: 'median of the gradient norm of the best start at its end',
    estimate: median,
  },
  {
    name: 'stepSize',
    of: 'stepSize',
    description: 'median of the step size, averaged over the starts',
    estimate: median,
  },
  ...FUNCTION_MEASURES,
  ...START_MEASURES,
  ...SET_MEASURES,
  ...END_MEASURES,
  { name: 'divergedShare', of: 'divergedShare', description: 'mean share of starts that diverge', estimate: meanShare },
];

/** The kinds of objects whose classes can be stacked, and the measures of the classes. */
export const STACKS: Readonly<Record<string, readonly string[]>> = {
  starts: START_CLASSES.map(({ name }) => startMeasure(name)),
  sets: SET_CLASSES.map(({ name }) => setRate(name)),
};

export const STACK_NAMES: readonly string[] = Object.keys(STACKS);

export const MEASURE_NAMES: readonly string[] = STUDY_MEASURES.map(({ name }) => name);

/** Measures that are 0 or 1 in a trial. */
export const RATE_NAMES: readonly string[] = STUDY_MEASURES.filter(({ estimate }) => estimate === rate).map(
  ({ name }) => name,
);

/** Curves of the first start of every trial, with four points per doubling of the iterations. */
export const STUDY_CURVES: readonly CurveMeasure[] = [
  { name: 'loss', of: 'loss', at: 'iteration', description: 'loss over the iterations' },
  { name: 'error', of: 'error', at: 'iteration', description: '‖W − W*‖_F over the iterations' },
];

export const CURVE_NAMES: readonly string[] = STUDY_CURVES.map(({ name }) => name);

/** Whether a measure is a share, from 0 to 1. */
export function isShare({ estimate }: Measure): boolean {
  return estimate === rate || estimate === meanShare;
}
