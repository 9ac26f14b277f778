/** The figures of gao2018-fig3. */
import { cellRows } from '../../common/cellRows.js';
import { wordsOf } from '../../../base/vocabulary.js';
import type { Estimate, Interval } from '../../../statistics/estimate.js';
import { trialCounts } from '../../common/counts.js';
import { bandRows, categoryBars, lineWithBars } from '../../plots.js';
import type { Figure, FigureMaker, FigureRow } from '../../spec.js';
import { errorBands, firstErrorBands, onLogAxes, onLogAxis, publishedRows, SMALLEST_SHOWN } from './curves.js';
import { cellOf, ENDS, NAMES, type Fig3Values, type PlaceSummary } from './fig3Settings.js';
import { GAO_LOSSES } from './losses.js';
import { PUBLISHED_FIG3 } from './published.js';
import type { GaoTeacher } from './regression.js';

/** The number of steps in the left panel of the figure. */
const FIRST_STEPS = 500;

export function figures(all: readonly PlaceSummary[], values: Fig3Values): FigureMaker[] {
  const { teacher: teachers } = values;
  return [
    ...teachers.flatMap((teacher) => curveFigures(all, values, teacher)),
    ...teachers.map((teacher) => () => endsFigure(all, values, teacher)),
    () => coveredFigure(all, values),
  ];
}

/** `shown`: the rows of a curve that a figure shows. */
function bandsOf(
  all: readonly PlaceSummary[],
  teacher: GaoTeacher,
  shown: (rows: readonly FigureRow[]) => readonly FigureRow[],
): ReturnType<typeof cellRows> {
  const cells = GAO_LOSSES.flatMap((loss) => cellOf(all, teacher, loss) ?? []);
  const own = cellRows(cells, ({ settings: { loss }, curves }) =>
    shown(bandRows(curves?.['parameterError'], { line: NAMES[loss] })),
  );
  if (teacher !== 'identity') return own;
  const published = wordsOf(PUBLISHED_FIG3).filter((loss) => cellOf(all, teacher, loss) !== undefined);
  const runs = published.flatMap((loss) =>
    shown(publishedRows(PUBLISHED_FIG3[loss], { line: `${NAMES[loss]}, published run` })),
  );
  return { ...own, rows: [...own.rows, ...runs] };
}

function curveFigures(all: readonly PlaceSummary[], values: Fig3Values, teacher: GaoTeacher): FigureMaker[] {
  if (bandsOf(all, teacher, (rows) => rows).rows.length === 0) return [];
  const name = teacher === 'identity' ? 'gao2018-fig3' : `gao2018-fig3-${teacher}`;
  const what = teacher === 'identity' ? 'A* = I' : 'A* a random rotation';
  const counts = `${values.inputs} inputs, d = k = ${values.d}, n = ${values.n}, ${what}, ${trialCounts(all.filter(({ settings }) => settings.teacher === teacher))} seeds per loss`;
  const bands = `Lines: median of e(A) over seeds; bands: 25th to 75th and 5th to 95th percentile; ${counts}.${teacher === 'identity' ? ' Published: one run each at d = k = 50, n = 8192.' : ''}`;
  return [
    () => ({
      name,
      title: `Parameter error of three losses, ${what}`,
      caption: bands,
      ...bandsOf(all, teacher, onLogAxes),
      spec: errorBands('line', 'loss'),
    }),
    () => ({
      name: `${name}-first`,
      title: `Parameter error over the first ${FIRST_STEPS} steps, ${what}`,
      caption: bands,
      ...bandsOf(all, teacher, (rows) => onLogAxis(rows).filter((row) => Number(row['at']) <= FIRST_STEPS)),
      spec: firstErrorBands('line', 'loss'),
    }),
  ];
}

/** The ends of the descents, as percentiles over seeds. A single run says nothing about G. */
function endsFigure(all: readonly PlaceSummary[], values: Fig3Values, teacher: GaoTeacher): Figure {
  const own = all.filter(({ settings, trials }) => settings.teacher === teacher && trials > 0);
  const shown = cellRows(own, ({ settings, trials, measures }) =>
    ENDS.map((percent) => ({
      percent,
      trials,
      line: NAMES[settings.loss],
      ...floored(measures[`errorPercentile${percent}`]),
    })),
  );
  const what = teacher === 'identity' ? 'A* = I' : 'A* a random rotation';
  return {
    name: teacher === 'identity' ? 'gao2018-fig3-ends' : `gao2018-fig3-${teacher}-ends`,
    title: `Distribution of the parameter error at the end, ${what}`,
    caption: `Percentiles over seeds of e(A) after ${values.iterations} steps; d = k = ${values.d}, n = ${values.n}, ${trialCounts(own)} seeds per loss. Bars: 95 % order-statistic intervals; an arrow is an end that so few seeds cannot bound.${teacher === 'identity' ? ' The published run of G (d = k = 50, n = 8192) ended at 0.459.' : ''}`,
    ...shown,
    spec: lineWithBars({
      x: 'percent',
      y: 'value',
      low: 'low',
      high: 'high',
      colour: 'line',
      colourTitle: 'loss',
      xTitle: 'percentile over seeds',
      yTitle: 'parameter error e(A) at the end',
      yLog: true,
    }),
  };
}

/** The share of the teacher that is found, which e(A) does not show. */
function coveredFigure(all: readonly PlaceSummary[], values: Fig3Values): Figure {
  const rows = all
    .filter(({ trials }) => trials > 0)
    .map(
      ({
        settings,
        trials,
        measures: {
          covered: { value, low, high },
        },
      }) => ({ loss: NAMES[settings.loss], teacher: settings.teacher, trials, value, low, high }),
    );
  return {
    name: 'gao2018-fig3-covered',
    title: 'Share of the teacher that is found at the end',
    caption: `Mean share of the rows of A* that some row of A is, with a cosine of at least 0.9, after ${values.iterations} steps; d = k = ${values.d}, n = ${values.n}, ${trialCounts(all)} seeds per loss. Bars: 95 % intervals.`,
    rows,
    spec: categoryBars({
      category: 'loss',
      categoryTitle: 'loss',
      series: 'teacher',
      seriesTitle: 'teacher',
      value: 'value',
      valueTitle: 'share of A* found',
      low: 'low',
      high: 'high',
      valueDomain: [0, 1],
    }),
  };
}

function floored({ value, low, high }: Estimate): Interval {
  const at = (x: number): number => Math.max(x, SMALLEST_SHOWN);
  return { value: at(value), low: at(low), high: at(high) };
}
