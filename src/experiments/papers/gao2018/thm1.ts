import { cellRows } from '../../common/cellRows.js';
import { exact, type Estimate, type Noted } from '../../../statistics/estimate.js';
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
import { POINTS, runTrial, trialCost, type PointName } from './thm1Trial.js';

const SETTINGS = {
  biasBandwidth: number({
    description: 'bandwidths h of the bias',
    list: true,
    min: 1e-3,
    max: 10,
    default: [0.4, 0.2, 0.1, 0.05, 0.025],
  }),
  d: common.dimensions({ smoke: [2], quick: [1, 2], paper: [1, 2, 4] }, { max: 20 }),
  h: number({
    description: 'bandwidths h of the variance',
    list: true,
    min: 0.01,
    max: 10,
    default: { smoke: [0.5, 1], quick: [0.25, 0.5, 1], paper: [0.25, 0.5, 1] },
  }),
  n: common.samples(
    { smoke: [2000, 8000], quick: [5000, 20_000, 80_000], paper: [5000, 20_000, 80_000] },
    { max: 1e6 },
  ),
  trials: common.trials({ smoke: 40, quick: 600, paper: 3000 }, 'samples per cell'),
};

type PlaceSummary = CellSummary<BiasPlace>;
type Thm1Values = Values<typeof SETTINGS>;

const LEMMA = 'gao2018, Lemma 2.1, (11)';

function biasClaims(all: readonly PlaceSummary[]): StatedClaim[] {
  const at = (point: PointName): PlaceSummary[] =>
    all.filter(({ settings }) => settings.n === 'population' && settings.point === point);
  // At the origin ∇log f and its estimate are both 0 by symmetry, so there is no slope.
  const slopes = [
    ...POINT_NAMES.map((point) => ({ point, order: 2, measure: 'biasSecond' })),
    ...POINT_NAMES.filter((point) => point !== 'origin').map((point) => ({ point, order: 1, measure: 'biasFirst' })),
  ];
  return slopes.flatMap(({ point, order, measure }) => [
    stateClaim(
      {
        id: `bias-bound-S${order}-${point}`,
        source: LEMMA,
        statement: `mixture, x = (${POINTS[point].join(', ')}): the bias of S_${order} is O(h^(p + 1 − m)), p = 2: its slope in h at most 0.05 below ${3 - order}`,
      },
      () => biasSlope(at(point), measure),
      { low: 2.95 - order, high: Infinity },
    ),
    stateClaim(
      {
        id: `bias-slope-S${order}-${point}`,
        source: `${LEMMA} (ours: a symmetric kernel gains an order when p − m is even)`,
        statement: `mixture, x = (${POINTS[point].join(', ')}): the bias of S_${order} falls as h²: slope within 2 ± 0.05`,
      },
      () => biasSlope(at(point), measure),
      { low: 1.95, high: 2.05 },
    ),
  ]);
}

/** A kernel covers about n h^d samples. The variances are asymptotic if this number is at least this large. */
const ENOUGH = 1000;

function scatterClaims(all: readonly PlaceSummary[], { d: dimensions, h: bandwidths, n }: Thm1Values): StatedClaim[] {
  const most = Math.max(...n);
  const source = 'gao2018, Theorem 1 (ours: the exact variance)';
  const last = all.filter(({ settings }) => settings.n === most && most * settings.h ** settings.d >= ENOUGH);
  const exactly = last.flatMap(({ settings: { d, h }, measures }) =>
    (['first', 'second'] as const).map((order) =>
      stateClaim(
        {
          id: `variance-${order}-d=${d}-h=${h}`,
          source,
          statement: `N(0, I), x = 0, d = ${d}, h = ${h}: the variance of the ${order} derivatives is the exact one: ratio within 0.81 to 1.21`,
        },
        () => measures[`${order}Ratio`],
        { low: 0.81, high: 1.21 },
      ),
    ),
  );
  const squares = (own: readonly PlaceSummary[], axis: 'n' | 'h'): Noted =>
    powerLawExponent(
      own.map(({ settings, measures }) => ({ x: Number(settings[axis]), estimate: measures['secondSquare'] })),
    );
  const middle = ascending(bandwidths).at(-1);
  return [
    ...exactly,
    ...ascending(dimensions).flatMap((d) => [
      stateClaim(
        {
          id: `rate-n-d=${d}`,
          source: LEMMA,
          statement: `N(0, I), d = ${d}, largest h: the scatter of Â₂ falls as n^(−1/2): exponent of its square within −1 ± 0.1`,
        },
        () =>
          squares(
            all.filter(({ settings }) => settings.d === d && settings.n !== 'population' && settings.h === middle),
            'n',
          ),
        { low: -1.1, high: -0.9 },
      ),
      stateClaim(
        {
          id: `rate-h-d=${d}`,
          source: LEMMA,
          statement: `N(0, I), d = ${d}, largest n, the two smallest h: the scatter of Â₂ is O(h^(−(d + 4)/2)): exponent of its square at least ${-(d + 4)}`,
        },
        () => squares(all.filter(({ settings }) => settings.d === d && settings.n === most).slice(0, 2), 'h'),
        { low: -(d + 4), high: Infinity },
      ),
    ]),
  ];
}

