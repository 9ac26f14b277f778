import { cellRows } from '../../common/cellRows.js';
import { refuse } from '../../../base/errors.js';
import { meanShare, median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { pooledRate } from '../../common/pooled.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import { drawSetting, runTrial, trialCost, ZERO } from './thm22Trial.js';

const SETTINGS = {
  d: common.dimensions({ smoke: [3], quick: [5], paper: [5, 12] }, { max: 30 }),
  extra: number({
    description: 'values of k − d: the theorem has k ≥ d, its bound on approximate minima k > d',
    integer: true,
    list: true,
    min: -29,
    max: 30,
    default: { smoke: [-1, 0, 1], quick: [-2, -1, 0, 1], paper: [-1, 0, 1, 5] },
  }),
  perSquare: number({
    description: 'values of n/d²; n is at least d',
    list: true,
    min: 0,
    max: 100,
    default: { smoke: [0, 3], quick: [0, 0.5, 1, 3, 12], paper: [0, 0.5, 1, 3, 12] },
  }),
  trials: common.trials({ smoke: 3, quick: 10, paper: 30 }, 'training sets per point'),
  starts: common.starts(
    { smoke: 3, quick: 5, paper: 6 },
    { description: 'random starts, as many near saddles, and as many small ones' },
  ),
  smallStart: number({
    description: 'factor on the entries N(0, 1/d) of the small starts, whose descents pass saddles',
    min: 1e-9,
    max: 1,
    default: 1e-3,
  }),
  nu: number({ description: 'ν of v = ν1', min: 1e-3, max: 1e3, default: 1 }),
  iterations: common.iterations({ smoke: 300, quick: 1000, paper: 2000 }, { max: 1e7 }),
};

const SOURCE = 'soltanolkotabi2017, Theorem 2.2';

/** The settings of a cell. */
interface Place {
  readonly K: number;
  readonly d: number;
  readonly n: number;
}

type PlaceSummary = CellSummary<Place>;

/** @throws InputError for fewer than one unit */
function cells({ d: dimensions, extra, perSquare, trials }: Values<typeof SETTINGS>): Cell<Place>[] {
  return ascending(dimensions).flatMap((d) => {
    const widths = ascending(extra).map((more) => d + more);
    if (widths[0] < 1) refuse('the width k = d + extra', 'at least 1', widths[0]);
    const samples = new Set(ascending(perSquare).map((ratio) => Math.max(d, Math.round(ratio * d * d))));
    return widths.flatMap((K) => [...samples].map((n) => ({ settings: { K, d, n }, trials })));
  });
}

interface Share {
  readonly id: string;
  readonly statement: string;
  readonly measure: string;
  readonly source?: string;
  readonly when?: (place: Place) => boolean;
}

const SHARES: readonly Share[] = [
  { id: 'ends-zero', statement: `k ≥ d: every descent ends at L ≤ ${ZERO} L(0)`, measure: 'zeroRate' },
  {
    id: 'no-spurious',
    statement: 'k ≥ d: no stationary point without negative curvature has a loss above 0',
    measure: 'noSpurious',
  },
  {
    id: 'strict-saddles',
    statement: 'k ≥ d: every rank-deficient stationary point with a loss above 0 has λ_min < 0',
    measure: 'allStrict',
  },
  { id: 'all-finished', statement: 'k ≥ d: every point looked at is stationary', measure: 'finishedRate' },
  {
    id: 'approximate-minima',
    source: `${SOURCE}, (2.1) and (6.28)`,
    statement:
      'k > d, n ≥ d log d: no point on the way of the small starts has a loss above the bound for its gradient and curvature',
    measure: 'boundRate',
    when: ({ K, d, n }) => K > d && n >= d * Math.log(d),
  },
  {
    id: 'narrow-misses',
    source: `${SOURCE}: what k ≥ d is for`,
    statement: 'k < d, n ≥ d²: no descent ends at zero loss',
    measure: 'missesRate',
    when: ({ K, d, n }) => K < d && n >= d * d,
  },
];

/** Claims on the share of training sets, each over all its cells together. A claim without cells is left out. */
function claims(all: readonly PlaceSummary[]): StatedClaim[] {
  return SHARES.flatMap(({ id, source = SOURCE, statement, measure, when = ({ K, d }: Place) => K >= d }) => {
    const own = all.filter(({ settings }) => when(settings));
    const said = { id, source, statement: `${statement}, on at least 0.9 of the training sets` };
    return own.length === 0 ? [] : [stateClaim(said, () => pooledRate(own, measure), { low: 0.9, high: 1 })];
  });
}

function figures(all: readonly PlaceSummary[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const counts = `${trialCounts(all)} training sets per point, ${values.starts} random starts, as many near saddles and as many small ones on each`;
  const plot = (name: string, title: string, caption: string, measure: string, yTitle: string): FigureMaker[] =>
    ascending(values.d).map((d) => () => ({
      name: `soltanolkotabi2017-thm22-${name}-d${d}`,
      title: `${title}, d = ${d}`,
      caption: `${caption}; planted W* with d rows, ν = ${values.nu}, ${counts}. Bars: 95 % intervals.`,
      ...cellRows(
        all.filter(({ settings, measures }) => settings.d === d && !Number.isNaN(measures[measure].value)),
        ({ settings: { K, n }, trials, measures }) => {
          const { value, low, high } = measures[measure];
          return { n, k: `d${K === d ? '' : K < d ? ` − ${d - K}` : ` + ${K - d}`}`, trials, value, low, high };
        },
      ),
      spec: lineWithBars({
        x: 'n',
        y: 'value',
        low: 'low',
        high: 'high',
        colour: 'k',
        colourTitle: 'k',
        xTitle: 'sample size n',
        yTitle,
        xLog: true,
        yDomain: [0, 1],
      }),
    }));
  return [
    ...plot(
      'ends',
      'Descents that end at zero loss',
      `Mean share of descents that end at L ≤ ${ZERO} L(0)`,
      'zeroEnds',
      'share of descents',
    ),
    ...plot(
      'bound',
      'Loss over the bound on approximate minima',
      'Median over the training sets of the largest loss over the bound of Theorem 2.2, among the points that descents from small starts pass',
      'boundRatio',
      'largest loss / bound',
    ),
  ];
}

function share(name: string, of: string, description: string): Measure {
  return { name, of, description, estimate: rate, whenFailed: 0 };
}

const MEASURES: readonly Measure[] = [
  share('zeroRate', 'allZero', `share of training sets on which every descent ends at L ≤ ${ZERO} L(0)`),
  share('missesRate', 'noneZero', 'share of training sets on which no descent does'),
  share(
    'noSpurious',
    'noSpurious',
    'share of training sets without a stationary point that has a loss above 0 and no negative curvature',
  ),
  share('allStrict', 'allStrict', 'share of training sets whose built saddles all have λ_min < 0'),
  share('finishedRate', 'allFinished', 'share of training sets on which every point found is stationary'),
  {
    name: 'boundRate',
    of: 'boundRatio',
    description: 'k > d: share of training sets on which no point looked at is above the bound of Theorem 2.2',
    estimate: (ratios) => rate(ratios.map((ratio) => (Number.isNaN(ratio) ? ratio : ratio <= 1 ? 1 : 0))),
    whenFailed: Infinity,
  },
  {
    name: 'boundRatio',
    of: 'boundRatio',
    description: 'k > d: median of the largest loss over the bound of Theorem 2.2',
    estimate: median,
  },
  {
    name: 'zeroEnds',
    of: 'zeroEnds',
    description: 'mean share of descents that end at zero loss',
    estimate: meanShare,
  },
  { name: 'worstLoss', of: 'worstLoss', description: 'median of the largest final loss over L(0)', estimate: median },
];

/** soltanolkotabi2017, Theorem 2.2: quadratic networks with v of one sign, on labels planted by such a network. */
export const soltanolkotabi2017Thm22 = defineExperiment({
  id: 'soltanolkotabi2017-thm22',
  version: 2,
  streamVersion: 1,
  paper: 'soltanolkotabi2017',
  source: SOURCE,
  title: 'Planted quadratic networks with output weights of one sign',
  settings: SETTINGS,
  openChoices: [
    'W* (not given): d rows of N(0, 1/d) entries, so that σ_min(W*) > 0, and v* = 1; other v* of one sign are another W*. Below k = d the teacher keeps its d rows.',
    'v = ν1. W → W/√ν turns v = ν1 into v = 1, and leaves ε_g/√ν, ε_H/ν and with them the bound as they are: ν changes nothing but units.',
    'n: the theorem has d ≤ n ≤ cd² with an unknown c, and cd log d ≤ n ≤ Cd² for the bound. Its proof uses the upper end for zero loss at all saddle-free points only; n = 12d² is run too.',
    'Approximate minima: the points after 0, 1, 2, 3, 4, 6, … iterations of descents from small starts, each with its own ε_g = ‖∇L‖_F and ε_H = max(0, −λ_min).',
    'Near-saddle starts as for Theorem 2.1; ends are made stationary by Newton steps, and pushed along the negative curvature of a saddle until they leave it.',
  ],
  cells,
  cost: trialCost,
  trial: runTrial,
  draw: drawSetting,
  measures: MEASURES,
  claims,
  figures,
});
