/** Rates against n with the logistic curves fitted to them, and with the n at which the curves are one half. */
import { crossings, pointsWithFit } from '../plots.js';
import type { Series, Spec } from '../plots/axes.js';
import type { FigureRow } from '../spec.js';
import type { SampleCell } from './sampleGrid.js';
import { halfFit } from './spread.js';

/** Points of a fitted curve. */
const CURVE_POINTS = 60;

/** For captions. */
export const HALF_WORDS =
  'Curves: maximum-likelihood logistic fits on log n. Diamonds: n at 50 %, with 95 % profile-likelihood intervals where the trials give one; bars end at the smallest and the largest n.';

/** The rows of `halfFigure` for a rate of the cells, a point for each first; `lineOf`: the entry of a cell in the legend. */
export function halfRows<Cell extends SampleCell>(
  cells: readonly Cell[],
  lineOf: (cell: Cell) => string | number,
  measure = 'successRate',
): FigureRow[] {
  const points = cells.map((cell): FigureRow => {
    const { value, low, high } = cell.measures[measure];
    return { kind: 'point', line: lineOf(cell), n: cell.settings.n, trials: cell.trials, rate: value, low, high };
  });
  const fits = [...new Set(cells.map(lineOf))].flatMap((line) =>
    fitRows(
      cells.filter((cell) => lineOf(cell) === line),
      { line },
      { measure },
    ),
  );
  return [...points, ...fits];
}

/** What is fitted, and how the plot shows n: the field of x is n over `unit`. */
export interface FittedRate {
  readonly measure?: string;
  readonly x?: string;
  readonly unit?: number;
}

/**
 * The curve and the crossing of one line, the fit of `halfSuccess`, each row with additional fields; nothing if the
 * rates do not locate a crossing.
 */
export function fitRows(
  all: readonly SampleCell[],
  fields: FigureRow,
  { measure = 'successRate', x: field = 'n', unit = 1 }: FittedRate = {},
): FigureRow[] {
  const { n50, slope } = halfFit(all, measure);
  if (!Number.isFinite(n50.value)) return [];
  const logs = all.filter(({ trials }) => trials > 0).map(({ settings }) => Math.log(settings.n));
  const [first, last] = [Math.min(...logs), Math.max(...logs)];
  const center = Math.log(n50.value);
  const curve = Array.from({ length: CURVE_POINTS }, (_, i): FigureRow => {
    const x = first + ((last - first) * i) / (CURVE_POINTS - 1);
    return { kind: 'fit', ...fields, [field]: Math.exp(x) / unit, rate: logistic(slope, x - center) };
  });
  const { value } = n50;
  const ends = {
    [`${field}Low`]: barEnd(n50.low, value, Math.exp(first), Math.exp(last)) / unit,
    [`${field}High`]: barEnd(n50.high, value, Math.exp(first), Math.exp(last)) / unit,
  };
  return [...curve, { kind: 'crossing', ...fields, [field]: value / unit, rate: 0.5, ...ends }];
}

/** An end that is unknown has no bar; bars end at the smallest and the largest n, unless the crossing lies beyond. */
function barEnd(end: number, value: number, first: number, last: number): number {
  if (Number.isNaN(end)) return value;
  return Math.min(Math.max(end, Math.min(first, value)), Math.max(last, value));
}

/** A fit to separated data is a step. */
function logistic(slope: number, distance: number): number {
  return distance === 0 ? 0.5 : 1 / (1 + Math.exp(-slope * distance));
}

/** `axes` stands in for the usual fields and titles. */
export function halfFigure(
  rows: readonly FigureRow[],
  colourTitle: string,
  axes: Partial<Pick<Series, 'x' | 'xTitle' | 'yTitle' | 'colour'>> = {},
): Spec {
  const series = {
    x: 'n',
    y: 'rate',
    low: 'low',
    high: 'high',
    colour: 'line',
    colourTitle,
    xTitle: 'sample size n',
    yTitle: 'success rate',
    xLog: true,
    yDomain: [0, 1],
    yReference: [0.5],
    ...axes,
  } as const;
  const has = (kind: string): boolean => rows.some((row) => row['kind'] === kind);
  const plot = pointsWithFit(series, has('fit'));
  return has('crossing') ? crossings(plot, series, `${series.x}Low`, `${series.x}High`) : plot;
}
