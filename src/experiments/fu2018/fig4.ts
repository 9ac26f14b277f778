import { RunStatus } from '../../core/kernels/contract.js';
import { matchedDistance } from '../../core/matching.js';
import type { Estimate } from '../../statistics/estimate.js';
import { mean } from '../../statistics/means.js';
import { ratioOf } from '../../statistics/ratio.js';
import { powerLawExponent } from '../../statistics/regression.js';
import { makeClaim } from '../../statistics/verdict.js';
import { descendPlanted, drawPlanted, everywhere, numberOf, PLANTED_PARAMETERS, plantedCost } from '../planted.js';
import { lineWithBars } from '../plots.js';
import type { CellSummary, Claim, Experiment, Figure, ParameterValues, TrialContext, TrialOutcome } from '../spec.js';
import { numbersOf, sampleGrid } from './sampleGrid.js';

const SOURCE = 'fu2018, Section 6, Figure 4';

function runTrial(context: TrialContext): TrialOutcome {
  const planted = drawPlanted(context, 1);
  const state = descendPlanted(context, planted);
  const diverged = state.status[0] === RunStatus.diverged;
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      estimationError: diverged ? Infinity : matchedDistance(state.weights, planted.teacher, numberOf(context.settings, 'K')),
      iterations: state.iterations[0],
      gradientNorm: state.gradientNorm[0],
      finalLoss: state.loss[0],
    },
  };
}

function errorsOf(cells: readonly CellSummary[], d: number, smallestRatio: number): { x: number; estimate: Estimate }[] {
  return cells
    .filter(({ settings, trials }) => settings['d'] === d && trials > 1 && numberOf(settings, 'n') >= smallestRatio * d)
    .map(({ settings, measures }) => ({ x: numberOf(settings, 'n'), estimate: measures['estimationError'] }));
}

function slopeClaims(cells: readonly CellSummary[], values: ParameterValues): Claim[] {
  const regime = values['regime'] as number;
  return numbersOf(values, 'd').map((d) => {
    const points = errorsOf(cells, d, regime);
    const slope = points.length < 2 ? { value: Number.NaN, low: Number.NaN, high: Number.NaN } : powerLawExponent(points);
    return makeClaim({
      id: `slope-d=${d}`, source: `${SOURCE}, and Theorem 2, eq. (8)`,
      statement: `d = ${d}: mean error falls as n^(−1/2) for n ≥ ${regime} d: exponent within −0.5 ± 0.1`,
    }, slope, { low: -0.6, high: -0.4 });
  });
}

/** The smallest ratio of mean errors between neighbouring d at the same n. */
function smallestStep(cells: readonly CellSummary[], values: ParameterValues): Estimate {
  const steps = numbersOf(values, 'd').slice(1).flatMap((d, i) => {
    const below = errorsOf(cells, numbersOf(values, 'd')[i], 0);
    return errorsOf(cells, d, 0).flatMap(({ x, estimate }) => below.filter((point) => point.x === x).map((point) => ratioOf(estimate, point.estimate)));
  });
  const least = (part: (estimate: Estimate) => number): number => (steps.length === 0 ? Number.NaN : Math.min(...steps.map(part)));
  return { value: least((step) => step.value), low: least((step) => step.low), high: least((step) => step.high) };
}

function claims(cells: readonly CellSummary[], values: ParameterValues): Claim[] {
  const order = makeClaim({ id: 'order-in-d', statement: 'the error grows with d at every n: smallest ratio of the errors of neighbouring d above 1', source: SOURCE },
    smallestStep(cells, values), { low: 1, high: Infinity });
  return [...slopeClaims(cells, values), ...(numbersOf(values, 'd').length > 1 ? [order] : [])];
}

function figures(cells: readonly CellSummary[], values: ParameterValues): Figure[] {
  return [{
    name: 'fu2018-fig4',
    title: 'Mean estimation error against the sample size',
    caption: `Mean of ‖Ŵ_n − W*‖_F over ${String(values['trials'])} runs per point, each with its own teacher, training set and start within ${String(values['radius'])}‖W*‖_F; K = ${String(values['K'])}. Bars: 95 % intervals of the mean. Dashed: slope −1/2.`,
    rows: cells.map(({ settings, trials, measures: { estimationError } }) => ({
      d: numberOf(settings, 'd'), n: numberOf(settings, 'n'), trials, error: estimationError.value, low: estimationError.low, high: estimationError.high,
    })),
    spec: lineWithBars({ x: 'n', y: 'error', low: 'low', high: 'high', colour: 'd', xTitle: 'sample size n', yTitle: 'mean estimation error ‖Ŵₙ − W*‖_F', colourTitle: 'd', xLog: true, yLog: true, guideSlope: -0.5 }),
  }];
}

/** fu2018, Figure 4: statistical accuracy of the local minimiser that descent reaches from close to W*. */
export const fu2018Fig4: Experiment = {
  id: 'fu2018-fig4',
  version: 1,
  paper: 'fu2018',
  source: SOURCE,
  title: 'Mean estimation error of gradient descent from near the teacher against the sample size',
  parameters: {
    ...PLANTED_PARAMETERS,
    startLaw: { ...PLANTED_PARAMETERS.startLaw, default: everywhere('ball') },
    d: { description: 'input dimensions', kind: 'integer', list: true, min: 1, max: 1000, default: { smoke: [4, 8], quick: [20, 40], paper: [20, 40, 60] } },
    n: {
      description: 'sample sizes, or auto = perDimension × d', kind: 'integer', list: true, words: ['auto'], min: 1, max: 1e7,
      default: { smoke: [4000, 16000], quick: [10000, 20000, 40000, 80000, 160000], paper: [5000, 10000, 20000, 40000, 80000, 160000, 320000] },
    },
    perDimension: { description: 'values of n/d when n is auto', kind: 'number', list: true, min: 1, max: 1e6, default: everywhere([500, 1000, 2000]) },
    trials: { description: 'runs per cell', kind: 'integer', min: 1, max: 1e6, default: { smoke: 6, quick: 10, paper: 100 } },
    iterations: { description: 'largest number of iterations', kind: 'integer', min: 1, max: 1e7, default: { smoke: 500, quick: 2000, paper: 2000 } },
    regime: { description: 'smallest n/d that counts as the n^(−1/2) regime of the slope claims', kind: 'number', min: 0, max: 1e6, default: { smoke: 500, quick: 2000, paper: 2000 } },
  },
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2.',
    'Starts: uniform in the ball ‖W0 − W*‖_F ≤ 0.1‖W*‖_F.',
    'Each of the L = 100 Monte Carlo runs draws its own teacher, training set and start; the paper does not say whether the data are shared.',
    'Step size (not given): 1/λ_max of the Hessian at the start; at most 2000 iterations, as in Figure 3.',
    'The n^(−1/2) regime (“n large enough” in Theorem 2): n ≥ 2000 d. Below it the error falls faster, because the minimiser is still far from W*.',
    'Labels: classification, as in the model of eq. (3). With regression labels the error would be zero.',
  ],
  cells: (values) => sampleGrid(values).map((settings) => ({ settings, trials: values['trials'] as number })),
  cost: (settings) => plantedCost(settings, 1),
  runTrial,
  measures: [
    { name: 'estimationError', of: 'estimationError', description: 'mean of ‖Ŵ_n − W*‖_F', estimate: mean },
    { name: 'iterations', of: 'iterations', description: 'mean number of iterations', estimate: mean },
  ],
  claims,
  figures,
};
