import { RunStatus } from '../../../core/kernels/contract.js';
import { logisticCrossing } from '../../../statistics/crossing.js';
import { exponential, UNKNOWN, type Estimate } from '../../../statistics/estimate.js';
import { median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { boundaryExponent, type GridCount } from '../../../statistics/scaling.js';
import { meanIterations } from '../../../statistics/ranges.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { descendPlanted, plantedCost, type DescentSettings } from '../../common/planted.js';
import { heatMap, lineWithBars, tile, tileEdges } from '../../plots.js';
import type { Figure, FigureMaker, FigureRow, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { number, withDefault } from '../../../settings/declare.js';
import { ascending } from '../../common/ascending.js';
import { HALF_WORDS, halfFigure, halfRows } from '../../common/halfFigure.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import type { SampleCell } from '../../common/sampleGrid.js';
import { pooledRate, successesOf } from '../../common/pooled.js';
import {
  drawInitialized,
  initializationCost,
  REGIME_CHOICE,
  recoveryError,
  SECTION_7_DESCENT,
  weightError,
  ZHONG2017_CHOICES,
  ZHONG2017_DESCENT,
  ZHONG2017_PROBLEM,
  ZHONG2017_REGIME,
  zhong2017Cells,
  zhong2017Context,
  type Zhong2017Settings,
} from './problem.js';

const SETTINGS = {
  ...ZHONG2017_PROBLEM,
  ...ZHONG2017_DESCENT,
  d: common.dimensions({
    smoke: [8, 16],
    quick: [20, 40, 60, 80, 100],
    paper: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
  }),
  n: common.samples({
    smoke: [400, 2000],
    quick: [1000, 2000, 3000, 4000, 6000],
    paper: [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000],
  }),
  trials: common.trials({ smoke: 4, quick: 6, paper: 10 }, 'trials per cell'),
  iterations: common.iterations({ smoke: 2000, quick: 4000, paper: 10000 }),
  tolerance: withDefault(common.descent.tolerance, 1e-6),
  regime: ZHONG2017_REGIME,
  within: number({
    description: 'recovered iff the largest relative error of a neuron is at most this, and v is exact',
    min: 1e-15,
    max: 1,
    default: 0.01,
  }),
};

type RecoverySettings = Zhong2017Settings & Omit<DescentSettings, 'trainOutput'> & { readonly within: number };

const SOURCE = 'zhong2017, Section 7, Figure 1(a)';

/**
 * Initialization, then descent in W with v_0 fixed. If no order of the neurons turns v_0 into v*, the trial has already
 * failed, and no descent runs.
 */
function runTrial(trial: TrialContext<RecoverySettings>): TrialOutcome {
  const context = zhong2017Context(trial);
  const drawn = drawInitialized(context);
  const { initial, signsRight } = drawn;
  const before = { signsRight: signsRight ? 1 : 0, initializationError: weightError(initial.weights, drawn) };
  if (!signsRight) return { status: 'ok', measures: { ...before, recovered: 0 } };
  const state = descendPlanted(context, {
    ...drawn,
    starts: { starts: 1, weights: initial.weights, outputWeights: initial.outputWeights },
  });
  const diverged = state.status[0] === RunStatus.diverged;
  const parameterError = diverged ? Infinity : recoveryError(state.weights, initial.outputWeights, drawn);
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      ...before,
      parameterError,
      iterations: state.iterations[0],
      finalLoss: state.loss[0],
      recovered: parameterError <= context.settings.within ? 1 : 0,
    },
  };
}

function ofDimension(cells: readonly SampleCell[], d: number): SampleCell[] {
  return cells.filter((cell) => cell.settings.d === d);
}

const LEVELS = [0.5, 0.95] as const;

interface Boundary {
  readonly d: number;
  readonly level: string;
  readonly n: Estimate;
}

/**
 * The n at which half of the trials recover, and the n at which 95 % do, for each d, by logistic regression on log n.
 */
function boundaries(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): Boundary[] {
  return LEVELS.flatMap((level) =>
    ascending(values.d).map((d) => {
      const own = ofDimension(cells, d).filter(({ trials }) => trials > 0);
      const { crossing, slope } = logisticCrossing(
        own.map(({ settings }) => Math.log(settings.n)),
        own.map((cell) => successesOf(cell, 'recoveryRate')),
        own.map(({ trials }) => trials),
        level,
      );
      return { d, level: `${100 * level} %`, n: slope > 0 ? exponential(crossing) : UNKNOWN };
    }),
  );
}

function countOf(cell: SampleCell): GridCount {
  return { d: cell.settings.d, n: cell.settings.n, successes: successesOf(cell, 'recoveryRate'), trials: cell.trials };
}

function boundaryClaim(id: string, statement: string, cells: readonly SampleCell[]): StatedClaim[] {
  if (new Set(cells.map(({ settings }) => settings.d)).size < 2) return [];
  return [
    stateClaim(
      {
        id,
        source: SOURCE,
        only: { published: SECTION_7_DESCENT },
        statement: `${statement}: exponent a of n ∝ d^a within 1 ± 0.25`,
      },
      () => boundaryExponent(cells.map(countOf)),
      { low: 0.75, high: 1.25 },
    ),
  ];
}

