/** Rows of a figure, each with the cell that it shows. */
import type { Figure, FigureRow } from '../spec.js';

/**
 * The rows that are made of each cell, one cell after the other, for a figure whose rows do not name settings. Rows that
 * show no cell may follow them.
 */
export function cellRows<Cell extends { readonly settings: object }>(
  cells: readonly Cell[],
  rowsOf: (cell: Cell) => FigureRow | readonly FigureRow[],
): Required<Pick<Figure, 'rows' | 'cells'>> {
  const shown = cells.flatMap((cell) => [rowsOf(cell)].flat().map((row) => ({ row, settings: { ...cell.settings } })));
  return { rows: shown.map(({ row }) => row), cells: shown.map(({ settings }) => settings) };
}
