/**
 * Figures of the results of a boundary's searches: the rate with its fit and its crossing, and the crossings along an
 * axis.
 */
import type { RisingFit } from '../../statistics/placement.js';
import { crossings, lineWithBars, pointsWithFit } from '../plots.js';
import type { Series } from '../plots/axes.js';
import type { CellSummary, Figure, FigureMaker, FigureRow } from '../spec.js';
import { axesOf, crossedBy } from './findings.js';
import { isNamed, lineLabel, place, pointsOf } from './points.js';
import type { BoundarySpec, StudySpec } from './spec.js';
import { thresholds } from './thresholds.js';
import { measureTitle, sentence, settingTitle } from './titles.js';

/** Points of a fitted curve. */
const CURVE_POINTS = 60;

export function boundaryFigures(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[]): FigureMaker[] {
  const x = axesOf(spec).find((name) => !isNamed(name));
  return [
    ...(pointsOf(spec, cells).length === 0 ? [] : [() => fitFigure(spec, boundary, cells)]),
    ...(x === undefined ? [] : [() => crossingFigure(spec, boundary, cells, x)]),
  ];
}

/** The rate against n, the curve fitted to it, and the crossing of the curve with the level. */
function fitFigure(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[]): Figure {
  const names = axesOf(spec);
  const { measure, level } = boundary;
  const [points, crossed] = [pointsOf(spec, cells), crossedBy(spec, boundary, cells)];
  const rows: FigureRow[] = [
    ...points.map((point): FigureRow => {
      const { value, low, high } = point.cell.measures[measure];
      return {
        kind: 'point',
        n: Number(point.settings['n']),
        line: lineLabel(names, point),
        trials: point.cell.trials,
        value,
        low,
        high,
      };
    }),
    ...crossed.flatMap(({ fit, tried, ...one }) =>
      fit === undefined
        ? []
        : curveOf(fit, tried, level).map(([n, value]) => ({ kind: 'fit', n, line: lineLabel(names, one), value })),
    ),
    ...crossed
      .filter(({ n }) => Number.isFinite(n.value))
      .map(({ n, ...one }) => ({
        kind: 'crossing',
        n: n.value,
        line: lineLabel(names, one),
        value: level,
        nLow: n.low,
        nHigh: n.high,
      })),
  ];
  const series = {
    x: 'n',
    y: 'value',
    low: 'low',
    high: 'high',
    xTitle: 'sample size n',
    yTitle: measureTitle(measure),
    xLog: true,
    yDomain: [0, 1],
    yReference: [level],
    ...colours(names, rows),
  } as const;
  const plot = pointsWithFit(
    series,
    rows.some(({ kind }) => kind === 'fit'),
  );
  return {
    name: 'study-fit',
    title: `${sentence(measureTitle(measure))} against sample size n, and where it crosses ${level}`,
    caption: `Points: ${measure} with confidence sequences.${thresholds([measure], points)} Curves: maximum-likelihood logistic fits on log n. Diamonds: where they cross ${level} (dashed), with the interval of n.`,
    rows,
    spec: rows.some(({ kind }) => kind === 'crossing') ? crossings(plot, series, 'nLow', 'nHigh') : plot,
  };
}

function curveOf({ crossing, slope }: RisingFit, tried: readonly number[], level: number): [number, number][] {
  const [first, last] = [Math.log(Math.min(...tried)), Math.log(Math.max(...tried))];
  return Array.from({ length: CURVE_POINTS }, (_, i) => {
    const x = first + ((last - first) * i) / (CURVE_POINTS - 1);
    return [Math.exp(x), 1 / (1 + ((1 - level) / level) * Math.exp(-slope * (x - crossing)))];
  });
}

/** The n found by every search, against a numeric axis. */
function crossingFigure(spec: StudySpec, boundary: BoundarySpec, cells: readonly CellSummary[], x: string): Figure {
  const names = axesOf(spec).filter((name) => name !== x);
  const rows = crossedBy(spec, boundary, cells)
    .filter(({ n }) => Number.isFinite(n.value))
    .map((one): FigureRow => ({
      x: place(x, one),
      line: lineLabel(names, one),
      value: one.n.value,
      low: one.n.low,
      high: one.n.high,
    }));
  return {
    name: 'study-boundary',
    title: `n at ${measureTitle(boundary.measure)} ${boundary.level} against ${settingTitle(x)}`,
    caption: `n at which ${boundary.measure} is ${boundary.level}, by maximum-likelihood logistic regression on log n. Bars: profile-likelihood intervals, widened so that they cover 95 % where the search ended.`,
    rows,
    spec: lineWithBars({
      x: 'x',
      y: 'value',
      low: 'low',
      high: 'high',
      xTitle: settingTitle(x),
      yTitle: 'sample size n',
      xLog: rows.every((row) => Number(row['x']) > 0),
      yLog: true,
      ...colours(names, rows),
    }),
  };
}

function colours(
  names: readonly string[],
  rows: readonly FigureRow[],
): Pick<Series, 'colour' | 'colourTitle' | 'colourOrder'> {
  if (names.length === 0) return {};
  const colourOrder = [...new Set(rows.flatMap(({ line }) => (line === null ? [] : [line])))];
  return { colour: 'line', colourTitle: names.join(', '), colourOrder };
}
