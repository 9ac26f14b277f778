/**
 * The figures of a user's own experiment: one for every measure against the first setting that varies, and one for
 * every curve.
 */
import { cellRows } from '../experiments/common/cellRows.js';
import { trialCounts } from '../experiments/common/counts.js';
import { bandRows, categoryBars, lineWithBars, percentileBands } from '../experiments/plots.js';
import type { Spec } from '../experiments/plots/axes.js';
import type { CellSummary, FigureMaker, FigureRow } from '../experiments/spec.js';
import { scaleOf, spansDecade } from '../experiments/own/scales.js';
import type { AnyDefinition, OwnCurve, OwnMeasure } from './own.js';
import { statisticOf } from '../statistics/named.js';

/** `prefix`: the first part of the figures' names. */
export function ownFigures(
  { measures, curves = [] }: AnyDefinition,
  prefix: string,
  cells: readonly CellSummary[],
): FigureMaker[] {
  const seen = cells.filter(({ trials }) => trials > 0);
  if (seen.length === 0) return [];
  const makers = [
    ...measures.map((measure) => (name: string) => measureFigure(name, measure, seen)),
    ...curves.map((curve) => (name: string) => curveFigure(name, curve, seen)),
  ];
  return makers.map((make, at) => () => make(`${prefix}-fig${at + 1}`));
}

/** The settings that have several values, numeric settings first. */
function varied(cells: readonly CellSummary[]): string[] {
  const names = [...new Set(cells.flatMap(({ settings }) => Object.keys(settings)))].filter(
    (name) => new Set(cells.map(({ settings }) => settings[name])).size > 1,
  );
  const isNumber = (name: string): boolean => cells.every(({ settings }) => typeof settings[name] === 'number');
  return [...names.filter(isNumber), ...names.filter((name) => !isNumber(name))];
}

function lineOf({ settings }: CellSummary, names: readonly string[]): string {
  return names.map((name) => `${name} = ${settings[name] ?? '–'}`).join(', ');
}

function measureFigure(
  name: string,
  { name: measure, description, statistic }: OwnMeasure,
  cells: readonly CellSummary[],
): ReturnType<FigureMaker> {
  const [x, ...others] = varied(cells);
  const rows = cells.map((cell): FigureRow => {
    const { value, low, high } = cell.measures[measure];
    return {
      x: x === undefined ? 'all trials' : (cell.settings[x] ?? null),
      line: lineOf(cell, others),
      trials: cell.trials,
      value,
      low,
      high,
    };
  });
  const caption = `${description}; ${trialCounts(cells)} trials per point. Bars: ${statisticOf(statistic, measure).interval}.`;
  return {
    name,
    title: x === undefined ? measure : `${measure} against ${x}`,
    caption,
    rows,
    spec: measurePlot(measure, x, others, rows),
  };
}

function measurePlot(
  measure: string,
  x: string | undefined,
  others: readonly string[],
  rows: readonly FigureRow[],
): Spec {
  if (x === undefined || rows.some((row) => typeof row['x'] !== 'number')) {
    const series = others.length > 0 ? 'line' : 'x';
    return categoryBars({
      category: 'x',
      categoryTitle: x ?? '',
      series,
      seriesTitle: others.join(', ') || (x ?? ''),
      value: 'value',
      valueTitle: measure,
      low: 'low',
      high: 'high',
    });
  }
  return lineWithBars({
    x: 'x',
    y: 'value',
    low: 'low',
    high: 'high',
    xTitle: x,
    yTitle: measure,
    ...scaleOf('x', numbersOf(rows, 'x'), undefined),
    ...scaleOf('y', numbersOf(rows, 'value'), undefined, false, [
      ...numbersOf(rows, 'low'),
      ...numbersOf(rows, 'high'),
    ]),
    ...(others.length === 0
      ? {}
      : {
          colour: 'line',
          colourTitle: others.join(', '),
          colourOrder: [...new Set(rows.map((row) => String(row['line'])))],
        }),
  });
}

function curveFigure(
  name: string,
  { name: curve, at, description }: OwnCurve,
  cells: readonly CellSummary[],
): ReturnType<FigureMaker> {
  const names = varied(cells);
  const shown = cellRows(cells, (cell) => bandRows(cell.curves?.[curve], { line: lineOf(cell, names) }));
  const { rows } = shown;
  const positions = numbersOf(rows, 'at');
  const spec = percentileBands({
    x: 'at',
    xTitle: at,
    yTitle: curve,
    xLog: false,
    yLog: spansDecade(numbersOf(rows, 'p50')),
    ...(positions.length > 0 ? {} : { xDomain: [0, 1] as const }),
    ...(names.length === 0
      ? {}
      : {
          colour: 'line',
          colourTitle: names.join(', '),
          colourOrder: [...new Set(rows.map((row) => String(row['line'])))],
        }),
  });
  return {
    name,
    title: `${curve} over ${at}`,
    caption: `${description}; ${trialCounts(cells)} trials per line. Lines: median; bands: 25th to 75th and 5th to 95th percentile.`,
    ...shown,
    spec,
  };
}

function numbersOf(rows: readonly FigureRow[], field: string): number[] {
  return rows.flatMap((row) => (typeof row[field] === 'number' && Number.isFinite(row[field]) ? [row[field]] : []));
}
