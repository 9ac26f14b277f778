/** How the starts of a training set end, as measures: the classes of core/outcomes and the quantities behind them. */
import { denseHessianFlops } from '../../core/curvature/hessian.js';
import type { Points } from '../../core/kernels/contract.js';
import { SET_CLASSES, START_CLASSES, type SetClass, type StartClass } from '../../core/outcomes/classes.js';
import { OUTCOME_RULES, startClass } from '../../core/outcomes/classify.js';
import { canPolish, settle, type Settled } from '../../core/outcomes/settle.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import { empiricalWork, type Risk } from '../../core/risk/risk.js';
import { meanShare, median } from '../../statistics/means.js';
import { rate } from '../../statistics/rates.js';
import type { Measure, TrialContext } from '../spec.js';

/** Where the descents of a training set began, and where they ended. */
export interface Descents {
  readonly starts: Points;
  readonly ends: Points;
  /** (L) each */
  readonly diverged: readonly boolean[];
  /** the gradient norm is at most the tolerance of the descent */
  readonly converged: readonly boolean[];
}

export interface Outcomes {
  /** (L) */
  readonly classes: readonly StartClass[];
  /** (L, rows, m): the end of the polish, or of the descent if there was no polish */
  readonly weights: Float64Array;
  readonly isPolished: boolean;
  /** shares of the starts by class, growth of ‖W‖, least curvature, share of starts that were polished */
  readonly measures: Readonly<Record<string, number>>;
}

export interface OutcomeOptions {
  /** whether ends are polished, if the problem is small enough: see `canPolish` */
  readonly polish: boolean;
  /** whether weights (rows, m), together with the output weights of start l, lie near W* */
  readonly isNear: (weights: Float64Array, l: number) => boolean;
  readonly nearIsEnough?: boolean;
  /**
   * runaways are measured relative to ‖W_0‖_F or to this norm, whichever is larger; default: ‖W_0‖_F alone, which may
   * be far below the norm of any minimum
   */
  readonly leastNorm?: number;
}

/** The class of every start of a training set; `risk` is what its descents minimise. */
export function outcomesOf(
  context: Pick<TrialContext, 'kernels' | 'cancel'>,
  risk: Risk,
  descents: Descents,
  options: OutcomeOptions,
): Outcomes {
  const { starts, ends, diverged, converged } = descents;
  const size = ends.weights.length / ends.starts;
  const row = (values: Float64Array, l: number): Float64Array => values.subarray(l * size, (l + 1) * size);
  const firstNorms = diverged.map((_, l) => Math.max(frobeniusNorm(row(starts.weights, l)), options.leastNorm ?? 0));
  const isPolished = options.polish && canPolish(size, risk.hessianWork(size));
  const settled = isPolished ? settle(context.kernels, risk, ends, firstNorms, diverged, context.cancel) : [];
  const weights = ends.weights.slice();
  settled.forEach((end, l) => end && weights.set(end.weights, l * size));
  const growth = firstNorms.map((first, l) => (diverged[l] ? Infinity : frobeniusNorm(row(weights, l)) / first));
  const classes = growth.map((times, l) =>
    startClass({
      isStationary: converged[l],
      ...certificateOf(settled[l]),
      diverged: diverged[l],
      growth: times,
      isNear: options.isNear(row(weights, l), l),
      nearIsEnough: options.nearIsEnough ?? false,
    }),
  );
  const polished = settled.filter((end) => end !== undefined);
  return {
    classes,
    weights,
    isPolished,
    measures: {
      ...startShares(classes),
      normGrowth: Math.max(...growth),
      lambdaMin: polished.length === 0 ? Number.NaN : Math.min(...polished.map(({ lambdaMin }) => lambdaMin)),
      polishedShare: polished.length / ends.starts,
    },
  };
}

function certificateOf(end: Settled | undefined): Partial<Pick<Settled, 'isStationary' | 'lambdaMin' | 'isGrowing'>> {
  if (end === undefined) return {};
  const { isStationary, lambdaMin, isGrowing } = end;
  return { isStationary, lambdaMin, isGrowing };
}

/** The trial measure of a class of starts: the share of starts in it, e.g. `otherMinimumStarts`. */
export function startMeasure(name: StartClass): string {
  return `${camelCase(name)}Starts`;
}

/** The trial measure of a class of training sets: 0 or 1, e.g. `severalMinimaSet`. */
export function setMeasure(name: SetClass): string {
  return `${camelCase(name)}Set`;
}

/** The measure of a cell: the share of training sets of a class, e.g. `severalMinimaRate`. */
export function setRate(name: SetClass): string {
  return `${camelCase(name)}Rate`;
}

function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function startShares(classes: readonly StartClass[]): Record<string, number> {
  return Object.fromEntries(
    START_CLASSES.map(({ name }) => [
      startMeasure(name),
      classes.filter((own) => own === name).length / classes.length,
    ]),
  );
}

/** 1 for the class of a training set and 0 for the others; `oneMinimum` is 1 for both classes with one minimum. */
export function setIndicators(found: SetClass): Record<string, number> {
  const isOne = found === 'one-minimum-near' || found === 'one-minimum-elsewhere';
  return {
    oneMinimum: isOne ? 1 : 0,
    ...Object.fromEntries(SET_CLASSES.map(({ name }) => [setMeasure(name), name === found ? 1 : 0])),
  };
}

/** Classes of training sets. Each is a rate over training sets. A failed trial belongs to no class. */
export const SET_MEASURES: readonly Measure[] = [
  {
    name: 'oneMinimumRate',
    of: 'oneMinimum',
    description: 'share of training sets whose starts all end at one minimum',
    estimate: rate,
    whenFailed: 0,
  },
  ...SET_CLASSES.map(({ name, description }): Measure => ({
    name: setRate(name),
    of: setMeasure(name),
    description: `share of training sets: ${description}`,
    estimate: rate,
    whenFailed: 0,
  })),
];

/**
 * Classes of starts. Starts on one training set are not independent, so each measure is a mean share over training
 * sets.
 */
export const START_MEASURES: readonly Measure[] = START_CLASSES.map(({ name, description }) => ({
  name: startMeasure(name),
  of: startMeasure(name),
  description: `mean share of starts: ${description}`,
  estimate: meanShare,
}));

export const END_MEASURES: readonly Measure[] = [
  {
    name: 'polishedSdN',
    of: 'polishedSdN',
    description: `median of the spread SD_n of the polished ends; one minimum: at most ${OUTCOME_RULES.sameMinimum}`,
    estimate: median,
  },
  {
    name: 'normGrowth',
    of: 'normGrowth',
    description: 'median of the largest ‖W‖_F/‖W0‖_F among the ends',
    estimate: median,
  },
  {
    name: 'lambdaMin',
    of: 'lambdaMin',
    description: 'median of the least eigenvalue of the Hessian at a polished end',
    estimate: median,
  },
  {
    name: 'polishedShare',
    of: 'polishedShare',
    description: 'mean share of starts that were polished',
    estimate: meanShare,
  },
];

/**
 * Approximate number of Hessians that the polish of one start takes: two for the first start at a minimum, none for the
 * others, four to fifteen for a runaway.
 */
export const HESSIANS_PER_START = 3;

/** Flops of the polish of the given number of starts; zero if the problem is too large for a polish. */
export function polishCost(samples: number, rowLength: number, units: number, rows: number, starts: number): number {
  const variables = rows * rowLength;
  if (!canPolish(variables, empiricalWork(samples, variables))) return 0;
  return starts * HESSIANS_PER_START * denseHessianFlops(samples, rowLength, units, variables);
}
