import { RunStatus } from '../../core/kernels/contract.js';
import type { LossName } from '../../core/losses.js';
import { matchedDistance } from '../../core/matching.js';
import { mean, positiveMean } from '../../statistics/means.js';
import { ratioOf } from '../../statistics/ratio.js';
import { stateClaim } from '../claims.js';
import { trialCounts } from '../counts.js';
import { descendPlanted, drawPlanted, everywhere, numberOf, PLANTED_PARAMETERS, plantedCost } from '../planted.js';
import { lineWithBars } from '../plots.js';
import { sampleGrid } from '../sampleGrid.js';
import type { CellSummary, Experiment, Figure, FigureMaker, ParameterValues, PublishedSettings, StatedClaim, TrialContext, TrialOutcome } from '../spec.js';

const SOURCE = 'fu2018 extended version, Section on experiments (cross entropy against squared loss)';

/** The two losses that the paper compares. */
const LOSSES = ['squared', 'cross-entropy'] as const satisfies readonly LossName[];

/** Both losses from the same start on the same data: the difference of the errors has the noise of neither. */
function runTrial(context: TrialContext): TrialOutcome {
  const planted = drawPlanted(context, 1);
  const errors = LOSSES.map((loss) => {
    const state = descendPlanted(context, { ...planted, problem: { ...planted.problem, loss } });
    return state.status[0] === RunStatus.diverged ? Infinity : matchedDistance(state.weights, planted.teacher, planted.problem.shape.rows);
  });
  const [errorSquared, errorCrossEntropy] = errors;
  return {
    status: errors.every(Number.isFinite) ? 'ok' : 'diverged',
    measures: { errorSquared, errorCrossEntropy, errorDifference: errorSquared - errorCrossEntropy },
  };
}

const PUBLISHED: PublishedSettings = { K: 3, d: 20, inputs: 'gaussian', labels: 'classification', radius: 0.1 };

/** “Much lower” as a number. */
const MUCH = 1.5;

function claims(cells: readonly CellSummary[]): StatedClaim[] {
  return cells.flatMap(({ settings, measures }) => {
    const [d, n] = [numberOf(settings, 'd'), numberOf(settings, 'n')];
    const only = { published: PUBLISHED, here: { d } };
    return [
      stateClaim({ id: `cross-entropy-lower-d=${d}-n=${n}`, source: SOURCE, only, statement: `d = ${d}, n = ${n}: cross entropy has the lower error: mean of the paired difference squared − cross entropy above 0` },
        () => measures['errorDifference'], { low: Number.MIN_VALUE, high: Infinity }),
      stateClaim({ id: `much-lower-d=${d}-n=${n}`, source: SOURCE, only, statement: `d = ${d}, n = ${n}: much lower: mean error of squared loss over that of cross entropy at least ${MUCH}` },
        () => ratioOf(measures['errorSquared'], measures['errorCrossEntropy']), { low: MUCH, high: Infinity }),
    ];
  });
}

function figures(cells: readonly CellSummary[], values: ParameterValues): FigureMaker[] {
  const row = ({ settings, trials, measures }: CellSummary, loss: string, name: string): Figure['rows'][number] => {
    const { value, low, high } = measures[name];
    return { n: numberOf(settings, 'n'), loss, trials, error: value, low, high };
  };
  const counts = `K = ${String(values['K'])}, ${trialCounts(cells)} runs per point, both losses from the same start on the same data`;
  return [() => ({
    name: 'fu2019-loss',
    title: 'Cross entropy against squared loss on the same data',
    caption: `Mean of ‖Ŵ_n − W*‖_F; ${counts}. Bars: 95 % intervals of the mean.`,
    rows: cells.flatMap((cell) => [row(cell, 'squared', 'errorSquared'), row(cell, 'cross entropy', 'errorCrossEntropy')]),
    spec: lineWithBars({ x: 'n', y: 'error', low: 'low', high: 'high', colour: 'loss', colourTitle: 'loss', xTitle: 'sample size n', yTitle: 'mean estimation error', xLog: true, yLog: true, guideSlope: -0.5 }),
  }), () => ({
    name: 'fu2019-loss-difference',
    title: 'What cross entropy gains over squared loss',
    caption: `Mean of the paired difference of the errors, squared − cross entropy; ${counts}. Bars: 95 % intervals of the mean.`,
    rows: cells.map((cell) => row(cell, 'difference', 'errorDifference')),
    spec: lineWithBars({ x: 'n', y: 'error', low: 'low', high: 'high', xTitle: 'sample size n', yTitle: 'error difference', xLog: true, yReference: [0] }),
  })];
}

/** Cross entropy against squared loss, paired. */
export const fu2019Loss: Experiment = {
  id: 'fu2019-loss',
  version: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'Cross entropy against squared loss on the same data',
  parameters: {
    ...PLANTED_PARAMETERS,
    startLaw: { ...PLANTED_PARAMETERS.startLaw, default: everywhere('ball') },
    d: { description: 'input dimensions', kind: 'integer', list: true, min: 1, max: 1000, default: { smoke: [5], quick: [20], paper: [20] } },
    n: { description: 'sample sizes, or auto = perDimension × d', kind: 'integer', list: true, words: ['auto'], min: 1, max: 1e7, default: { smoke: [4000, 16000], quick: [10000, 20000, 40000], paper: [5000, 10000, 20000, 40000, 80000] } },
    perDimension: { description: 'values of n/d when n is auto', kind: 'number', list: true, min: 1, max: 1e6, default: everywhere([500, 1000, 2000]) },
    trials: { description: 'runs per cell', kind: 'integer', min: 1, max: 1e6, default: { smoke: 8, quick: 20, paper: 100 } },
    iterations: { description: 'largest number of iterations', kind: 'integer', min: 1, max: 1e7, default: { smoke: 800, quick: 3500, paper: 3500 } },
  },
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2; starts uniform in the ball of radius 0.1‖W*‖_F.',
    'Error: the least ‖Ŵ_n − W*‖_F over orders of the neurons; the paper has the order as it is.',
    'The printed theorems assume ‖w_k*‖ ≤ 1; with norm 2 the experiment is outside, teacherScale=1 is inside.',
    'Each loss has its own step 1/λ_max of its Hessian at the start, so that neither is slowed by the other’s scale.',
  ],
  cells: (values) => sampleGrid(values).map((settings) => ({ settings, trials: values['trials'] as number })),
  cost: (settings) => 2 * plantedCost(settings, 1),
  runTrial,
  measures: [
    { name: 'errorSquared', of: 'errorSquared', description: 'mean of ‖Ŵ_n − W*‖_F with squared loss', estimate: positiveMean },
    { name: 'errorCrossEntropy', of: 'errorCrossEntropy', description: 'mean of ‖Ŵ_n − W*‖_F with cross entropy', estimate: positiveMean },
    { name: 'errorDifference', of: 'errorDifference', description: 'mean of the paired difference, squared − cross entropy', estimate: mean },
  ],
  claims,
  figures,
};
