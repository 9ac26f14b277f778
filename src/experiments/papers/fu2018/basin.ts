import { cellRows } from '../../common/cellRows.js';
import { logisticCrossing } from '../../../statistics/crossing.js';
import { exponential, scaled, UNKNOWN, type Estimate, type Noted } from '../../../statistics/estimate.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { rate } from '../../../statistics/rates.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { START_STACK, stackRows } from '../../common/outcomeFigures.js';
import { START_MEASURES } from '../../common/outcomes.js';
import { plantedBytes } from '../../common/planted.js';
import { pooledRate, successesOf } from '../../common/pooled.js';
import { defineExperiment } from '../../define.js';
import { facets, lineWithBars, stackedShares } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import { SETTINGS, type BasinPlace, type BasinValues } from './basinSettings.js';
import { basinCost, basinProblem, basinTrial } from './basinTrial.js';
import { printedRadius } from './populationTrial.js';

const SOURCE = 'ours (docs/papers/fu2018.md)';
const OF_LEMMA = 'fu2018, Lemma 2, its radius with c = 1';

type BasinCell = CellSummary<BasinPlace>;

/** A training set's size. */
type Size = Pick<BasinPlace, 'd' | 'n'>;

function sizes({ d, perDimension }: BasinValues): Size[] {
  return ascending(d).flatMap((dimension) =>
    ascending(perDimension).map((ratio) => ({ d: dimension, n: Math.round(ratio * dimension) })),
  );
}

function cells(values: BasinValues): Cell<BasinPlace>[] {
  const { radius, trials } = values;
  return sizes(values).flatMap((size) =>
    ascending(radius).map((share) => ({ settings: { ...size, radius: share }, trials })),
  );
}

function ofSize(all: readonly BasinCell[], { d, n }: Size): BasinCell[] {
  return all.filter(({ settings }) => settings.d === d && settings.n === n);
}

type Rate = 'recoveredRate' | 'convexRate';

/** The radius at which a rate that falls with the radius is one half, by logistic regression on its logarithm. */
function halfRadius(cellsOfSize: readonly BasinCell[], measure: Rate): Noted {
  const own = cellsOfSize.filter(({ trials }) => trials > 0);
  const { crossing, slope, note } = logisticCrossing(
    own.map(({ settings }) => Math.log(settings.radius)),
    own.map((cell) => successesOf(cell, measure)),
    own.map(({ trials }) => trials),
  );
  if (slope < 0) return exponential(crossing);
  return note === undefined ? UNKNOWN : { ...UNKNOWN, note };
}

function claimsAt(all: readonly BasinCell[], size: Size, { K, teacherScale }: BasinValues): StatedClaim[] {
  const own = ofSize(all, size);
  const half = (measure: Rate): Estimate => halfRadius(own, measure);
  const place = `d=${size.d},n=${size.n}`;
  const words = `d = ${size.d}, n = ${size.n}`;
  const printed = printedRadius(K, teacherScale) / (teacherScale * Math.sqrt(K));
  return [
    stateClaim(
      {
        id: `inside-${place}`,
        source: SOURCE,
        statement: `${words}: starts with a positive definite Hessian on the whole segment to W* end at W*: at least 0.95 of them`,
      },
      () => pooledRate(own, 'convexRecoveredRate'),
      { low: 0.95, high: 1 },
    ),
    stateClaim(
      {
        id: `factor-${place}`,
        source: SOURCE,
        statement: `${words}: the radius at which half of the descents end at W* is at least ten times the one at which half of the segments are convex`,
      },
      () => ratioOf(half('recoveredRate'), half('convexRate')),
      { low: 10, high: Infinity },
    ),
    stateClaim(
      {
        id: `lemma-${place}`,
        source: OF_LEMMA,
        statement: `${words}: half of the segments are convex at a radius at least as large as that of the lemma, ${printed.toPrecision(2)}‖W*‖_F`,
      },
      () => scaled(half('convexRate'), 1 / printed),
      { low: 1, high: Infinity },
    ),
  ];
}

function figures(all: readonly BasinCell[], values: BasinValues): FigureMaker[] {
  const counts = `K = ${values.K}, ${trialCounts(all)} training sets per point, one start each`;
  const panelOf = ({ d, n }: Size): string => `d = ${d}, n = ${n}`;
  const panels = sizes(values).map(panelOf);
  const lines = [
    { line: 'descent ends at W*', measure: 'recoveredRate' },
    { line: 'convex on the segment to W*', measure: 'convexRate' },
  ];
  return [
    () => ({
      name: 'basin-radius',
      title: 'The basin of W* and the region of convexity around it',
      caption: `Share of starts at a distance from W* whose descent ends at W*, and with a positive definite Hessian on the segment between; ${counts}. Bars: 95 % Blaker intervals.`,
      rows: all.flatMap(({ settings, trials, measures }) =>
        lines.map(({ line, measure }) => {
          const { value, low, high } = measures[measure];
          return { line, panel: panelOf(settings), radius: settings.radius, trials, value, low, high };
        }),
      ),
      spec: facets(
        lineWithBars({
          x: 'radius',
          y: 'value',
          low: 'low',
          high: 'high',
          xTitle: 'distance of the start, ‖W0 − W*‖ / ‖W*‖',
          yTitle: 'share of starts',
          xLog: true,
          colour: 'line',
          colourTitle: '',
        }),
        'panel',
        panels,
      ),
    }),
    () => ({
      name: 'basin-radius-outcomes',
      title: 'How starts end, by their distance from W*',
      caption: `Shares of the starts by where they end after the polish, and the share with a convex segment to W*; ${counts}.`,
      ...cellRows(all, (cell) =>
        stackRows(cell, START_STACK, {
          panel: panelOf(cell.settings),
          x: cell.settings.radius,
          trials: cell.trials,
          line: cell.measures['convexRate'].value,
        }),
      ),
      spec: facets(
        stackedShares({
          xTitle: 'distance of the start, ‖W0 − W*‖ / ‖W*‖',
          yTitle: 'share of starts',
          classes: START_STACK,
          lineTitle: 'convex segment',
        }),
        'panel',
        panels,
      ),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'recoveredRate',
    of: 'recovered',
    description: 'share of starts that end at W*, up to the order of the neurons',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'convexRate',
    of: 'convex',
    description: 'share of starts with a positive definite Hessian at all examined points of the segment to W*',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'convexRecoveredRate',
    of: 'convexRecovered',
    description: 'of these starts, the share that ends at W*',
    estimate: rate,
  },
  ...START_MEASURES,
];

/** How much larger the basin of W* is than the region of convexity in which the theorems of fu2018 work. */
export const basinRadius = defineExperiment({
  id: 'basin-radius',
  version: 1,
  paper: 'fu2018',
  source: 'ours (fu2018, Theorems 1 and 2)',
  title: 'The basin of W* against the region of convexity',
  settings: SETTINGS,
  openChoices: [
    'Labels without noise, so that W* is a minimum of every training set.',
    'The step is stepFactor/λ_max(∇²f_n(W*)), the same for near and far starts. At a far start λ_max is smaller than on the way to W*.',
    'Convex: positive definite at equidistant points of the segment from W* to W0, which is a ray of the ball and not the worst one.',
  ],
  cells,
  cost: basinCost,
  bytes: (settings) => plantedBytes(settings, 1),
  takesMixed: () => true,
  trial: basinTrial,
  draw: basinProblem,
  measures: MEASURES,
  alsoStored: ['iterations', 'normGrowth', 'lambdaMin', 'polishedShare'],
  claims: (all, values) => sizes(values).flatMap((size) => claimsAt(all, size, values)),
  figures,
});
