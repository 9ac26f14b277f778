/** The place of a study's cells in a figure: on its x axis, on a line, and in a panel. */
import type { CellSummary } from '../spec.js';
import type { Settings } from '../../settings/types.js';
import { parseExpression } from './expression.js';
import { resolvePoint, writtenPoints } from './grid.js';
import { cellSettings, STUDY_SETTING_TABLE } from './settings.js';
import type { AxisValue, FigureSpec, StudySpec } from './spec.js';

/** What distinguishes cells. */
export interface Written {
  /** every setting, including defaults */
  readonly settings: Settings;
  /** the values of the axes as the file writes them, for example as an expression */
  readonly written: Readonly<Record<string, AxisValue>>;
}

export interface Point extends Written {
  readonly cell: CellSummary;
}

/** The cells that have trials. */
export function pointsOf(spec: StudySpec, cells: readonly CellSummary[]): Point[] {
  const key = (settings: Settings): string => JSON.stringify(cellSettings(settings));
  // The cells of a boundary have an n that the file does not give. If several points resolve to the same settings, the
  // first one provides the text.
  const sizes = spec.boundary === undefined ? [] : [...new Set(cells.map(({ settings }) => settings['n']))];
  const points = writtenPoints(spec).flatMap((raw) =>
    spec.boundary === undefined ? [raw] : sizes.map((n) => ({ ...raw, n })),
  );
  const written = new Map(points.map((raw) => [key(resolvePoint(raw)), raw] as const).reverse());
  return cells
    .filter(({ trials }) => trials > 0)
    .map((cell) => ({ cell, settings: resolvePoint(cell.settings), written: written.get(key(cell.settings)) ?? {} }));
}

/** Settings with several values, in the order of the file. They include n if a boundary places it. */
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

/** The value of an axis at a point. The axis is a setting or an expression in settings. */
export function place(axis: string, { settings }: Pick<Written, 'settings'>): number | string {
  if (Object.hasOwn(STUDY_SETTING_TABLE, axis)) return settings[axis];
  const { names, evaluate } = parseExpression(axis);
  // Rounding makes 3.0000000000000004 equal to 3 on a map and in a legend.
  return Number(evaluate(Object.fromEntries(names.map((name) => [name, Number(settings[name])]))).toPrecision(12));
}

/**
 * The settings that distinguish lines: the colour that the figure names, and every other setting that varies and is not
 * shown elsewhere in the figure.
 */
export function lineNames(spec: StudySpec, { x, y, colour, facet }: FigureSpec): string[] {
  const shown = [x, y].flatMap((axis) => (axis === undefined ? [] : [runsAlong(axis)]));
  const others = varied(spec).filter((name) => ![...shown, colour, facet].includes(name));
  return [...(colour === undefined ? [] : [colour]), ...others];
}

/** The setting that varies along an axis. For an expression it is the first setting in it. */
function runsAlong(axis: string): string {
  return Object.hasOwn(STUDY_SETTING_TABLE, axis) ? axis : parseExpression(axis).names[0];
}

/** The value of a setting, as the file writes it, to distinguish points. */
export function label(name: string, point: Written): string | number {
  return point.written[name] ?? point.settings[name] ?? place(name, point);
}

/**
 * The label of a line. If a single setting distinguishes lines, the legend names this setting, and the label is its
 * value.
 */
export function lineLabel(names: readonly string[], point: Written): string | number {
  return names.length === 1 ? label(names[0], point) : panelLabel(names, point);
}

/** Several settings in one label: `cnn, d = 10`. */
export function panelLabel(names: readonly string[], point: Written): string {
  return names
    .map((name) => (isNamed(name) ? String(label(name, point)) : `${name} = ${label(name, point)}`))
    .join(', ');
}