function claims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const ds = ascending(values.d);
  const smallest = values.regime * values.K;
  return [
    stateClaim(
      {
        id: 'rate-reaches-one',
        source: SOURCE,
        only: { published: SECTION_7_DESCENT },
        statement: `recovery rate at the largest n, d ≤ ${ds[Math.floor((ds.length - 1) / 2)]} pooled: at least 0.9`,
      },
      () =>
        pooledRate(
          ds.slice(0, Math.floor((ds.length + 1) / 2)).flatMap((d) => ofDimension(cells, d).slice(-1)),
          'recoveryRate',
        ),
      { low: 0.9, high: 1 },
    ),
    ...boundaryClaim('boundary-exponent', 'n at the recovery boundary grows linearly with d', cells),
    ...boundaryClaim(
      'boundary-exponent-regime',
      `n at the recovery boundary grows linearly with d for d ≥ ${smallest}`,
      cells.filter(({ settings }) => settings.d >= smallest),
    ),
  ];
}

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  return [() => mapFigure(cells, values), () => boundaryFigure(cells, values), () => ratesFigure(cells, values)];
}

function counts(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): string {
  return `k = ${values.K}, ${values.activation}, ${trialCounts(cells)} trials per cell`;
}

function drawnBoundaries(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): Boundary[] {
  return boundaries(cells, values).filter(({ n }) => Number.isFinite(n.value));
}

function mapFigure(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): Figure {
  const acrossD = tileEdges(ascending(values.d));
  const acrossN = tileEdges(ascending(values.n));
  const [least, most] = [acrossN(ascending(values.n)[0])[0], acrossN(ascending(values.n).slice(-1)[0])[1]];
  const tiles = cells.map(({ settings, trials, measures: { recoveryRate } }): FigureRow => ({
    d: settings.d,
    n: settings.n,
    trials,
    rate: recoveryRate.value,
    low: recoveryRate.low,
    high: recoveryRate.high,
    ...tile(acrossD(settings.d), acrossN(settings.n)),
  }));
  const points = drawnBoundaries(cells, values)
    .filter(({ n }) => n.value >= least && n.value <= most)
    .map(({ d, level, n }): FigureRow => ({ x: d, y: n.value, level }));
  return {
    name: 'zhong2017-fig1a',
    title: 'Recovery rate of W* and v* over dimension and sample size',
    caption: `Share of trials with max_j ‖w*_j − w_π(j)‖/‖w*_j‖ ≤ ${values.within} and v exact (white: all); ${counts(cells, values)}. Lines: n at which 50 % and 95 % recover, by logistic regression on log n for each d.`,
    rows: [...tiles, ...points],
    spec: heatMap({
      xTitle: 'input dimension d',
      yTitle: 'sample size n',
      value: 'rate',
      valueTitle: 'recovery rate',
      valueDomain: [0, 1],
      large: 'light',
      ...(points.length > 0 ? { lines: 'level', linesTitle: 'recovered' } : {}),
    }),
  };
}

function boundaryFigure(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): Figure {
  return {
    name: 'zhong2017-fig1a-boundary',
    title: 'Sample size at which half, and 95 %, of the trials recover',
    caption: `n at 50 % and 95 % recovery by maximum-likelihood logistic regression on log n; ${counts(cells, values)}. Bars: 95 % profile-likelihood intervals. Dashed: proportional to d. A d without failures or without successes on the grid has no point.`,
    rows: drawnBoundaries(cells, values).map(({ d, level, n }) => ({ d, level, n: n.value, low: n.low, high: n.high })),
    spec: lineWithBars({
      x: 'd',
      y: 'n',
      low: 'low',
      high: 'high',
      colour: 'level',
      colourTitle: 'recovered',
      xTitle: 'input dimension d',
      yTitle: 'sample size n',
      xLog: true,
      yLog: true,
      guideSlope: 1,
    }),
  };
}

/** The rates from which the n at 50 % is found. */
function ratesFigure(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): Figure {
  const rows = halfRows(cells, ({ settings }) => settings.d, 'recoveryRate');
  return {
    name: 'zhong2017-fig1a-rates',
    title: 'Recovery rate of W* and v* against the sample size',
    caption: `Share of trials that recover, by d; ${counts(cells, values)}. Bars: 95 % Blaker intervals. ${HALF_WORDS}`,
    rows,
    cells: cells.map(({ settings }) => ({ ...settings })),
    spec: halfFigure(rows, 'd', { yTitle: 'recovery rate' }),
  };
}

/** zhong2017, Figure 1(a): how often the tensor initialization and descent recover W* and v*, over d and n. */
export const zhong2017Fig1a = defineExperiment({
  id: 'zhong2017-fig1a',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Recovery rate of tensor initialization and gradient descent over dimension and sample size',
  settings: SETTINGS,
  openChoices: [
    ...ZHONG2017_CHOICES,
    'Iterations (not given): at most 10000, as in the authors’ scripts; runs stop early at gradient norm 1e-6, where the error is far below 0.01.',
    REGIME_CHOICE,
    'A trial whose v_0 has another number of +1 than v* has failed whatever W does, since v stays fixed: its descent is left out.',
  ],
  cells: zhong2017Cells,
  cost: (settings) => 0.3 * plantedCost(settings, 1) + initializationCost(settings),
  takesMixed: () => true,
  trial: runTrial,
  draw: (context) => drawInitialized(zhong2017Context(context)),
  measures: [
    {
      name: 'recoveryRate',
      of: 'recovered',
      description: 'share of trials that recover W* within the tolerance and v* exactly',
      estimate: rate,
      whenFailed: 0,
    },
    {
      name: 'signsRate',
      of: 'signsRight',
      description: 'share of trials whose v_0 is v* up to order',
      estimate: rate,
      whenFailed: 0,
    },
    {
      name: 'initializationError',
      of: 'initializationError',
      description: 'median of the largest relative error of a neuron of W_0',
      estimate: median,
    },
    {
      name: 'parameterError',
      of: 'parameterError',
      description: 'median of the same after descent, over trials with the right v_0',
      estimate: median,
    },
    {
      name: 'iterations',
      of: 'iterations',
      description: 'mean number of iterations of a descent',
      estimate: meanIterations,
    },
  ],
  alsoStored: ['finalLoss'],
  claims,
  figures,
});
