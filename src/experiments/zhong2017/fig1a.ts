import { RunStatus } from '../../core/kernels/contract.js';
import { logisticCrossing } from '../../statistics/crossing.js';
import { exponential, UNKNOWN, type Estimate } from '../../statistics/estimate.js';
import { median } from '../../statistics/means.js';
import { rate } from '../../statistics/rates.js';
import { boundaryExponent, type GridCount } from '../../statistics/scaling.js';
import { meanIterations } from '../../statistics/ranges.js';
import { stateClaim } from '../claims.js';
import { trialCounts } from '../counts.js';
import { descendPlanted, plantedCost } from '../planted.js';
import { everywhere, numberOf, numbersOf, typed, typedSettings } from '../untyped.js';
import { heatMap, lineWithBars, tile, tileEdges } from '../plots.js';
import type { CellSummary, Experiment, Figure, FigureMaker, FigureRow, StatedClaim, TrialContext, TrialOutcome } from '../spec.js';
import type { ValuesByName } from '../../settings/types.js';
import { pooledRate, successesOf } from '../spread.js';
import { drawInitialized, initializationCost, REGIME_CHOICE, recoveryError, SECTION_7_DESCENT, weightError, ZHONG2017_CHOICES, ZHONG2017_DESCENT, ZHONG2017_PARAMETERS, ZHONG2017_REGIME, zhong2017Context, zhong2017Cells } from './problem.js';

const SOURCE = 'zhong2017, Section 7, Figure 1(a)';

/** Initialization, then descent in W with v_0 fixed. A v_0 that no order of neurons makes v* has failed already, and is not descended from. */
function runTrial(trial: TrialContext): TrialOutcome {
  const context = zhong2017Context(trial);
  const drawn = drawInitialized(context);
  const { initial, signsRight } = drawn;
  const before = { signsRight: signsRight ? 1 : 0, initializationError: weightError(initial.weights, drawn) };
  if (!signsRight) return { status: 'ok', measures: { ...before, recovered: 0 } };
  const state = descendPlanted(typed(context), { ...drawn, starts: { starts: 1, weights: initial.weights, outputWeights: initial.outputWeights } });
  const diverged = state.status[0] === RunStatus.diverged;
  const parameterError = diverged ? Infinity : recoveryError(state.weights, initial.outputWeights, drawn);
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      ...before, parameterError, iterations: state.iterations[0], finalLoss: state.loss[0],
      recovered: parameterError <= numberOf(context.settings, 'within') ? 1 : 0,
    },
  };
}

function ofDimension(cells: readonly CellSummary[], d: number): CellSummary[] {
  return cells.filter((cell) => cell.settings['d'] === d);
}

const LEVELS = [0.5, 0.95] as const;

interface Boundary {
  readonly d: number;
  readonly level: string;
  readonly n: Estimate;
}

/** The n at which half, and 95 %, of the trials of each d recover, by logistic regression on log n. */
function boundaries(cells: readonly CellSummary[], values: ValuesByName): Boundary[] {
  return LEVELS.flatMap((level) => numbersOf(values, 'd').map((d) => {
    const own = ofDimension(cells, d).filter(({ trials }) => trials > 0);
    const { crossing, slope } = logisticCrossing(own.map(({ settings }) => Math.log(numberOf(settings, 'n'))), own.map((cell) => successesOf(cell, 'recoveryRate')), own.map(({ trials }) => trials), level);
    return { d, level: `${100 * level} %`, n: slope > 0 ? exponential(crossing) : UNKNOWN };
  }));
}

function countOf(cell: CellSummary): GridCount {
  return { d: numberOf(cell.settings, 'd'), n: numberOf(cell.settings, 'n'), successes: successesOf(cell, 'recoveryRate'), trials: cell.trials };
}

function boundaryClaim(id: string, statement: string, cells: readonly CellSummary[]): StatedClaim[] {
  if (new Set(cells.map(({ settings }) => settings['d'])).size < 2) return [];
  return [stateClaim({ id, source: SOURCE, only: { published: SECTION_7_DESCENT }, statement: `${statement}: exponent a of n ∝ d^a within 1 ± 0.25` }, () => boundaryExponent(cells.map(countOf)), { low: 0.75, high: 1.25 })];
}

function claims(cells: readonly CellSummary[], values: ValuesByName): StatedClaim[] {
  const ds = numbersOf(values, 'd');
  const smallest = (values['regime'] as number) * (values['K'] as number);
  return [
    stateClaim({ id: 'rate-reaches-one', source: SOURCE, only: { published: SECTION_7_DESCENT }, statement: `recovery rate at the largest n, d ≤ ${ds[Math.floor((ds.length - 1) / 2)]} pooled: at least 0.9` },
      () => pooledRate(ds.slice(0, Math.floor((ds.length + 1) / 2)).flatMap((d) => ofDimension(cells, d).slice(-1)), 'recoveryRate'), { low: 0.9, high: 1 }),
    ...boundaryClaim('boundary-exponent', 'n at the recovery boundary grows linearly with d', cells),
    ...boundaryClaim('boundary-exponent-regime', `n at the recovery boundary grows linearly with d for d ≥ ${smallest}`, cells.filter(({ settings }) => numberOf(settings, 'd') >= smallest)),
  ];
}

function figures(cells: readonly CellSummary[], values: ValuesByName): FigureMaker[] {
  return [() => mapFigure(cells, values), () => boundaryFigure(cells, values)];
}

function counts(cells: readonly CellSummary[], values: ValuesByName): string {
  return `k = ${String(values['K'])}, ${String(values['activation'])}, ${trialCounts(cells)} trials per cell`;
}

