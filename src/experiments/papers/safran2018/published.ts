/** Numbers from the authors' result files, and shares of starts to compare with them. */
import type { Estimate } from '../../../statistics/estimate.js';
import { binomialRate } from '../../../statistics/rates.js';
import type { CellSummary } from '../../spec.js';
import type { Place } from './settings.js';

/**
 * A share of all starts of a cell. The teacher is the same in every trial and there is no training set, so the starts
 * of a trial are as independent as those of different trials.
 */
export function shareOfStarts({ trials, measures }: CellSummary<Place>, measure: string, starts: number): Estimate {
  const { value, leftOut = 0 } = measures[measure];
  const all = (trials - leftOut) * starts;
  return binomialRate(all === 0 ? 0 : Math.round(value * all), all);
}

export const PUBLISHED_STARTS = 1000;

export function publishedShare(count: number): Estimate {
  return binomialRate(count, PUBLISHED_STARTS);
}

/** Six standard errors of the published count, as a share of its starts; at least 0.02. */
export function toleranceOf(count: number): number {
  const p = count / PUBLISHED_STARTS;
  return Math.max(0.02, Number((6 * Math.sqrt((p * (1 - p)) / PUBLISHED_STARTS)).toPrecision(2)));
}

/** A minimum of which numbers are printed, to half a unit of the last digit. */
export interface PrintedMinimum {
  readonly loss: number;
  readonly lambdaMin?: { readonly value: number; readonly error: number };
  /** of 1000 starts */
  readonly count?: number;
}

export const PRINTED_LOSS_ERROR = 5e-7;

/** By k, computed from the points in the authors' files. */
export const PRINTED_MINIMA: ReadonlyMap<number, readonly PrintedMinimum[]> = new Map([
  [6, [{ loss: 0.025081, lambdaMin: { value: 0.0047, error: 5e-5 } }]],
  [7, [{ loss: 0.023203, lambdaMin: { value: 0.01406, error: 5e-6 } }]],
  [
    9,
    [
      { loss: 0.020014, count: 213 },
      { loss: 0.037489, count: 5 },
    ],
  ],
]);

/** The entries of the minimum at k = 7, with how often each occurs. */
export const ENTRIES = {
  k: 7,
  error: 5e-11,
  values: [
    [-0.6327039049, 1],
    [-0.0350801559, 30],
    [0.1859910463, 6],
    [0.2616910758, 6],
    [0.9969227988, 6],
  ],
} as const;
