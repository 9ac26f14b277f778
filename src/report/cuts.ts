/** Ends of intervals that would stretch a log axis over so many decades that nothing else can be seen on it. */
import type { Drawn, FigureRow } from '../experiments/spec.js';
import { formatCount } from '../base/amounts.js';

/** How far an end may lie beyond the values, as a factor. */
const BEYOND = 1e3;

export interface Cut {
  readonly rows: readonly FigureRow[];
  /** for the caption; empty where no end is cut */
  readonly note: string;
}

/**
 * The rows with `cutLow` and `cutHigh` in place of the ends that are cut: where the bar stops, without a cap, as at an
 * open end.
 */
export function withCuts(rows: readonly FigureRow[], { y = '', low = '', high = '', yLog = false }: Drawn): Cut {
  const values = rows.flatMap((row) => (isPlaced(row[y]) ? [row[y]] : []));
  if (!yLog || low === '' || values.length === 0) return { rows, note: '' };
  const [least, most] = [Math.min(...values) / BEYOND, Math.max(...values) * BEYOND];
  const cut = rows.map((row): FigureRow => {
    const [from, to] = [row[low], row[high]];
    return {
      ...row,
      ...(isPlaced(from) && from < least ? { [low]: null, cutLow: least } : {}),
      ...(isPlaced(to) && to > most ? { [high]: null, cutHigh: most } : {}),
    };
  });
  const count = cut.filter((row) => row['cutLow'] !== undefined || row['cutHigh'] !== undefined).length;
  const note = `${formatCount(count, 'interval')} cut at a factor of ${BEYOND} beyond all values, without a cap there.`;
  return { rows: cut, note: count === 0 ? '' : note };
}

function isPlaced(value: FigureRow[string] | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
