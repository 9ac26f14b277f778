/** Figures of how starts end. */
import { SET_CLASSES, START_CLASSES, type SetClass, type StartClass } from '../../core/outcomes/classes.js';
import { cellRows } from './cellRows.js';
import { trialCounts } from './counts.js';
import { setRate, startMeasure } from './outcomes.js';
import { facets, lineWithBars, stackedShares } from '../plots.js';
import type { SampleCell } from './sampleGrid.js';
import type { CellSummary, FigureMaker, FigureRow } from '../spec.js';

/**
 * Blue: minima; grey: no common answer; red: none. Colour-blind readers can distinguish the colours. In this order they
 * go from dark to light to warm.
 */
const SET_COLOURS: Readonly<Record<SetClass, string>> = {
  'one-minimum-near': '#0072B2',
  'one-minimum-elsewhere': '#56B4E9',
  'several-minima': '#E69F00',
  mixed: '#BBBBBB',
  runaway: '#D55E00',
};
const START_COLOURS: Readonly<Record<StartClass, string>> = {
  recovered: '#0072B2',
  'other-minimum': '#56B4E9',
  saddle: '#CC79A7',
  runaway: '#D55E00',
  cap: '#BBBBBB',
  diverged: '#000000',
};

/** A class of a stack and the measure that gives its share. */
export interface MeasuredClass {
  readonly title: string;
  readonly colour: string;
  readonly measure: string;
}

/** The classes of a stack, from bottom to top, each with the measure that gives its share. */
export const SET_STACK: readonly MeasuredClass[] = SET_CLASSES.map(({ name, title }) => ({
  title,
  colour: SET_COLOURS[name],
  measure: setRate(name),
}));
export const START_STACK: readonly MeasuredClass[] = START_CLASSES.map(({ name, title }) => ({
  title,
  colour: START_COLOURS[name],
  measure: startMeasure(name),
}));

/** The rows of one bar: one row for each class of the stack, and no row if the classes are unknown. */
export function stackRows(cell: CellSummary<unknown>, stack: readonly MeasuredClass[], place: FigureRow): FigureRow[] {
  return stack.flatMap(({ title, measure }, order) => {
    const { value, low, high } = cell.measures[measure];
    return Number.isFinite(value) ? [{ ...place, class: title, order, share: value, low, high }] : [];
  });
}

/** What the figures of the success-rate protocol need to know about their experiment. */
export interface SpreadFigures<Cell> {
  /** the beginning of the file names of these figures */
  readonly name: string;
  /** the panel and line that a cell belongs to, e.g. `d = 20` */
  readonly seriesOf: (cell: Cell) => string;
  readonly values: { readonly K: number; readonly starts: number; readonly threshold: number };
}

/** How training sets end, against n/d, and the distance of the successes from W*. */
export function spreadFigures<Cell extends SampleCell>(
  cells: readonly Cell[],
  { name, seriesOf, values }: SpreadFigures<Cell>,
): FigureMaker[] {
  const counts = `K = ${values.K}, ${values.starts} starts on each of ${trialCounts(cells)} training sets per point`;
  const bars = stackBars(cells, seriesOf);
  const errors = successErrors(cells, seriesOf);
  const { threshold } = values;
  const series = (rows: readonly FigureRow[]): unknown[] => [...new Set(rows.map((row) => row['series']))];
  return [
    () => ({
      name: `${name}-outcomes`,
      title: 'How the starts on a training set end',
      caption: `Shares of the training sets by where their starts lead when each is polished by Newton’s method after the descent, and the share with SD_n ≤ ${threshold}, which calls a set a success where the descents stop; ${counts}.`,
      ...bars,
      // The sample sizes of the two networks hardly overlap, so each panel has its own axis.
      spec: {
        ...facets(
          stackedShares({
            xTitle: 'n/d',
            yTitle: 'share of training sets',
            classes: SET_STACK,
            lineTitle: `success: SD_n ≤ ${threshold}`,
          }),
          'series',
          series(bars.rows),
        ),
        resolve: { scale: { x: 'independent' } },
      },
    }),
    () => ({
      name: `${name}-error`,
      title: 'Distance from W* of the successes',
      caption: `Median over the training sets with SD_n ≤ ${threshold} of the mean ‖W − W*‖_F of their starts where the descents stop; ${counts}. Bars: 95 % order-statistic intervals.`,
      rows: errors,
      spec: lineWithBars({
        x: 'n',
        y: 'value',
        low: 'low',
        high: 'high',
        colour: 'series',
        colourTitle: '',
        colourOrder: series(errors) as string[],
        xTitle: 'sample size n',
        yTitle: 'distance of the successes, ‖W − W*‖',
        xLog: true,
        yLog: true,
      }),
    }),
  ];
}

type SeriesOf<Cell> = SpreadFigures<Cell>['seriesOf'];

/** How training sets end, against n/d. */
function stackBars<Cell extends SampleCell>(
  cells: readonly Cell[],
  seriesOf: SeriesOf<Cell>,
): ReturnType<typeof cellRows> {
  const perDimension = ({ settings: { d, n } }: Cell): number => Number((n / d).toPrecision(4));
  return cellRows(
    cells.filter(({ trials }) => trials > 0),
    (cell) =>
      stackRows(cell, SET_STACK, {
        series: seriesOf(cell),
        x: perDimension(cell),
        trials: cell.trials,
        line: cell.measures['successRate'].value,
      }),
  );
}

/** The distance of the successes from W*, if there are any. */
function successErrors<Cell extends SampleCell>(cells: readonly Cell[], seriesOf: SeriesOf<Cell>): FigureRow[] {
  return cells
    .map((cell): FigureRow => {
      const { value, low, high } = cell.measures['successError'];
      return { series: seriesOf(cell), n: cell.settings.n, trials: cell.trials, value, low, high };
    })
    .filter(({ value }) => Number.isFinite(value));
}
