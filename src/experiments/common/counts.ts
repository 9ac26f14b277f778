import type { CellSummary } from '../spec.js';

/** The number of trials behind the points of a figure: `50`, or `10–15 of 50` while a study is incomplete. */
export function trialCounts(cells: readonly CellSummary<unknown>[]): string {
  const stored = cells.map(({ trials }) => trials);
  const [least, most] = [Math.min(...stored), Math.max(...stored)];
  const range = least === most ? String(least) : `${least}–${most}`;
  return cells.every(({ trials, planned }) => trials >= planned)
    ? range
    : `${range} of ${Math.max(...cells.map((cell) => cell.planned))}`;
}