function figures(all: readonly PlaceSummary[], values: Thm1Values): FigureMaker[] {
  const bias = all.filter(({ settings }) => settings.n === 'population');
  const scatter = all.filter(({ settings }) => settings.n === Math.max(...values.n));
  const row = ({ settings, trials, measures }: PlaceSummary, measure: string, series: string) => {
    const { value, low, high } = measures[measure];
    return { h: settings.h, series, trials, value, low, high };
  };
  const axes = { x: 'h', y: 'value', low: 'low', high: 'high', colour: 'series', colourTitle: '', xLog: true } as const;
  return [
    () => ({
      name: 'gao2018-thm1-bias',
      title: 'Bias of the second-degree LLSFE on the mixture',
      caption:
        'Spectral norm of the limit of Ŝ₂ for n → ∞ less S₂, at three points, d = 2, in closed form. Dashed: slope 2. Lemma 2.1 bounds it by h.',
      ...cellRows(bias, (cell) => row(cell, 'biasSecond', `x = (${POINTS[cell.settings.point].join(', ')})`)),
      spec: lineWithBars({ ...axes, xTitle: 'bandwidth h', yTitle: 'bias of S₂', yLog: true, guideSlope: 2 }),
    }),
    () => ({
      name: 'gao2018-thm1-variance',
      title: 'Scatter of the second-degree LLSFE over its exact value',
      caption: `Mean over the samples of the squared error of Â₂ at x = 0 over its exact variance, N(0, I), n = ${Math.max(...values.n)}, ${trialCounts(scatter)} samples per point. Bars: 95 % intervals. Dashed: 1.`,
      ...cellRows(scatter, (cell) => row(cell, 'secondRatio', `d = ${cell.settings.d}`)),
      spec: lineWithBars({ ...axes, xTitle: 'bandwidth h', yTitle: 'measured / exact variance', yReference: [1] }),
    }),
  ];
}

function single(values: Float64Array): Estimate {
  return exact(values[0] ?? Number.NaN);
}

const MEASURES: readonly Measure[] = [
  { name: 'biasFirst', of: 'biasFirst', description: 'mixture, n → ∞: norm of the bias of S₁', estimate: single },
  {
    name: 'biasSecond',
    of: 'biasSecond',
    description: 'mixture, n → ∞: spectral norm of the bias of S₂',
    estimate: single,
  },
  { name: 'firstRatio', of: 'firstRatio', description: 'mean of â₁² over its exact variance', estimate: mean },
  {
    name: 'secondRatio',
    of: 'secondRatio',
    description: 'mean of the squared error of Â₂ over its exact variance',
    estimate: mean,
  },
  { name: 'secondSquare', of: 'secondSquare', description: 'mean of the squared error of Â₂', estimate: mean },
];

/** gao2018, Theorem 1 and Lemma 2.1: bias and variance of the second-degree LLSFE against their exact values. */
export const gao2018Thm1 = defineExperiment({
  id: 'gao2018-thm1',
  version: 1,
  paper: 'gao2018',
  source: 'gao2018, Lemma 2.1, Theorem 1 and Remark 1',
  title: 'Bias and variance of the second-degree score estimate against the bandwidth',
  settings: SETTINGS,
  openChoices: [
    'Bias: on the mixture of Figure 2 the estimate for n → ∞ has a closed form; on N(0, I) there is none, at any h.',
    'Variance: on N(0, I) at x = 0, where the delta method is exact for n → ∞; judged where n h^d is at least 1000.',
    'Degree p = 2; degree 4, which has no closed form, is that of gao2018-degree4. Factors d^(m/2) come from norms of tensors and are not judged.',
  ],
  cells: biasCells,
  cost: (settings: TrialSettings<typeof SETTINGS, BiasPlace>) => trialCost(settings),
  shares: () => false,
  trial: runTrial,
  measures: MEASURES,
  claims: (all, values) => [...biasClaims(all), ...scatterClaims(all, values)],
  figures,
});
