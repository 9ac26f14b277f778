/** Precision as the target of a study: trials are added until the interval of a measure is narrow enough. */
import type { Estimate } from '../../statistics/estimate.js';
import type { Cell, Measure, PrefixEstimate } from '../spec.js';
import { likelySum, likelyTrials, type Growth } from './growth.js';
import type { PrecisionSpec } from './spec.js';

/** The ratio of the trials of successive looks. A cell ends with at most a quarter more trials than it needs. */
const GROWTH = 1.25;
/** The fewest trials of a mean, because its confidence sequence rests on the central limit theorem. */
const FEWEST_FOR_A_MEAN = 30;

/** The cells, each with the number of trials of its current look, and the trials that all will likely have. */
export function lookedCells(
  cells: readonly Cell[],
  precision: PrecisionSpec,
  measure: Measure,
  estimate: PrefixEstimate,
): Growth {
  const looks = cells.map(({ settings, trials }) => ({
    settings,
    ...standingLook(trials, precision, (look) => estimate(settings, measure, look)),
  }));
  return { cells: looks.map(({ settings, trials }) => ({ settings, trials })), likely: likelySum(looks) };
}

function standingLook(
  first: number,
  precision: PrecisionSpec,
  estimate: (trials: number) => Estimate | undefined,
): { readonly trials: number; readonly likely: number | undefined } {
  const { relative, most } = precision;
  let look = Math.min(Math.max(first, relative === undefined ? 1 : FEWEST_FOR_A_MEAN), most);
  let likely: number | undefined;
  while (look < most) {
    const found = estimate(look);
    if (found === undefined) return { trials: look, likely: likely && Math.max(likely, look) };
    if (isEnough(found, precision)) return { trials: look, likely: look };
    likely = likelyTrials(look, halfWidth(found) / target(found, precision), most);
    look = Math.min(Math.ceil(GROWTH * look), most);
  }
  return { trials: look, likely: look };
}

/** Whether an interval is narrow enough or can never become so. A mean that is infinite remains infinite. */
function isEnough(found: Estimate, precision: PrecisionSpec): boolean {
  return Math.abs(found.value) === Infinity || halfWidth(found) <= target(found, precision);
}

function halfWidth({ low, high }: Estimate): number {
  return (high - low) / 2;
}

function target({ value }: Estimate, { rate = 0, relative = 0 }: PrecisionSpec): number {
  return Math.max(rate, relative * Math.abs(value));
}
