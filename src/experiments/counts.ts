import type { CellSummary } from './spec.js';

/** How many trials stand behind the points of a figure: `50`, or `10–15 of 50` while a study is not complete. */
export function trialCounts(cells: readonly CellSummary[]): string {
  const stored = cells.map(({ trials }) => trials);
  const [least, most] = [Math.min(...stored), Math.max(...stored)];
  const planned = Math.max(...cells.map((cell) => cell.planned));
  const range = least === most ? String(least) : `${least}–${most}`;
  return range === String(planned) ? range : `${range} of ${planned}`;
}
