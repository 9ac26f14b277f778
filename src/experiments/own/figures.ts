/** The figures that a study's file asks for. */
import { refuse } from '../../base/errors.js';
import { cellRows } from '../common/cellRows.js';
import { trialCounts } from '../common/counts.js';
import { bandRows, categoryBars, facets, lineWithBars, mapWidth, ordinalMap, percentileBands } from '../plots.js';
import type { Series, Spec } from '../plots/axes.js';
import type { CellSummary, Figure, FigureMaker, FigureRow, Measure } from '../spec.js';
import { CURVE_NAMES, isShare, STUDY_CURVES } from './measures.js';
import { nestedLoopFigure } from './nestedLoopFigure.js';
import { pairedFigure } from './pairedFigure.js';
import { scatterFigure } from './scatterFigure.js';
import { stackedFigure } from './stackedFigure.js';
import { isNamed, lineLabel, lineNames, panelLabel, place, pointsOf, varied, type Point } from './points.js';
import { scaleOf, spansDecade } from './scales.js';
import { intervalKind, measureNamed } from './shown.js';
import type { FigureSpec, StudySpec } from './spec.js';
import { ownFigure } from './vegaLite.js';
import { zipFigure } from './zipFigure.js';
import { thresholds } from './thresholds.js';
import { aboutRepeated, titleIn } from './repeated.js';
import { sentence, settingTitle } from './titles.js';

/** All figures that can be drawn. There is none if no cell has trials. */
export function studyFigures(spec: StudySpec, cells: readonly CellSummary[]): FigureMaker[] {
  const points = pointsOf(spec, cells);
  if (points.length === 0) return [];
  const wanted = spec.figures.length > 0 ? spec.figures : [usualFigure(spec)];
  return wanted.map((figure, at) => () => {
    const drawn = DRAW[figure.kind](spec, figure, points);
    const caption = aboutRepeated(spec, drawn.caption);
    const isEmpty = figure.kind !== 'vega-lite' && !drawn.rows.some(isShown);
    return { name: `study-fig${at + 1}`, ...drawn, caption, rows: isEmpty ? [] : drawn.rows };
  });
}

/**
 * Whether a row has something to show: a value, which may be infinite, or the median of a band after the start. A log
 * axis cannot show the start.
 */
function isShown({ value, p50, at, share, estimate }: FigureRow): boolean {
  return (
    (typeof value === 'number' && !Number.isNaN(value)) ||
    Number.isFinite(share) ||
    Number.isFinite(estimate) ||
    (Number.isFinite(p50) && at !== 0)
  );
}

/**
 * The default figure: the first measure against the first numeric axis. If no setting varies, it shows the error over
 * the iterations.
 */
export function usualFigure(spec: StudySpec): FigureSpec {
  const { boundary, precision, measures } = spec;
  const axes = varied(spec);
  const x = axes.find((name) => name === 'n') ?? axes.find((name) => !isNamed(name)) ?? axes.at(0);
  if (x === undefined) return { kind: 'bands', measure: 'error' };
  const colour = axes.find((name) => name !== x);
  const measure = boundary?.measure ?? measures[0] ?? precision?.measure ?? 'recoveryRate';
  return {
    kind: 'line',
    measure,
    x,
    ...(colour === undefined ? {} : { colour }),
    ...(boundary === undefined ? {} : { xLog: true }),
  };
}

/** The number of lines that fit into a plot and that a reader can distinguish. */
const MOST_LINES = 8;

/** The settings of a figure that distinguish its lines, and those that make panels. */
interface Split {
  readonly lines: readonly string[];
  readonly panels: readonly string[];
}

type Drawn = Omit<Figure, 'name'>;
type Draw = (spec: StudySpec, figure: FigureSpec, points: readonly Point[]) => Drawn;

const DRAW: Readonly<Record<FigureSpec['kind'], Draw>> = {
  line: line,
  'heat-map': map,
  bands: bands,
  stacked: stackedFigure,
  'nested-loop': nestedLoopFigure,
  zip: zipFigure,
  difference: pairedFigure,
  scatter: scatterFigure,
  'vega-lite': ownFigure,
};

function axisOf(name: string | undefined, which: string): string {
  return name ?? refuse(`${which} of a figure`, 'given: an axis of the grid, or an expression in its settings', name);
}