function drawnBoundaries(cells: readonly CellSummary[], values: ValuesByName): Boundary[] {
  return boundaries(cells, values).filter(({ n }) => Number.isFinite(n.value));
}

function mapFigure(cells: readonly CellSummary[], values: ValuesByName): Figure {
  const acrossD = tileEdges(numbersOf(values, 'd'));
  const acrossN = tileEdges(numbersOf(values, 'n'));
  const [least, most] = [acrossN(numbersOf(values, 'n')[0])[0], acrossN(numbersOf(values, 'n').slice(-1)[0])[1]];
  const tiles = cells.map(({ settings, trials, measures: { recoveryRate } }): FigureRow => ({
    d: numberOf(settings, 'd'), n: numberOf(settings, 'n'), trials, rate: recoveryRate.value, low: recoveryRate.low, high: recoveryRate.high,
    ...tile(acrossD(numberOf(settings, 'd')), acrossN(numberOf(settings, 'n'))),
  }));
  const points = drawnBoundaries(cells, values).filter(({ n }) => n.value >= least && n.value <= most).map(({ d, level, n }): FigureRow => ({ x: d, y: n.value, level }));
  return {
    name: 'zhong2017-fig1a',
    title: 'Recovery rate of W* and v* over dimension and sample size',
    caption: `Share of trials with max_j ‖w*_j − w_π(j)‖/‖w*_j‖ ≤ ${String(values['within'])} and v exact (white: all); ${counts(cells, values)}. Lines: n at which 50 % and 95 % recover, by logistic regression on log n for each d.`,
    rows: [...tiles, ...points],
    spec: heatMap({
      xTitle: 'input dimension d', yTitle: 'sample size n', value: 'rate', valueTitle: 'recovery rate', valueDomain: [0, 1], large: 'light',
      ...(points.length > 0 ? { lines: 'level', linesTitle: 'recovered' } : {}),
    }),
  };
}

function boundaryFigure(cells: readonly CellSummary[], values: ValuesByName): Figure {
  return {
    name: 'zhong2017-fig1a-boundary',
    title: 'Sample size at which half, and 95 %, of the trials recover',
    caption: `n at 50 % and 95 % recovery by maximum-likelihood logistic regression on log n; ${counts(cells, values)}. Bars: 95 % profile-likelihood intervals. Dashed: proportional to d. A d without failures or without successes on the grid has no point.`,
    rows: drawnBoundaries(cells, values).map(({ d, level, n }) => ({ d, level, n: n.value, low: n.low, high: n.high })),
    spec: lineWithBars({ x: 'd', y: 'n', low: 'low', high: 'high', colour: 'level', colourTitle: 'recovered', xTitle: 'input dimension d', yTitle: 'sample size n', xLog: true, yLog: true, guideSlope: 1 }),
  };
}

/** zhong2017, Figure 1(a): how often the tensor initialization and descent recover W* and v*, over d and n. */
export const zhong2017Fig1a: Experiment = {
  id: 'zhong2017-fig1a',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Recovery rate of tensor initialization and gradient descent over dimension and sample size',
  parameters: {
    ...ZHONG2017_PARAMETERS,
    ...ZHONG2017_DESCENT,
    d: { description: 'input dimensions', kind: 'integer', list: true, min: 1, max: 1000, default: { smoke: [8, 16], quick: [20, 40, 60, 80, 100], paper: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100] } },
    n: { description: 'sample sizes', kind: 'integer', list: true, min: 1, max: 1e7, default: { smoke: [400, 2000], quick: [1000, 2000, 3000, 4000, 6000], paper: [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000] } },
    trials: { description: 'trials per cell', kind: 'integer', min: 1, max: 1e6, default: { smoke: 4, quick: 6, paper: 10 } },
    iterations: { description: 'largest number of iterations', kind: 'integer', min: 1, max: 1e7, default: { smoke: 2000, quick: 4000, paper: 10000 } },
    tolerance: { description: 'a run stops early when its gradient norm is at most this', kind: 'number', min: 0, max: 1, default: everywhere(1e-6) },
    regime: ZHONG2017_REGIME,
    within: { description: 'recovered iff the largest relative error of a neuron is at most this, and v is exact', kind: 'number', min: 1e-15, max: 1, default: everywhere(0.01) },
  },
  openChoices: [
    ...ZHONG2017_CHOICES,
    'Iterations (not given): at most 10000, as in the authors’ scripts; runs stop early at gradient norm 1e-6, where the error is far below 0.01.',
    REGIME_CHOICE,
    'A trial whose v_0 has another number of +1 than v* has failed whatever W does, since v stays fixed: its descent is left out.',
  ],
  cells: zhong2017Cells,
  cost: (settings) => 0.3 * plantedCost(typedSettings(settings), 1) + initializationCost(settings),
  runTrial,
  measures: [
    { name: 'recoveryRate', of: 'recovered', description: 'share of trials that recover W* within the tolerance and v* exactly', estimate: rate, whenFailed: 0 },
    { name: 'signsRate', of: 'signsRight', description: 'share of trials whose v_0 is v* up to order', estimate: rate, whenFailed: 0 },
    { name: 'initializationError', of: 'initializationError', description: 'median of the largest relative error of a neuron of W_0', estimate: median },
    { name: 'parameterError', of: 'parameterError', description: 'median of the same after descent, over trials with the right v_0', estimate: median },
    { name: 'iterations', of: 'iterations', description: 'mean number of iterations of a descent', estimate: meanIterations },
  ],
  alsoStored: ['finalLoss'],
  claims,
  figures,
};
