/** Where the cells of a study stand in a figure: on its x axis, on a line, in a panel. */
import type { CellSummary } from '../spec.js';
import type { Settings } from '../../settings/types.js';
import { parseExpression } from './expression.js';
import { resolvePoint, writtenPoints } from './grid.js';
import { cellSettings, STUDY_SETTING_TABLE } from './settings.js';
import type { AxisValue, FigureSpec, StudySpec } from './spec.js';

/** What cells are told apart by. */
export interface Written {
  /** every setting, the defaults too */
  readonly settings: Settings;
  /** the values of the axes as the file has them, an expression for example */
  readonly written: Readonly<Record<string, AxisValue>>;
}

export interface Point extends Written {
  readonly cell: CellSummary;
}

/** The cells that have trials. */
export function pointsOf(spec: StudySpec, cells: readonly CellSummary[]): Point[] {
  const key = (settings: Settings): string => JSON.stringify(cellSettings(settings));
  // A boundary's cells have an n that the file does not give. Of points that come out equal the first gives the words.
  const sizes = spec.boundary === undefined ? [] : [...new Set(cells.map(({ settings }) => settings['n']))];
  const points = writtenPoints(spec).flatMap((raw) =>
    spec.boundary === undefined ? [raw] : sizes.map((n) => ({ ...raw, n })),
  );
  const written = new Map(points.map((raw) => [key(resolvePoint(raw)), raw] as const).reverse());
  return cells
    .filter(({ trials }) => trials > 0)
    .map((cell) => ({ cell, settings: resolvePoint(cell.settings), written: written.get(key(cell.settings)) ?? {} }));
}

/** Settings with several values, in the order of the file; n too where a boundary places it. */
export function varied({ grid, boundary }: StudySpec): string[] {
  const axes = Object.entries(grid)
    .filter(([, values]) => values.length > 1)
    .map(([name]) => name);
  return boundary === undefined ? axes : ['n', ...axes];
}

/** Whether the values of a setting are names. */
export function isNamed(name: string): boolean {
  const setting = Object.hasOwn(STUDY_SETTING_TABLE, name) ? STUDY_SETTING_TABLE[name] : undefined;
  return setting?.kind === 'choice' || setting?.vocabulary !== undefined;
}

/** The value of an axis, a setting or an expression in settings, at a point. */
export function place(axis: string, { settings }: Pick<Written, 'settings'>): number | string {
  if (Object.hasOwn(STUDY_SETTING_TABLE, axis)) return settings[axis];
  const { names, evaluate } = parseExpression(axis);
  // 3.0000000000000004 is 3 on a map and in a legend.
  return Number(evaluate(Object.fromEntries(names.map((name) => [name, Number(settings[name])]))).toPrecision(12));
}

/**
 * What tells lines apart: the colour that the figure names, and every other setting that varies and is shown nowhere.
 */
export function lineNames(spec: StudySpec, { x, y, colour, facet }: FigureSpec): string[] {
  const shown = [x, y].flatMap((axis) => (axis === undefined ? [] : [runsAlong(axis)]));
  const others = varied(spec).filter((name) => ![...shown, colour, facet].includes(name));
  return [...(colour === undefined ? [] : [colour]), ...others];
}

/** The setting that runs along an axis: of an expression its first. */
function runsAlong(axis: string): string {
  return Object.hasOwn(STUDY_SETTING_TABLE, axis) ? axis : parseExpression(axis).names[0];
}

/** The value of a setting as it tells points apart: as the file writes it. */
export function label(name: string, point: Written): string | number {
  return point.written[name] ?? point.settings[name] ?? place(name, point);
}

/** The same for lines, whose legend names a single setting. */
export function lineLabel(names: readonly string[], point: Written): string | number {
  return names.length === 1 ? label(names[0], point) : panelLabel(names, point);
}

/** Several settings at once: `cnn, d = 10`. */
export function panelLabel(names: readonly string[], point: Written): string {
  return names
    .map((name) => (isNamed(name) ? String(label(name, point)) : `${name} = ${label(name, point)}`))
    .join(', ');
}
