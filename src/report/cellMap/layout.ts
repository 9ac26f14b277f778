/** Places the cells of a grid on a map: rows and columns of tiles. */
import type { Settings } from '../../settings/types.js';
import { formatSetting, slowestFirst } from '../tables.js';

export interface Layout {
  /** the names of the settings that vary, the one that changes most often last */
  readonly settings: readonly string[];
  readonly rows: readonly string[];
  /** the setting whose values the columns are; empty: the cells of a row merely follow one another */
  readonly across: string;
  readonly columns: readonly string[];
  readonly places: readonly { readonly row: number; readonly column: number }[];
}

/** A map with more tiles than this for each cell is mostly empty. */
const MOST_TILES_PER_CELL = 1.5;
/** The number of columns above which a single row is broken into several. */
const LONG_ROW = 60;

/**
 * The columns are the values of the setting that changes most often, and the rows the combinations of the others. Where
 * such a map would be mostly empty, because every row has values of its own, the cells of a row follow one another.
 */
export function layoutOf(cells: readonly Settings[]): Layout {
  const settings = varyingSettings(cells);
  const across = settings.at(-1);
  if (across === undefined) return { settings, across: '', rows: [''], columns: [''], places: cells.map(() => ORIGIN) };
  const rowTexts = cells.map((cell) => textOf(cell, settings.slice(0, -1)));
  const columnTexts = cells.map((cell) => formatSetting(cell[across]));
  const rows = distinct(rowTexts);
  const columns = distinct(
    columnTexts,
    cells.map((cell) => cell[across]),
  );
  if (rows.length === 1 && columns.length > LONG_ROW)
    return { settings, ...wrapped(cells.map((cell) => textOf(cell, settings))) };
  if (rows.length * columns.length > MOST_TILES_PER_CELL * cells.length) return { settings, ...ranked(rows, rowTexts) };
  const [rowOf, columnOf] = [placesOf(rows), placesOf(columns)];
  const places = cells.map((_, i) => ({ row: rowOf.get(rowTexts[i]) ?? 0, column: columnOf.get(columnTexts[i]) ?? 0 }));
  return { settings, across, rows, columns, places };
}

const ORIGIN = { row: 0, column: 0 } as const;

function varyingSettings(cells: readonly Settings[]): string[] {
  const names = [...new Set(cells.flatMap((cell) => Object.keys(cell)))];
  const varying = names.filter((name) => cells.some((cell) => cell[name] !== cells[0][name]));
  return slowestFirst(varying, cells);
}

/** Values of the settings that a cell has, e.g. `K = 3, d = 20`. */
function textOf(cell: Settings, names: readonly string[]): string {
  return names
    .filter((name) => name in cell)
    .map((name) => `${name} = ${formatSetting(cell[name])}`)
    .join(', ');
}

/** The distinct texts in their order, or in that of their numbers where each has one. */
function distinct(texts: readonly string[], values: readonly unknown[] = []): string[] {
  const numbers = new Map(texts.map((text, i) => [text, values[i]]));
  const found = [...numbers.keys()];
  const numberOf = (text: string): number => Number(numbers.get(text));
  return found.every((text) => typeof numbers.get(text) === 'number')
    ? found.sort((a, b) => numberOf(a) - numberOf(b))
    : found;
}

function placesOf(texts: readonly string[]): ReadonlyMap<string, number> {
  return new Map(texts.map((text, i) => [text, i]));
}

/** Each cell after the one before it in its row. */
function ranked(rows: readonly string[], rowTexts: readonly string[]): Omit<Layout, 'settings'> {
  const rowOf = placesOf(rows);
  const lengths = rows.map(() => 0);
  const places = rowTexts.map((text) => {
    const row = rowOf.get(text) ?? 0;
    return { row, column: lengths[row]++ };
  });
  return { across: '', rows, columns: unnamed(Math.max(...lengths)), places };
}

/** One long row as several rows, each named after its first cell. */
function wrapped(texts: readonly string[]): Omit<Layout, 'settings'> {
  const width = Math.min(LONG_ROW, Math.ceil(Math.sqrt(2 * texts.length)));
  const places = texts.map((_, i) => ({ row: Math.floor(i / width), column: i % width }));
  return { across: '', rows: texts.filter((_, i) => i % width === 0), columns: unnamed(width), places };
}

function unnamed(count: number): string[] {
  return Array.from({ length: count }, () => '');
}
