/** What the tiles of the map show: the trials, the value of a measure, or the width of its interval. */
import type { CellMessage, GridMessage } from '../messages.js';

export interface Shown {
  readonly title: string;
  /** place of the measure in the grid's measures; undefined: the trials */
  readonly measure: number | undefined;
  /** undefined: not known yet */
  readonly valueOf: (cell: CellMessage) => number | undefined;
}

export function choices({ measures }: GridMessage): Shown[] {
  const trials: Shown = { title: 'trials done', measure: undefined, valueOf: ({ done, planned }) => done / planned };
  return [
    ...measures.map(({ name }, measure): Shown => ({
      title: name,
      measure,
      valueOf: ({ estimates }) => estimates[measure]?.value ?? undefined,
    })),
    trials,
    ...measures.map(({ name }, measure): Shown => ({
      title: `${name}: width of the interval`,
      measure,
      valueOf: ({ estimates }) => widthOf(estimates[measure]),
    })),
  ];
}

function widthOf(estimate: CellMessage['estimates'][number] | undefined): number | undefined {
  if (estimate === undefined || estimate.low === null || estimate.high === null) return undefined;
  return estimate.high - estimate.low;
}
