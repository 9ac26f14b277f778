/** The figure of a paired difference: its estimate against x, over the differences of the single training sets. */
import { refuse } from '../../base/errors.js';
import { known } from '../../statistics/spread.js';
import { statisticOf } from '../../statistics/named.js';
import { facets } from '../plots.js';
import { pairedPoints } from '../plots/pairedPoints.js';
import type { Figure, FigureRow } from '../spec.js';
import { methodsText, pairedDifferences, type PairedDifference } from './differences.js';
import { isNamed, lineLabel, panelLabel, place, varied, type Point, type Written } from './points.js';
import { aboutRepeated } from './repeated.js';
import { resolvePoint } from './grid.js';
import { scaleOf } from './scales.js';
import { isSequential } from './shown.js';
import type { FigureSpec, StudySpec } from './spec.js';
import { sentence, settingTitle } from './titles.js';

/** The most differences of single training sets that are drawn at one place. */
const MOST = 200;

export function pairedFigure(spec: StudySpec, figure: FigureSpec, points: readonly Point[]): Omit<Figure, 'name'> {
  const { measure = '', x = '', colour, facet } = figure;
  const difference = spec.differences?.[measure] ?? refuse('the measure of a figure', 'a paired difference', measure);
  const pairs = pairedDifferences(
    spec,
    measure,
    points.map(({ cell }) => cell),
  );
  const others = varied(spec).filter((name) => !Object.hasOwn(difference.between, name) && ![x, facet].includes(name));
  const lines = [...new Set([...(colour === undefined ? [] : [colour]), ...others])];
  const yDomain = domainOf(pairs);
  const all = pairs.flatMap((one) =>
    rowsOf(one, (at) => ({
      x: place(x, at),
      ...(lines.length === 0 ? {} : { line: lineLabel(lines, at) }),
      ...(facet === undefined ? {} : { panel: panelLabel([facet], at) }),
    })),
  );
  const isWithin = ({ kind, value }: FigureRow): boolean =>
    kind === 'point' || (Number(value) >= yDomain[0] && Number(value) <= yDomain[1]);
  const rows = all.filter(isWithin);
  const beyond = all.length - rows.length;
  const counts = pairs.map(({ values }) => known(values).length);
  const { interval, words } = statisticOf(difference.statistic, 'statistic');
  const sets = aboutRepeated(spec, 'training set');
  const plot = pairedPoints({
    x: 'x',
    xTitle: settingTitle(x),
    xNames: isNamed(x),
    isPanel: facet !== undefined,
    yDomain,
    yTitle: words(`the difference of ${difference.of}`),
    ...scaleOf('x', numbers(rows, 'x'), figure.xLog),
    ...(lines.length === 0 ? {} : { colour: 'line', colourTitle: lines.join(', ') }),
  });
  const panels = [...new Set(rows.flatMap(({ panel }) => panel ?? []))];
  return {
    title: figure.title ?? `${measure}: ${methodsText(difference)}`,
    caption: `${sentence(words(`the difference of ${difference.of}`))}, ${methodsText(difference)}, on the same ${sets}s; ${range(counts)} pairs per point. Bars: ${isSequential(spec) ? '95 % confidence sequences' : interval}. Pale points: the differences of single ${sets}s, at most ${MOST} at a place${beyond === 0 ? '' : `; ${beyond} lie beyond the axis`}.`,
    rows,
    spec: facet === undefined ? plot : facets(plot, 'panel', panels),
  };
}

/** The estimate of a pair, and the differences of its first training sets. */
function rowsOf({ pair, values, estimate }: PairedDifference, at: (where: Written) => FigureRow): FigureRow[] {
  const where = at({ written: pair.written, settings: resolvePoint(pair.first) });
  const { value, low, high, pairs } = estimate;
  const singles = known(values).subarray(0, MOST);
  return [
    { ...where, kind: 'point', value, low, high, trials: Number(pairs) },
    ...Array.from(singles, (single) => ({ ...where, kind: 'single', value: single })),
  ];
}

/** Zero, all intervals, and all but the outer tenth of the differences of single training sets. */
function domainOf(pairs: readonly PairedDifference[]): readonly [number, number] {
  const singles = pairs.flatMap(({ values }) => [...known(values)]).toSorted((a, b) => a - b);
  const at = (share: number): number[] =>
    singles.length === 0 ? [] : [singles[Math.floor(share * (singles.length - 1))]];
  const ends = pairs.flatMap(({ estimate: { value, low, high } }) => [value, low, high]);
  const shown = [0, ...ends, ...at(0.05), ...at(0.95)].filter(Number.isFinite);
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  return least < most ? [least, most] : [-1, 1];
}

function range(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least}–${most}`;
}

function numbers(rows: readonly FigureRow[], field: string): number[] {
  return rows.flatMap((row) => (typeof row[field] === 'number' ? [row[field]] : []));
}
