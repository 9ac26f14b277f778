/** Which cell each point of a figure shows, so that a click on the point lists the cell's trials. */
import type { Figure } from '../experiments/spec.js';
import type { Mark } from '../report/marks.js';
import type { Settings } from '../settings/types.js';

type Row = Readonly<Record<string, unknown>>;

/** Points of a figure that are told to the page. */
const MOST_POINTS = 20_000;

/**
 * The points of a figure that show one cell each: `x,y,half width,half height,cell` in px, joined by semicolons; a cell
 * is its place in `cells`.
 */
export function pointsText(figure: Figure, marks: readonly Mark[], cells: readonly Settings[]): string {
  const cellOf = cellFinder(figure, cells);
  const points = marks.flatMap(({ row, x, y, halfWidth, halfHeight }) => {
    const cell = cellOf(row);
    return cell === undefined ? [] : [[...[x, y, halfWidth, halfHeight].map(Math.round), cell].join(',')];
  });
  return points.slice(0, MOST_POINTS).join(';');
}

/**
 * The only cell whose settings agree with those that a row names, by its fields or in its texts. A row that names none is looked up in the figure's
 * own list of cells.
 */
export function cellFinder(
  { rows, cells: shown }: Pick<Figure, 'rows' | 'cells'>,
  cells: readonly Settings[],
): (row: Row) => number | undefined {
  const names = [...new Set(cells.flatMap((cell) => Object.keys(cell)))];
  const indexes = new Map<string, ReadonlyMap<string, number | undefined>>();
  const bySettings = (asked: Row): number | undefined => {
    const row = withWords(asked);
    const given = names.filter((name) => Object.hasOwn(row, name));
    if (given.length === 0) return undefined;
    const index = indexes.get(given.join()) ?? indexOf(cells, given);
    indexes.set(given.join(), index);
    return index.get(keyOf(row, given));
  };
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const byRow = shown === undefined ? undefined : indexOf(rows, fields);
  return (row) => {
    if (shown === undefined || byRow === undefined) return bySettings(row);
    const at = byRow.get(keyOf(row, fields));
    return at === undefined || at >= shown.length ? undefined : bySettings(shown[at]);
  };
}

/** A row with the settings that its texts name: lines and panels are called `d = 20` or `fcn, d = 20`. */
function withWords(row: Row): Row {
  const words = Object.values(row).flatMap((text) =>
    typeof text === 'string' ? [...text.matchAll(/([A-Za-z]\w*) = ([^\s,]+)/g)] : [],
  );
  const settings = words.map(([, name, text]) => [name, Number.isNaN(Number(text)) ? text : Number(text)] as const);
  return { ...Object.fromEntries<unknown>(settings), ...row };
}

/** Places by the values of some fields; undefined for values that several rows have. */
function indexOf(rows: readonly Row[], names: readonly string[]): ReadonlyMap<string, number | undefined> {
  const index = new Map<string, number | undefined>();
  rows.forEach((row, at) => {
    const key = keyOf(row, names);
    index.set(key, index.has(key) ? undefined : at);
  });
  return index;
}

function keyOf(row: Row, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => row[name] ?? null));
}
