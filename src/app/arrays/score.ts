/** Score functions of the distribution of given samples. */
import { flag, numberWhere } from '../../base/allowed.js';
import { InputError, refuse } from '../../base/errors.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import { BANDWIDTHS, isBandwidth, MOST_QUADRATURE_DIMENSIONS } from '../../core/score/bounds.js';
import { SCORE_ORDERS, scoreSize, type ScoreOrder } from '../../core/score/derivatives.js';
import { estimateDerivatives, type EvaluationPoints, type LocalFit } from '../../core/score/estimate.js';
import { estimateByQuadrature } from '../../core/score/polynomial.js';
import { scoresFromDerivatives } from '../../core/score/scores.js';
import type { NumericArray } from '../../io/npy.js';
import { requireRows } from './given.js';

export const SCORE_DEGREES = [2, 4] as const;
export type ScoreDegree = (typeof SCORE_DEGREES)[number];

/** Largest number of entries of one result: 1 GB. */
const MOST_NUMBERS = 2 ** 27;
/** Largest number of singular points that a message lists. */
const MOST_NAMED = 10;

export interface ScoreProblem {
  /** X (n, d) */
  readonly samples: NumericArray;
  /** P (P, d), the points; default: the samples themselves, and the estimate at a sample includes that sample */
  readonly at?: NumericArray | undefined;
  /** evaluates at the samples, and the estimate at a sample uses only the other samples; excludes `at` */
  readonly leaveOneOut?: boolean | undefined;
}

export interface ScoreOptions {
  /** m */
  readonly order: ScoreOrder;
  /** h of the weights exp(−‖X_i − x‖²/2h²), in the units of the samples, 1e-100 … 1e100 */
  readonly bandwidth: number;
  /** degree of the local polynomial for log f: 2 in closed form, 4 by quadrature for d ≤ 2; default: 2 */
  readonly degree?: ScoreDegree | undefined;
}

export interface Scores {
  /** S_m at the points, (P, d, …, d) with m axes of length d; NaN at singular points */
  readonly scores: NumericArray;
  /** indices of points whose local fit is singular, ascending */
  readonly singular: readonly number[];
}

/** The names of the arrays in messages. */
export interface ScoreNames {
  readonly samples: string;
  readonly at: string;
}

/** Scores that can be estimated: the input has been checked. */
export interface PreparedScore extends Required<ScoreOptions> {
  readonly kernels: NativeKernels;
  readonly samples: NumericArray;
  readonly count: number;
  readonly dimension: number;
  readonly at: EvaluationPoints;
  /** P */
  readonly points: number;
}

/** Throws `InputError` for arrays that do not fit together, and options outside their ranges. */
export function prepareScore(
  kernels: NativeKernels,
  given: ScoreProblem,
  options: ScoreOptions,
  names: ScoreNames = { samples: 'samples', at: 'at' },
): PreparedScore {
  const order = oneOfNumbers('order', options.order, SCORE_ORDERS);
  const degree = oneOfNumbers('degree', options.degree ?? 2, SCORE_DEGREES);
  const bandwidth = numberWhere('bandwidth', options.bandwidth, BANDWIDTHS, isBandwidth);
  const { samples } = given;
  const [count, d] = requireRows(names.samples, samples, 'X', 'sample');
  if (degree === 4 && d > MOST_QUADRATURE_DIMENSIONS)
    refuse(
      'the dimension of the samples for degree 4',
      `at most ${MOST_QUADRATURE_DIMENSIONS}: its normaliser is a d-dimensional integral without closed form`,
      d,
    );
  const at = evaluationPoints(given, names);
  const points = at.points.length / d;
  requireRoom(points, d, order);
  return { kernels, order, degree, bandwidth, samples, count, dimension: d, at, points };
}

/** Throws `InputError` if every point is singular. */
export function runScore(prepared: PreparedScore): Scores {
  const { order, points, dimension } = prepared;
  const derivatives = estimate(prepared);
  const { singular } = derivatives;
  if (singular.length === points)
    throw new InputError(
      `${singularText(prepared, singular)}; it must be regular at one point at least: give another bandwidth or other samples`,
    );
  const shape = [points, ...new Array<number>(order).fill(dimension)];
  return { scores: { shape, values: scoresFromDerivatives(order, derivatives) }, singular };
}

/** A text that says which points are singular, and why. */
export function singularText({ degree, bandwidth, points }: PreparedScore, singular: readonly number[]): string {
  const named = singular.slice(0, MOST_NAMED).join(', ') + (singular.length > MOST_NAMED ? ', …' : '');
  const why =
    degree === 2
      ? `the samples within reach of the bandwidth ${bandwidth} lie on one place or a hyperplane (duplicates?)`
      : `too few samples within 3 bandwidths of ${bandwidth} for a fit of degree 4, or a bandwidth that is too wide for it`;
  return `the ${degree === 2 ? 'local covariance' : 'local fit'} at ${singular.length} of ${points} points is singular, by index ${named}: ${why}`;
}

function estimate({ kernels, samples, count, dimension, at, bandwidth, degree }: PreparedScore): LocalFit {
  if (degree === 4)
    return estimateByQuadrature({ rows: samples.values, dimension }, at.points, {
      degree,
      bandwidth,
      leaveOneOut: at.leaveOneOut,
    });
  const inputs = kernels.allocateInputs(count, dimension);
  inputs.values.set(samples.values);
  return estimateDerivatives(kernels, kernels.prepare(inputs), at, bandwidth);
}

function evaluationPoints(problem: ScoreProblem, names: ScoreNames): EvaluationPoints {
  const { at, samples } = problem;
  const leaveOneOut = flag('leaveOneOut', problem.leaveOneOut);
  if (at !== undefined && leaveOneOut)
    throw new InputError('at and leaveOneOut exclude each other: give one of them, got both');
  const [n, d] = samples.shape;
  const needed = d + 1 + Number(leaveOneOut);
  if (n < needed)
    throw new InputError(
      `${names.samples}: X must have at least ${needed} samples for dimension ${d}${leaveOneOut ? ' with one left out' : ''}, got ${n}`,
    );
  if (at === undefined) return { points: samples.values, leaveOneOut };
  const [, columns] = requireRows(names.at, at, 'P', 'point');
  if (columns !== d)
    throw new InputError(`${names.at}: P must have ${d} columns, the dimension of the samples, got ${columns}`);
  return { points: at.values, leaveOneOut: false };
}

function requireRoom(points: number, dimension: number, order: ScoreOrder): void {
  const numbers = points * scoreSize(order, dimension);
  if (numbers > MOST_NUMBERS)
    refuse(
      `the scores, P·d^${order} numbers,`,
      `at most ${MOST_NUMBERS} (1 GB)`,
      `${points}·${dimension}^${order} = ${numbers}`,
    );
}

function oneOfNumbers<T extends number>(what: string, value: unknown, allowed: readonly T[]): T {
  return allowed.find((one) => one === value) ?? refuse(what, `one of ${allowed.join(', ')}`, value);
}
