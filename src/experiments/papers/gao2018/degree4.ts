import { cellRows } from '../../common/cellRows.js';
import { exact, UNKNOWN, type Estimate } from '../../../statistics/estimate.js';
import { mean } from '../../../statistics/means.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { CellSummary, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import { biasCells, biasSlope, POINT_NAMES, type BiasPlace } from './biasGrid.js';
import { DEGREE, runTrial, trialCost } from './degree4Trial.js';
import { POINTS, type PointName } from './thm1Trial.js';

const SETTINGS = {
  biasBandwidth: number({
    description: 'bandwidths h of the bias; rounding shows below about 0.03',
    list: true,
    min: 1e-2,
    max: 2,
    default: [0.4, 0.2, 0.1, 0.05],
  }),
  d: common.dimensions({ smoke: [1], quick: [1, 2], paper: [1, 2] }, { max: 2 }),
  h: number({
    description: 'bandwidths h of the variance',
    list: true,
    min: 0.05,
    max: 2,
    default: { smoke: [1], quick: [0.5, 1], paper: [0.5, 1] },
  }),
  n: common.samples({ smoke: [2000, 8000], quick: [2000, 8000, 32_000], paper: [5000, 20_000, 80_000] }, { max: 1e6 }),
  trials: common.trials({ smoke: 40, quick: 600, paper: 1500 }, 'samples per cell'),
};

type PlaceSummary = CellSummary<BiasPlace>;
type Degree4Values = Values<typeof SETTINGS>;

const LEMMA = 'gao2018, Lemma 2.1, (11)';
/** The order of the bias for a symmetric kernel: one more than p + 1 − j when p − j is even. */
function orderOf(order: number): number {
  return DEGREE + 1 - order + ((DEGREE - order) % 2 === 0 ? 1 : 0);
}

function biasClaims(all: readonly PlaceSummary[]): StatedClaim[] {
  const at = (point: PointName): PlaceSummary[] =>
    all.filter(({ settings }) => settings.n === 'population' && settings.point === point);
  // At the origin the derivatives of odd order and their estimates are 0 by symmetry.
  const slopes = POINT_NAMES.flatMap((point) =>
    [1, 2, 3, 4].filter((order) => point !== 'origin' || order % 2 === 0).map((order) => ({ point, order })),
  );
  return slopes.flatMap(({ point, order }) => {
    const place = `p = ${DEGREE}, mixture, x = (${POINTS[point].join(', ')})`;
    const bound = DEGREE + 1 - order;
    return [
      stateClaim(
        {
          id: `bias-bound-${order}-${point}`,
          source: LEMMA,
          statement: `${place}: the bias of the derivative of order j = ${order} is O(h^(p + 1 − j)): its slope in h at most 0.1 below ${bound}`,
        },
        () => biasSlope(at(point), `bias${order}`),
        { low: bound - 0.1, high: Infinity },
      ),
      stateClaim(
        {
          id: `bias-slope-${order}-${point}`,
          source: `${LEMMA} (ours: a symmetric kernel gains an order when p − j is even)`,
          statement: `${place}: the bias of the derivative of order ${order} falls as h^${orderOf(order)}: slope within ${orderOf(order)} ± 0.1`,
        },
        () => biasSlope(at(point), `bias${order}`),
        { low: orderOf(order) - 0.1, high: orderOf(order) + 0.1 },
      ),
    ];
  });
}

function scatterClaims(
  all: readonly PlaceSummary[],
  { d: dimensions, h: bandwidths, n }: Degree4Values,
): StatedClaim[] {
  const most = Math.max(...n);
  const widest = Math.max(...bandwidths);
  const sampled = all.filter(({ settings }) => settings.n !== 'population');
  return ascending(dimensions).flatMap((d) =>
    [2, 4].flatMap((order) => {
      const own = sampled.filter(({ settings }) => settings.d === d && settings.h === widest);
      const last = own.filter(({ settings }) => settings.n === most).at(-1);
      const where = `p = ${DEGREE}, N(0, I), x = 0, d = ${d}, h = ${widest}, order ${order}`;
      return [
        stateClaim(
          {
            id: `variance-${order}-d=${d}`,
            source: 'gao2018, Theorem 1 (ours: the exact variance)',
            statement: `${where}, n = ${most}: the variance is the exact one: ratio within 0.8 to 1.25`,
          },
          () => last?.measures[`ratio${order}`] ?? UNKNOWN,
          { low: 0.8, high: 1.25 },
        ),
        stateClaim(
          {
            id: `rate-n-${order}-d=${d}`,
            source: LEMMA,
            statement: `${where}: the scatter falls as n^(−1/2): exponent of its square within −1 ± 0.15`,
          },
          () =>
            powerLawExponent(
              own.map(({ settings, measures }) => ({ x: Number(settings.n), estimate: measures[`square${order}`] })),
            ),
          { low: -1.15, high: -0.85 },
        ),
      ];
    }),
  );
}