function line(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Drawn {
  const measure = measureNamed(spec, figure.measure);
  const x = axisOf(figure.x, 'x');
  const split = splitOf(spec, figure, points);
  const rows = points.map((point): FigureRow => {
    const { value, low, high } = point.cell.measures[measure.name];
    return {
      x: place(x, point),
      line: lineLabel(split.lines, point),
      ...panelOf(split, point),
      trials: point.cell.trials,
      value,
      low,
      high,
    };
  });
  const what = {
    title: figure.title ?? `${sentence(titleIn(spec, measure.name))} against ${settingTitle(x)}`,
    caption: `${sentence(measure.description)}; ${described(spec, points)}. Bars: ${intervalKind(measure, spec)}.${thresholds([measure.name], points)}`,
    rows,
    cells: points.map(({ cell }) => cell.settings),
  };
  if (isNamed(x)) return { ...what, spec: categories(spec, split, measure, x, rows) };
  const axes = {
    x: 'x',
    y: 'value',
    low: 'low',
    high: 'high',
    xTitle: settingTitle(x),
    yTitle: titleIn(spec, measure.name),
    ...scaleOf('x', numbersOf(rows, 'x'), figure.xLog),
    ...scaleOf('y', numbersOf(rows, 'value'), figure.yLog, isShare(measure), [
      ...numbersOf(rows, 'low'),
      ...numbersOf(rows, 'high'),
    ]),
    ...colours(split, rows),
  };
  return { ...what, spec: panels(split, lineWithBars(axes), rows) };
}

function categories(
  spec: StudySpec,
  { lines: names, panels: split }: Split,
  measure: Measure,
  x: string,
  rows: readonly FigureRow[],
): Spec {
  const { yDomain } = scaleOf('y', numbersOf(rows, 'value'), false, isShare(measure), [
    ...numbersOf(rows, 'low'),
    ...numbersOf(rows, 'high'),
  ]);
  return categoryBars({
    category: 'x',
    categoryTitle: settingTitle(x),
    series: names.length > 0 ? 'line' : 'x',
    seriesTitle: names.length > 0 ? names.join(', ') : x,
    value: 'value',
    valueTitle: titleIn(spec, measure.name),
    low: 'low',
    high: 'high',
    ...(yDomain === undefined ? {} : { valueDomain: yDomain }),
    ...(split.length === 0 ? {} : { facet: 'panel', facetOrder: valuesOf(rows, 'panel') }),
  });
}

function map(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Drawn {
  const measure = measureNamed(spec, figure.measure);
  const [x, y] = [axisOf(figure.x, 'x'), axisOf(figure.y, 'y')];
  // A map has no lines. Settings that it does not show make panels.
  const split = [...(figure.facet === undefined ? [] : [figure.facet]), ...lineNames(spec, figure)];
  const rows = withEmptyTiles(
    points.map((point): FigureRow => ({
      x: place(x, point),
      y: place(y, point),
      panel: panelLabel(split, point),
      trials: point.cell.trials,
      ...point.cell.measures[measure.name],
    })),
  );
  const values = numbersOf(rows, 'value');
  const log = !isShare(measure) && spansDecade(values);
  const tiles = ordinalMap({
    x: 'x',
    y: 'y',
    value: 'value',
    xTitle: settingTitle(x),
    yTitle: settingTitle(y),
    valueTitle: titleIn(spec, measure.name),
    log,
    xNames: isNamed(x),
    yNames: isNamed(y),
    xLevels: valuesOf(rows, 'x').length,
    yLevels: valuesOf(rows, 'y').length,
    darkAbove: isShare(measure) ? 0.5 : middle(values, log),
    ...(isShare(measure) ? { valueDomain: [0, 1] as const } : {}),
  });
  return {
    title: figure.title ?? `${sentence(titleIn(spec, measure.name))} over ${settingTitle(x)} and ${settingTitle(y)}`,
    caption: `${sentence(measure.description)}; ${described(spec, points)}. The intervals of the tiles are in the table.${thresholds([measure.name], points)}`,
    rows,
    cells: points.map(({ cell }) => cell.settings),
    spec:
      split.length > 0 ? facets(tiles, 'panel', valuesOf(rows, 'panel'), mapWidth(valuesOf(rows, 'x').length)) : tiles,
  };
}

/** The rows of a map, and a row without a value for every place without a cell that has trials. */
function withEmptyTiles(rows: readonly FigureRow[]): FigureRow[] {
  const keyOf = ({ x, y, panel }: FigureRow): string => JSON.stringify([panel, x, y]);
  const seen = new Set(rows.map(keyOf));
  const [xs, ys] = [valuesOf(rows, 'x'), valuesOf(rows, 'y')];
  const places = valuesOf(rows, 'panel').flatMap((panel) => ys.flatMap((y) => xs.map((x) => ({ x, y, panel }))));
  return [...rows, ...places.filter((at) => !seen.has(keyOf(at))).map((at) => ({ ...at, trials: 0, value: null }))];
}

function bands(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Drawn {
  const curve =
    STUDY_CURVES.find(({ name }) => name === figure.measure) ??
    refuse('the measure of a figure of bands', `one of ${CURVE_NAMES.join(', ')}`, figure.measure);
  const split = splitOf(spec, figure, points);
  const made = points.map((point) => ({
    settings: point.cell.settings,
    rows: bandRows(point.cell.curves?.[curve.name], { line: lineLabel(split.lines, point), ...panelOf(split, point) }),
  }));
  const { rows, cells } = cellRows(made, (one) => one.rows.map(finiteRow));
  const medians = rows.flatMap((row) => (typeof row['p50'] === 'number' ? [row['p50']] : []));
  const axes = {
    x: 'at',
    xTitle: 'iteration',
    yTitle: titleIn(spec, curve.name),
    xLog: figure.xLog ?? true,
    yLog: figure.yLog ?? spansDecade(medians),
    ...colours(split, rows),
  };
  return {
    title: figure.title ?? `${sentence(titleIn(spec, curve.name))} over the iterations`,
    caption: `${sentence(curve.description)} of the first start; ${described(spec, points)}. Lines: median over training sets; bands: 25th to 75th and 5th to 95th percentile.`,
    rows,
    cells,
    spec: panels(split, percentileBands(axes), rows),
  };
}

function finiteRow(row: FigureRow): FigureRow {
  const isFinite = (value: FigureRow[string]): boolean => typeof value !== 'number' || Number.isFinite(value);
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, isFinite(value) ? value : null]));
}

