import { cellRows } from '../../common/cellRows.js';
import { refuse } from '../../../base/errors.js';
import { meanShare, median, positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { choice, number } from '../../../settings/declare.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { pooledRate } from '../../common/pooled.js';
import { defineExperiment } from '../../define.js';
import { REGIMES, type Regime, runTrial, trialCost } from './thm21Trial.js';

const SETTINGS = {
  regime: choice(REGIMES, { description: 'widths and signs of v', list: true, default: [...REGIMES] }),
  d: number({
    description: 'input dimension',
    integer: true,
    min: 3,
    max: 30,
    default: { smoke: 3, quick: 5, paper: 6 },
  }),
  n: number({
    description: 'sample sizes',
    integer: true,
    list: true,
    min: 1,
    max: 1e4,
    default: { smoke: [6, 12], quick: [5, 10, 15, 20, 30], paper: [6, 12, 18, 21, 24, 30, 42, 60, 240] },
  }),
  trials: common.trials({ smoke: 4, quick: 10, paper: 50 }, 'training sets per point'),
  starts: common.starts(
    { smoke: 4, quick: 10, paper: 20 },
    { description: 'random starts, and as many starts near saddles' },
  ),
  iterations: common.iterations(
    { smoke: 1000, quick: 5000, paper: 20_000 },
    { description: 'largest number of iterations of a descent', max: 1e8 },
  ),
};

const SOURCE = 'soltanolkotabi2017, Theorem 2.1';
/** Shares of L(0). A loss up to the first is zero. If the loss is above the second, the labels are not fitted. */
const [ZERO_LOSS, MISFIT] = [1e-8, 0.01];

/** The settings of a cell. */
interface Place {
  readonly regime: Regime;
  readonly d: number;
  readonly n: number;
}

type PlaceSummary = CellSummary<Place>;

function ofRegime(cells: readonly PlaceSummary[], regime: Regime): PlaceSummary[] {
  return cells.filter(({ settings }) => settings.regime === regime);
}

/**
 * Whether n is small enough that generic products x xᵀ are linearly independent, so that any labels can be fitted
 * (Lemma 5.6).
 */
function fits({ settings: { d, n } }: PlaceSummary): boolean {
  return n <= (d * (d + 1)) / 2;
}

interface RateClaim {
  readonly id: string;
  readonly source?: string;
  readonly statement: string;
  readonly cells: readonly PlaceSummary[];
  readonly measure: string;
}

/** A claim on the share of training sets, over all cells together. */
function rateClaim({ id, source = SOURCE, statement, cells, measure }: RateClaim): StatedClaim {
  const of = { id, source, statement: `${statement}, on at least 0.9 of the training sets` };
  return stateClaim(of, () => pooledRate(cells, measure), { low: 0.9, high: 1 });
}

function claims(cells: readonly PlaceSummary[]): StatedClaim[] {
  return [
    ...bothSignsClaims(ofRegime(cells, 'assumed')),
    misfitClaim(ofRegime(cells, 'one-sign').filter(fits)),
    ...duplicateClaims(ofRegime(cells, 'duplicates')),
  ];
}

function bothSignsClaims(cells: readonly PlaceSummary[]): StatedClaim[] {
  const both = 'k = 2d, d units of either sign';
  return [
    rateClaim({
      id: 'no-spurious',
      statement: `${both}: no stationary point without negative curvature above the lowest loss found`,
      cells,
      measure: 'noSpurious',
    }),
    rateClaim({
      id: 'convex-optimum',
      source: `${SOURCE} and Lemma 6.1`,
      statement: `${both}: the lowest loss is that of the convex problem over M`,
      cells,
      measure: 'attainsConvex',
    }),
    rateClaim({
      id: 'strict-saddles',
      statement: `${both}: every rank-deficient stationary point that is not global has λ_min < 0`,
      cells,
      measure: 'allStrict',
    }),
    rateClaim({
      id: 'zero-loss',
      source: `${SOURCE} and Lemma 5.6`,
      statement: `n ≤ d(d+1)/2: the largest final loss from any start is at most ${ZERO_LOSS} L(0)`,
      cells: cells.filter(fits),
      measure: 'zeroLossRate',
    }),
    rateClaim({
      id: 'all-finished',
      statement: `${both}: every point looked at is stationary, none unfinished`,
      cells,
      measure: 'finishedRate',
    }),
    rateClaim({
      id: 'ends-global',
      statement: `${both}, n > d(d+1)/2: every start ends at the lowest loss found`,
      cells: cells.filter((cell) => !fits(cell)),
      measure: 'allGlobalRate',
    }),
  ];
}

/**
 * “Arbitrary data” includes inputs in special position. If each input has two different labels, no network fits them.
 */
function duplicateClaims(cells: readonly PlaceSummary[]): StatedClaim[] {
  const duplicates = 'k = 2d, d units of either sign, every input twice';
  return [
    rateClaim({
      id: 'no-spurious-duplicates',
      source: `${SOURCE}, for any data`,
      statement: `${duplicates}: no stationary point without negative curvature above the lowest loss found`,
      cells,
      measure: 'noSpurious',
    }),
    rateClaim({
      id: 'ends-global-duplicates',
      source: `${SOURCE}, for any data`,
      statement: `${duplicates}: every start ends at the lowest loss found`,
      cells,
      measure: 'allGlobalRate',
    }),
    rateClaim({
      id: 'all-finished-duplicates',
      source: `${SOURCE}, for any data`,
      statement: `${duplicates}: every point looked at is stationary, none unfinished`,
      cells,
      measure: 'finishedRate',
    }),
  ];
}

function misfitClaim(cells: readonly PlaceSummary[]): StatedClaim {
  return rateClaim({
    id: 'one-sign-misfits',
    source: `${SOURCE}: both signs are needed`,
    statement: `one sign, n ≤ d(d+1)/2: random labels cannot be fitted: lowest loss above ${MISFIT} L(0)`,
    cells,
    measure: 'misfitRate',
  });
}

/** @throws InputError for n < d, because the certificate for v of one sign requires that XᵀX is positive definite */
function cells(values: Values<typeof SETTINGS>): Cell<Place>[] {
  const { d, trials } = values;
  const samples = ascending(values.n);
  if (samples[0] < d) refuse('the sample sizes n', `at least d = ${d}`, samples[0]);
  return values.regime.flatMap((regime) => samples.map((n) => ({ settings: { regime, d, n }, trials })));
}

const NAMES = {
  assumed: 'k = 2d, both signs',
  'one-sign': 'k = 2d, one sign',
  'few-negative': 'k = 2d, one negative unit',
  narrow: 'k = d − 1, both signs',
  duplicates: 'k = 2d, both signs, inputs twice',
} as const;

function figures(cells: readonly PlaceSummary[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const counts = `d = ${values.d}, ${trialCounts(cells)} training sets per point, ${values.starts} random and as many near-saddle starts on each`;
  const plot =
    (
      name: string,
      title: string,
      caption: string,
      measure: string,
      yTitle: string,
      yDomain: readonly [number, number] | undefined,
    ): FigureMaker =>
    () => ({
      name: `soltanolkotabi2017-thm21-${name}`,
      title,
      caption: `${caption}; ${counts}.`,
      ...cellRows(cells, ({ settings, measures }) => {
        const { value, low, high } = measures[measure];
        return { n: settings.n, regime: NAMES[settings.regime], value, low, high };
      }),
      spec: lineWithBars({
        x: 'n',
        y: 'value',
        low: 'low',
        high: 'high',
        colour: 'regime',
        colourTitle: 'network',
        xTitle: 'sample size n',
        yTitle,
        ...(yDomain ? { yDomain } : {}),
      }),
    });
  return [
    plot(
      'spurious',
      'Training sets without spurious minima',
      'Share of training sets on which every stationary point found has the lowest loss found or λ_min < 0. Bars: 95 % Blaker intervals',
      'noSpurious',
      'share of training sets',
      [0, 1],
    ),
    plot(
      'ends',
      'Starts that end at the lowest loss',
      'Mean share of starts that end at the lowest loss found. Bars: 95 % intervals over training sets',
      'endsGlobal',
      'share of starts',
      [0, 1],
    ),
    plot(
      'loss',
      'Lowest loss against the sample size',
      'Median of the lowest loss over L(0). Bars: 95 % distribution-free intervals',
      'bestLoss',
      'lowest loss / L(0)',
      undefined,
    ),
  ];
}

function share(name: string, description: string): Measure {
  return { name, of: name, description, estimate: rate, whenFailed: 0 };
}

const measures: Measure[] = [
  share('noSpurious', 'share of training sets without a certified spurious minimum'),
  share('attainsConvex', 'share of training sets whose lowest loss is the optimum of the convex problem over M'),
  share('allStrict', 'share of training sets on which every built stationary point that is not global has λ_min < 0'),
  {
    name: 'finishedRate',
    of: 'unfinishedPoints',
    description: 'share of training sets on which every point found is stationary',
    estimate: (counts) => rate(counts.map((count) => (count === 0 ? 1 : 0))),
    whenFailed: 1,
  },
  {
    name: 'allGlobalRate',
    of: 'endsGlobal',
    description: 'share of training sets on which every start ends at the lowest loss found',
    estimate: (shares) => rate(shares.map((ends) => (ends === 1 ? 1 : 0))),
    whenFailed: 0,
  },
  {
    name: 'zeroLossRate',
    of: 'worstLoss',
    description: `share of training sets whose largest final loss is at most ${ZERO_LOSS} L(0)`,
    estimate: (losses) => rate(losses.map((loss) => (loss <= ZERO_LOSS ? 1 : 0))),
    whenFailed: Infinity,
  },
  {
    name: 'misfitRate',
    of: 'bestLoss',
    description: `share of training sets whose lowest loss is above ${MISFIT} L(0)`,
    estimate: (losses) => rate(losses.map((loss) => (loss > MISFIT ? 1 : 0))),
    whenFailed: 0,
  },
  {
    name: 'endsGlobal',
    of: 'endsGlobal',
    description: 'mean share of starts that end at the lowest loss found',
    estimate: meanShare,
  },
  ...(['globalPoints', 'saddlePoints', 'spuriousPoints', 'unfinishedPoints'] as const).map((name): Measure => ({
    name,
    of: name,
    description: `mean number of ${name.replace('Points', '')} points found`,
    estimate: positiveMean,
  })),
  { name: 'bestLoss', of: 'bestLoss', description: 'median of the lowest loss over L(0)', estimate: median },
  { name: 'convexLoss', of: 'convexLoss', description: 'median of the convex optimum over L(0)', estimate: median },
  {
    name: 'convexGap',
    of: 'convexGap',
    description: 'median of the duality gap of the convex optimum over L(0)',
    estimate: median,
  },
  { name: 'worstLoss', of: 'worstLoss', description: 'median of the largest final loss over L(0)', estimate: median },
  {
    name: 'saddleCurvature',
    of: 'saddleCurvature',
    description: 'median over training sets of the λ_min/λ_max nearest to zero among built saddles',
    estimate: median,
  },
];

/**
 * soltanolkotabi2017, Theorem 2.1: the stationary points of quadratic networks with fixed v, inside and outside the
 * assumptions.
 */
export const soltanolkotabi2017Thm21 = defineExperiment({
  id: 'soltanolkotabi2017-thm21',
  version: 1,
  paper: 'soltanolkotabi2017',
  source: SOURCE,
  title: 'Stationary points of quadratic networks with fixed output weights',
  settings: SETTINGS,
  openChoices: [
    'Arbitrary labels: N(0, 1), whatever the inputs are; inputs N(0, I).',
    'Near-saddle starts: rows of W are zero but for 0 … d − 1 of them, these at a stationary point of their own; then a push of 1e-3 times a random start.',
    'Stationary points are made exact by Newton steps; a spurious minimum is certain when it is stationary, has no negative curvature and a lower point is known.',
  ],
  cells,
  cost: trialCost,
  trial: runTrial,
  measures,
  claims,
  figures,
});
