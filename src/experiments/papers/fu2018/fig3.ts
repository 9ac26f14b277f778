import { scaled, type Estimate } from '../../../statistics/estimate.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { ascending } from '../../common/ascending.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import { outcomeClaims } from '../../common/outcomeClaims.js';
import { plantedGrid } from '../../common/studyForm.js';
import { HALF_WORDS, halfFigure, halfRows } from '../../common/halfFigure.js';
import { spreadFigures } from '../../common/outcomeFigures.js';
import { sampleGrid, type SampleCell } from '../../common/sampleGrid.js';
import type { FigureMaker, FigureRow, PublishedSettings, StatedClaim } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { pooledRate } from '../../common/pooled.js';
import {
  halfExponent,
  halfSuccess,
  SPREAD_ALSO_STORED,
  SPREAD_MEASURES,
  spreadCost,
  spreadProblem,
  spreadTrial,
} from '../../common/spread.js';

const SOURCE = 'fu2018, Section 6, Figure 3';

/**
 * The settings that the text prints for the figure. Counts (starts, training sets) are left out: they change the
 * precision of a statement, not the statement.
 */
const PUBLISHED: PublishedSettings = {
  K: 3,
  d: [20, 40, 60],
  inputs: 'gaussian',
  labels: 'classification',
  iterations: 2000,
  threshold: 1e-2,
};

const SETTINGS = {
  ...common.planted,
  ...common.nearby,
  ...common.descent,
  d: common.dimensions({ smoke: [4, 8], quick: [20, 40], paper: [20, 40, 60] }),
  n: common.samplesOrAuto(['auto']),
  perDimension: common.perDimension({
    smoke: [50, 400, 1600],
    quick: [150, 250, 350, 700],
    paper: [100, 150, 200, 250, 300, 350, 400, 500, 700],
  }),
  trials: common.trials({ smoke: 6, quick: 20, paper: 50 }),
  starts: common.starts({ smoke: 4, quick: 5, paper: 20 }, { least: 2 }),
  iterations: common.iterations({ smoke: 500, quick: 2000, paper: 2000 }),
  threshold: common.threshold(1e-2),
};

function ofDimension(cells: readonly SampleCell[], d: number): SampleCell[] {
  return cells.filter((cell) => cell.settings.d === d);
}

function halfSuccesses(
  cells: readonly SampleCell[],
  values: Values<typeof SETTINGS>,
  measure?: string,
): { d: number; n50: Estimate }[] {
  return ascending(values.d).map((d) => ({ d, n50: halfSuccess(ofDimension(cells, d), measure) }));
}

/** The cell with the largest n, for each d. */
function lastCells(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): SampleCell[] {
  return ascending(values.d).flatMap((d) => ofDimension(cells, d).slice(-1));
}

function claims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const only = { published: PUBLISHED };
  const dimensions = ascending(values.d);
  const [first, last] = [dimensions[0], dimensions[dimensions.length - 1]];
  const halfAt = (d: number): { d: number; n50: Estimate } => ({ d, n50: halfSuccess(ofDimension(cells, d)) });
  const perDimension = ({ d, n50 }: { d: number; n50: Estimate }): Estimate => scaled(n50, 1 / d);
  return [
    stateClaim(
      {
        id: 'rate-reaches-one',
        statement: 'success rate at the largest n of each d, pooled: at least 0.9',
        source: SOURCE,
        only,
      },
      () => pooledRate(lastCells(cells, values)),
      { low: 0.9, high: 1 },
    ),
    ...(dimensions.length < 2
      ? []
      : [
          stateClaim(
            {
              id: 'n50-exponent',
              statement: 'n at 50 % success grows linearly with d: exponent a of n50 ∝ d^a within 1 ± 0.25',
              source: `${SOURCE}, and Theorem 1 (n ~ d up to logarithms)`,
              only,
            },
            () => halfExponent(halfSuccesses(cells, values)),
            { low: 0.75, high: 1.25 },
          ),
          stateClaim(
            {
              id: 'n50-ratio',
              statement: `n50/d is the same at d = ${last} and d = ${first}: their ratio within 1/1.25 … 1.25`,
              source: SOURCE,
              only,
            },
            () => ratioOf(perDimension(halfAt(last)), perDimension(halfAt(first))),
            { low: 0.8, high: 1.25 },
          ),
          stateClaim(
            {
              id: 'one-minimum-exponent',
              statement:
                'n at which half of the training sets have one minimum grows linearly with d: exponent within 1 ± 0.25',
              source: `${SOURCE}, and Theorem 1`,
              only,
            },
            () => halfExponent(halfSuccesses(cells, values, 'oneMinimumRate')),
            { low: 0.75, high: 1.25 },
          ),
        ]),
    ...outcomeClaims({ cells, last: lastCells(cells, values), source: SOURCE, only }),
  ];
}

