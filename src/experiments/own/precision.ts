/** Precision as the target of a study: trials are added until the interval of a measure is narrow enough. */
import type { Estimate } from '../../statistics/estimate.js';
import type { Cell, Measure, PrefixEstimate } from '../spec.js';
import type { PrecisionSpec } from './spec.js';

/** The ratio of the trials of successive looks. A cell ends with at most a quarter more trials than it needs. */
const GROWTH = 1.25;
/** The fewest trials of a mean, because its confidence sequence rests on the central limit theorem. */
const FEWEST_FOR_A_MEAN = 30;

/** The cells, each with the number of trials of its current look. */
export function lookedCells(
  cells: readonly Cell[],
  precision: PrecisionSpec,
  measure: Measure,
  estimate: PrefixEstimate,
): Cell[] {
  return cells.map(({ settings, trials }) => ({
    settings,
    trials: standingLook(trials, precision, (look) => estimate(settings, measure, look)),
  }));
}

function standingLook(
  first: number,
  precision: PrecisionSpec,
  estimate: (trials: number) => Estimate | undefined,
): number {
  const { relative, most } = precision;
  let look = Math.min(Math.max(first, relative === undefined ? 1 : FEWEST_FOR_A_MEAN), most);
  while (look < most) {
    const found = estimate(look);
    if (found === undefined || isEnough(found, precision)) break;
    look = Math.min(Math.ceil(GROWTH * look), most);
  }
  return look;
}

/** Whether an interval is narrow enough or can never become so. A mean that is infinite remains infinite. */
function isEnough({ value, low, high }: Estimate, { rate = 0, relative = 0 }: PrecisionSpec): boolean {
  return Math.abs(value) === Infinity || (high - low) / 2 <= Math.max(rate, relative * Math.abs(value));
}
