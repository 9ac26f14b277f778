/** Two measures against each other, a point for each cell or for each trial. */
import { facets } from '../plots.js';
import { scatter } from '../plots/scatter.js';
import { intervalKind, measureNamed } from './shown.js';
import type { Figure, FigureRow } from '../spec.js';
import { trialNumbers } from './figureNumbers.js';
import { label, panelLabel, varied, type Point } from './points.js';
import { titleIn } from './repeated.js';
import { scaleOf } from './scales.js';
import type { FigureSpec, StudySpec } from './spec.js';
import { sentence } from './titles.js';

/** The most trials of a cell that are drawn. */
const MOST = 500;

export function scatterFigure(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Omit<Figure, 'name'> {
  const { measure = '', against = '', facet, colour = varied(spec).find((name) => name !== facet) } = figure;
  const ofTrials = figure.points === 'trials';
  const where = (point: Point): FigureRow => ({
    ...(colour === undefined ? {} : { line: label(colour, point) }),
    ...(facet === undefined ? {} : { panel: panelLabel([facet], point) }),
    cell: panelLabel(varied(spec), point),
  });
  const rows = points.flatMap((point) =>
    (ofTrials ? trialRows(point, against, measure) : [cellRow(point, against, measure)]).map((row) => ({
      ...where(point),
      ...row,
    })),
  );
  const title = (name: string): string => (ofTrials ? name : titleIn(spec, name));
  const ends = (low: string, high: string): number[] => [...numbers(rows, low), ...numbers(rows, high)];
  const plot = scatter(
    {
      x: 'x',
      y: 'value',
      low: 'low',
      high: 'high',
      xTitle: title(against),
      yTitle: title(measure),
      ...scaleOf('x', numbers(rows, 'x'), figure.xLog, false, ends('xLow', 'xHigh')),
      ...scaleOf('y', numbers(rows, 'value'), figure.yLog, false, ends('low', 'high')),
      ...(colour === undefined ? {} : { colour: 'line', colourTitle: colour }),
    },
    !ofTrials,
  );
  const panels = [...new Set(rows.flatMap((row: FigureRow) => row['panel'] ?? []))];
  return {
    title: figure.title ?? `${ofTrials ? measure : sentence(title(measure))} against ${title(against)}`,
    caption: ofTrials
      ? `A point for each trial: ${measure} against ${against}; at most ${MOST} trials of a cell.`
      : `A point for each cell: ${described(spec, measure)}; ${described(spec, against)}.`,
    rows,
    spec: facet === undefined ? plot : facets(plot, 'panel', panels),
  };
}

function described(spec: StudySpec, name: string): string {
  const measure = measureNamed(spec, name);
  return `${name}, the ${measure.description}, with ${intervalKind(measure, spec)}`;
}

function cellRow({ cell }: Point, against: string, measure: string): FigureRow {
  const [x, y] = [cell.measures[against], cell.measures[measure]];
  return { trials: cell.trials, x: x.value, xLow: x.low, xHigh: x.high, value: y.value, low: y.low, high: y.high };
}

/** The trials that have both numbers. */
function trialRows(point: Point, against: string, measure: string): FigureRow[] {
  const [xs, ys] = [trialNumbers(point, against), trialNumbers(point, measure)];
  return [...xs]
    .slice(0, MOST)
    .map(([trial, x]): FigureRow => ({ trial, x, value: ys.get(trial) ?? Number.NaN }))
    .filter((row) => !Number.isNaN(row['x']) && !Number.isNaN(row['value']));
}

function numbers(rows: readonly FigureRow[], field: string): number[] {
  return rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
}
