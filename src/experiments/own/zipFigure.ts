/** Zip plots: the intervals of the trials, sorted by their distance from the truth, and how many of them cover it. */
import { normalQuantileOf } from '../../statistics/estimate.js';
import { rate } from '../../statistics/rates.js';
import { facets } from '../plots.js';
import { zip } from '../plots/zip.js';
import type { Figure, FigureRow } from '../spec.js';
import { parseExpression } from './expression.js';
import { trialNumbers } from './figureNumbers.js';
import { panelLabel, varied, type Point } from './points.js';
import type { AxisValue, FigureSpec, StudySpec } from './spec.js';

/** The most intervals of a panel: those at evenly spaced ranks. */
const MOST = 400;

/** One panel for each cell. */
export function zipFigure(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Omit<Figure, 'name'> {
  const { measure = '', error = '', truth = 0 } = figure;
  const names = varied(spec);
  const panels = points.map((point) => panelOf(panelLabel(names, point), point, { measure, error, truth }));
  const leftOut = panels.reduce((sum, panel) => sum + panel.leftOut, 0);
  const rows = panels.flatMap((panel) => panel.rows);
  const title = `${measure}, with 95 % intervals`;
  return {
    title: figure.title ?? `Coverage of ${String(truth)} by ${measure}`,
    caption: `Intervals ${measure} ± ${normalQuantileOf().toFixed(2)}·(${error}) of the trials, from the one nearest to the truth ${String(truth)} (vertical line) upwards, by the distance in standard errors. Titles: the share that covers the truth, with its 95 % Blaker interval, which the band shows; dashed: 95 %.${leftOut === 0 ? '' : ` ${leftOut} trials without an interval are left out.`}${panels.some(({ trials }) => trials > MOST) ? ` Of each panel ${MOST} intervals are drawn, at evenly spaced ranks.` : ''}`,
    rows,
    spec: {
      ...facets(zip(title), 'panel', [...new Set(panels.map(({ name }) => name))]),
      // one panel with long intervals must not press those of the others together
      resolve: { scale: { x: 'independent' } },
    },
  };
}

interface Panel {
  readonly name: string;
  readonly trials: number;
  readonly leftOut: number;
  readonly rows: readonly FigureRow[];
}

interface Words {
  readonly measure: string;
  readonly error: string;
  readonly truth: AxisValue;
}

function panelOf(cell: string, point: Point, { measure, error, truth: words }: Words): Panel {
  const truth = valueIn(words, point);
  const errors = trialNumbers(point, error);
  const all = [...trialNumbers(point, measure)].map(([trial, estimate]) => ({
    trial,
    estimate,
    error: errors.get(trial) ?? Number.NaN,
  }));
  const quantile = normalQuantileOf();
  const known = all
    .filter((one) => Number.isFinite(one.estimate) && one.error > 0 && Number.isFinite(one.error))
    .map((one) => ({ ...one, distance: Math.abs(one.estimate - truth) / one.error }))
    .toSorted((a, b) => a.distance - b.distance);
  const coverage = rate(Float64Array.from(known, ({ distance }) => (distance <= quantile ? 1 : 0)));
  const percent = (share: number): string => String(Number((100 * share).toPrecision(3)));
  const said = `${percent(coverage.value)} % [${percent(coverage.low)}–${percent(coverage.high)}]`;
  const name = [cell, known.length === 0 ? 'no intervals' : said].filter((part) => part !== '').join(': ');
  const step = Math.max(1, known.length / MOST);
  const drawn = known.filter((_, rank) => Math.floor(rank / step) !== Math.floor((rank - 1) / step));
  const rows = drawn.map(({ trial, estimate, error: own, distance }, at): FigureRow => ({
    kind: 'trial',
    panel: name,
    trial,
    rank: (100 * (at + 0.5)) / drawn.length,
    estimate,
    low: estimate - quantile * own,
    high: estimate + quantile * own,
    covers: distance <= quantile ? 'covers the truth' : 'misses the truth',
  }));
  const band = {
    kind: 'coverage',
    panel: name,
    truth,
    coverage: 100 * coverage.value,
    coverageLow: 100 * coverage.low,
    coverageHigh: 100 * coverage.high,
  };
  return {
    name,
    trials: known.length,
    leftOut: all.length - known.length,
    rows: known.length === 0 ? [] : [band, ...rows],
  };
}

/** A number, or an expression in the settings of a point. */
function valueIn(value: AxisValue, { settings }: Point): number {
  if (typeof value === 'number') return value;
  const { names, evaluate } = parseExpression(value);
  return evaluate(Object.fromEntries(names.map((name) => [name, Number(settings[name])])));
}