/**
 * If all settings together would make too many lines, only the first setting distinguishes lines, and the others make
 * panels.
 */
function splitOf(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Split {
  const names = lineNames(spec, figure);
  const facet = figure.facet === undefined ? [] : [figure.facet];
  const isCrowded = new Set(points.map((point) => lineLabel(names, point))).size > MOST_LINES;
  return isCrowded
    ? { lines: names.slice(0, 1), panels: [...facet, ...names.slice(1)] }
    : { lines: names, panels: facet };
}

function panelOf({ panels: names }: Split, point: Point): FigureRow {
  return names.length === 0 ? {} : { panel: panelLabel(names, point) };
}

function panels({ panels: names }: Split, plot: Spec, rows: readonly FigureRow[]): Spec {
  return names.length === 0 ? plot : facets(plot, 'panel', valuesOf(rows, 'panel'));
}

function colours({ lines }: Split, rows: readonly FigureRow[]): Pick<Series, 'colour' | 'colourTitle' | 'colourOrder'> {
  if (lines.length === 0) return {};
  return { colour: 'line', colourTitle: lines.join(', '), colourOrder: valuesOf(rows, 'line') };
}

/**
 * The distinct values of a field. Numbers are in ascending order. Names are in the order of the rows, which is the
 * order of the file.
 */
function valuesOf(rows: readonly FigureRow[], field: string): (string | number)[] {
  const values = [...new Set(rows.map((row) => row[field]))].filter((value) => value !== null);
  return values.every((value) => typeof value === 'number') ? values.toSorted((a, b) => a - b) : values;
}

/** The settings that the file fixes, and the number of trials behind a point. */
function described({ grid }: StudySpec, points: readonly Point[]): string {
  const fixed = Object.entries(grid)
    .filter(([, values]) => values.length === 1)
    .map(([name, [value]]) => `${name} = ${value}`);
  const starts = new Set(points.map(({ settings }) => settings['starts']));
  const each =
    starts.size === 1 && !starts.has(1) && grid['starts'] === undefined
      ? `, ${String([...starts][0])} starts on each`
      : '';
  return [...fixed, `${trialCounts(points.map(({ cell }) => cell))} training sets per point${each}`].join(', ');
}

function numbersOf(rows: readonly FigureRow[], field: string): number[] {
  return rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
}

function middle(values: readonly number[], log: boolean): number {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return log ? Math.sqrt(low * high) : (low + high) / 2;
}