/** The n at which half of the training sets succeed, for each d for which it is known. */
function crossingRows(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureRow[] {
  return Object.entries(HALVES)
    .flatMap(([of, measure]) =>
      halfSuccesses(cells, values, measure).map(({ d, n50 }) => ({
        d,
        of,
        n50: n50.value,
        low: n50.low,
        high: n50.high,
      })),
    )
    .filter(({ n50 }) => Number.isFinite(n50));
}

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const rows = halfRows(cells, ({ settings }) => settings.d);
  const counts = `K = ${values.K}, ${values.starts} starts on each of ${trialCounts(cells)} training sets per point`;
  return [
    () => ({
      name: 'fu2018-fig3',
      title: 'Success rate of converging to the same local minimum',
      caption: `Share of training sets with SD_n ≤ ${values.threshold}; ${counts}, at most ${values.iterations} iterations. Bars: 95 % Blaker intervals. ${HALF_WORDS}`,
      rows,
      spec: halfFigure(rows, 'd'),
    }),
    () => ({
      name: 'fu2018-fig3-n50',
      title: 'Sample size at which half of the training sets succeed',
      caption: `n at which half of the training sets have SD_n ≤ ${values.threshold}, and one minimum, by maximum-likelihood logistic regression on log n; ${counts}. Bars: 95 % profile-likelihood intervals.`,
      rows: crossingRows(cells, values),
      spec: lineWithBars({
        x: 'd',
        y: 'n50',
        low: 'low',
        high: 'high',
        colour: 'of',
        colourTitle: '',
        xTitle: 'input dimension d',
        yTitle: 'n at 50 %',
        yZero: true,
        xZero: true,
      }),
    }),
    ...spreadFigures(cells, { name: 'fu2018-fig3', seriesOf: ({ settings }) => `d = ${settings.d}`, values }),
  ];
}

/** The two rates that are one half at n50: their names in legends, and their measures. */
const HALVES = { 'success: SD_n': 'successRate', 'one minimum': 'oneMinimumRate' } as const;

/** fu2018, Figure 3: how often descents from many starts reach the same local minimum, against the sample size. */
export const fu2018Fig3 = defineExperiment({
  id: 'fu2018-fig3',
  version: 2,
  streamVersion: 1,
  paper: 'fu2018',
  source: SOURCE,
  title: 'Success rate of converging to the same local minimum against the sample size',
  settings: SETTINGS,
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2, so that ρ does not change with d and is near its maximum.',
    'Starts (only ‖W0 − W*‖ small is said): uniform on the sphere of radius 0.1‖W*‖_F around W*.',
    'Step size (not given): 1/λ_max of the Hessian at each start. A step of 1 would leave the spread at its initial value.',
    'Sample sizes (axis not readable): n/d on a common grid for every d.',
    'Runs stop early at gradient norm 1e-9: SD_n then changes far below the threshold.',
    'How a start ends (not asked by the paper): by Newton’s method in a trust region after the descent, see docs/derivations/outcomes.md.',
  ],
  cells: (values) => sampleGrid(values).map((settings) => ({ settings, trials: values.trials })),
  cost: spreadCost,
  takesMixed: () => true,
  trial: spreadTrial,
  draw: spreadProblem,
  study: (values) => ({
    grid: { ...plantedGrid(values), starts: values.starts, sameMinimum: values.threshold, outcomes: 'polish' },
    trials: values.trials,
    measures: ['successRate', 'sdN', 'oneMinimumRate', 'iterations'],
    figure: { measure: 'successRate', x: 'n', colour: 'd', xLog: true },
  }),
  measures: SPREAD_MEASURES,
  alsoStored: SPREAD_ALSO_STORED,
  claims,
  figures,
});