function figures(all: readonly PlaceSummary[], values: Degree4Values): FigureMaker[] {
  const bias = all.filter(({ settings }) => settings.n === 'population');
  const scatter = all.filter(({ settings }) => settings.n === Math.max(...values.n));
  const row = ({ settings, trials, measures }: PlaceSummary, measure: string, series: string) => {
    const { value, low, high } = measures[measure];
    return { h: settings.h, series, trials, value, low, high };
  };
  const axes = { x: 'h', y: 'value', low: 'low', high: 'high', colour: 'series', colourTitle: '', xLog: true } as const;
  const biasFigure =
    (order: number): FigureMaker =>
    () => ({
      name: `gao2018-degree4-bias${order}`,
      title: `Bias of the fourth-degree LLSFE on the mixture, order ${order}`,
      caption: `Frobenius norm of the limit for n → ∞ less the derivative of log f of order ${order}, at three points, d = 2, by quadrature. Dashed: slope ${orderOf(order)}. Lemma 2.1 bounds it by h^${DEGREE + 1 - order}.`,
      ...cellRows(bias, (cell) => row(cell, `bias${order}`, `x = (${POINTS[cell.settings.point].join(', ')})`)),
      spec: lineWithBars({
        ...axes,
        xTitle: 'bandwidth h',
        yTitle: `bias of order ${order}`,
        yLog: true,
        guideSlope: orderOf(order),
      }),
    });
  return [
    biasFigure(2),
    biasFigure(4),
    () => ({
      name: 'gao2018-degree4-variance',
      title: 'Scatter of the fourth-degree LLSFE over its exact value',
      caption: `Mean over the samples of the squared error at x = 0 over its exact variance, N(0, I), n = ${Math.max(...values.n)}, ${trialCounts(scatter)} samples per point. Bars: 95 % intervals. Dashed: 1.`,
      rows: [2, 4].flatMap((order) =>
        scatter.map((cell) => row(cell, `ratio${order}`, `d = ${cell.settings.d}, order ${order}`)),
      ),
      cells: [2, 4].flatMap(() => scatter.map(({ settings }) => ({ ...settings }))),
      spec: lineWithBars({ ...axes, xTitle: 'bandwidth h', yTitle: 'measured / exact variance', yReference: [1] }),
    }),
  ];
}

function single(values: Float64Array): Estimate {
  return exact(values[0] ?? Number.NaN);
}

const MEASURES: readonly Measure[] = [
  ...[1, 2, 3, 4].map((order) => ({
    name: `bias${order}`,
    of: `bias${order}`,
    description: `mixture, n → ∞: Frobenius norm of the bias of the derivative of order ${order}`,
    estimate: single,
  })),
  ...[2, 4].flatMap((order) => [
    {
      name: `ratio${order}`,
      of: `ratio${order}`,
      description: `mean of the squared error of ∂^${order}/∂x_1^${order} log f over its exact variance`,
      estimate: mean,
    },
    {
      name: `square${order}`,
      of: `square${order}`,
      description: `mean of the squared error of ∂^${order}/∂x_1^${order} log f`,
      estimate: mean,
    },
  ]),
];

/** gao2018, Theorem 1 and Lemma 2.1 for degree 4: bias by quadrature, and variance against its exact value. */
export const gao2018Degree4 = defineExperiment({
  id: 'gao2018-degree4',
  version: 1,
  paper: 'gao2018',
  source: 'gao2018, Lemma 2.1 and Theorem 1, p = 4',
  title: 'Bias and variance of the fourth-degree score estimate against the bandwidth',
  settings: SETTINGS,
  openChoices: [
    'Kernel: the Gaussian on the box of ±3 bandwidths. With the whole Gaussian the fit of degree 4 has no maximum for about half of all samples.',
    'Bias: on the mixture of Figure 2, d = 2; the local likelihood for n → ∞ is maximised with the moments of the exact density by quadrature.',
    'Variance: on N(0, I) at x = 0, where the fit has no bias at any h; its limit for n → ∞ by quadrature of the sandwich formula.',
  ],
  cells: biasCells,
  cost: (settings: TrialSettings<typeof SETTINGS, BiasPlace>) => trialCost(settings),
  shares: () => false,
  trial: runTrial,
  measures: MEASURES,
  claims: (all, values) => [...biasClaims(all), ...scatterClaims(all, values)],
  figures,
});
