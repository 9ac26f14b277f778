import { RunStatus } from '../../../core/kernels/contract.js';
import type { LossName } from '../../../core/networks/losses.js';
import { scaled, UNKNOWN } from '../../../statistics/estimate.js';
import { matchedDistance } from '../../../core/matching/matching.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { withDefault } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { defineExperiment } from '../../define.js';
import * as common from '../../common/settings.js';
import { stateClaim } from '../../claims.js';
import { isAsymptotic, LARGEST_SHARE, predictedError, predictedRows } from '../../common/prediction.js';
import { trialCounts } from '../../common/counts.js';
import { suffixed } from '../../keeper.js';
import { accuracyProblem } from '../../common/accuracy.js';
import { plantedGrid } from '../../common/studyForm.js';
import { descendPlanted, plantedCost, type PlantedSettings } from '../../common/planted.js';
import { lineWithBars } from '../../plots.js';
import { sampleGrid, type SampleCell } from '../../common/sampleGrid.js';
import type { Figure, FigureMaker, PublishedSettings, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';

const SOURCE = 'fu2018 extended version, Section on experiments (cross entropy against squared loss)';

const SETTINGS = {
  ...common.planted,
  ...common.nearby,
  startLaw: withDefault(common.nearby.startLaw, 'ball'),
  ...common.descent,
  d: common.dimensions({ smoke: [5], quick: [20], paper: [20] }),
  n: common.samplesOrAuto({
    smoke: [4000, 16000],
    quick: [10000, 20000, 40000],
    paper: [5000, 10000, 20000, 40000, 80000],
  }),
  perDimension: common.perDimension([500, 1000, 2000]),
  trials: common.trials({ smoke: 8, quick: 20, paper: 100 }, 'runs per cell'),
  iterations: common.iterations({ smoke: 800, quick: 3500, paper: 3500 }),
};

/** The two losses that are compared. They stay the same when the vocabulary grows. */
const COMPARED: readonly LossName[] = ['squared', 'cross-entropy'];

/**
 * Both losses use the same start and the same data. Their difference is free of the noise that the two errors share.
 */
function runTrial(context: TrialContext<PlantedSettings>): TrialOutcome {
  const planted = accuracyProblem(context);
  const errors = COMPARED.map((loss) => {
    const state = descendPlanted(
      { ...context, keep: suffixed(context.keep, loss) },
      { ...planted, problem: { ...planted.problem, loss } },
    );
    return state.status[0] === RunStatus.diverged
      ? Infinity
      : matchedDistance(state.weights, planted.teacher, planted.problem.shape.rows);
  });
  const [errorSquared, errorCrossEntropy] = errors;
  return {
    status: errors.every(Number.isFinite) ? 'ok' : 'diverged',
    measures: { errorSquared, errorCrossEntropy, errorDifference: errorSquared - errorCrossEntropy },
  };
}

const PUBLISHED: PublishedSettings = { K: 3, d: 20, inputs: 'gaussian', labels: 'classification', radius: 0.1 };

/** The factor that stands for “much lower”. */
const MUCH = 1.5;

/** The largest difference between the measured gain and the predicted one. */
const NEAR = 0.02;

/** 1 + (mean paired difference)/(mean error of cross entropy), compared with √(T_squared/T_cross-entropy). */
function gainClaim({ settings, measures }: SampleCell, values: Values<typeof SETTINGS>): StatedClaim {
  const { d, n } = settings;
  const [squared, crossEntropy] = COMPARED.map((loss) => predictedError({ ...values, loss }, d, n));
  const predicted = squared / crossEntropy;
  return stateClaim(
    {
      id: `gain-predicted-d=${d}-n=${n}`,
      source: `${SOURCE}, with the exact constants`,
      only: { published: PUBLISHED, here: { d } },
      statement: `d = ${d}, n = ${n}: squared loss has ${predicted.toPrecision(4)} times the error of cross entropy, √(T/T) of the exact asymptotics: within ± ${NEAR}`,
    },
    () => {
      if (!isAsymptotic({ ...values, loss: 'squared' }, d, n))
        return { ...UNKNOWN, note: `the predicted error is above ${LARGEST_SHARE}‖W*‖_F` };
      const gain = scaled(measures['errorDifference'], 1 / measures['errorCrossEntropy'].value);
      return { ...gain, value: 1 + gain.value, low: 1 + gain.low, high: 1 + gain.high };
    },
    { low: predicted - NEAR, high: predicted + NEAR },
  );
}

function claims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  return cells.flatMap((cell) => {
    const { settings, measures } = cell;
    const { d, n } = settings;
    const only = { published: PUBLISHED, here: { d } };
    return [
      stateClaim(
        {
          id: `cross-entropy-lower-d=${d}-n=${n}`,
          source: SOURCE,
          only,
          statement: `d = ${d}, n = ${n}: cross entropy has the lower error: mean of the paired difference squared − cross entropy above 0`,
        },
        () => measures['errorDifference'],
        { low: Number.MIN_VALUE, high: Infinity },
      ),
      stateClaim(
        {
          id: `much-lower-d=${d}-n=${n}`,
          source: SOURCE,
          only,
          statement: `d = ${d}, n = ${n}: much lower: mean error of squared loss over that of cross entropy at least ${MUCH}`,
        },
        () => ratioOf(measures['errorSquared'], measures['errorCrossEntropy']),
        { low: MUCH, high: Infinity },
      ),
      gainClaim(cell, values),
    ];
  });
}

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const row = ({ settings, trials, measures }: SampleCell, loss: string, name: string): Figure['rows'][number] => {
    const { value, low, high } = measures[name];
    return { n: settings.n, loss, trials, error: value, low, high };
  };
  const counts = `K = ${values.K}, ${trialCounts(cells)} runs per point, both losses from the same start on the same data`;
  return [
    () => ({
      name: 'fu2019-loss',
      title: 'Cross entropy against squared loss on the same data',
      caption: `Mean of ‖Ŵ_n − W*‖_F; ${counts}. Bars: 95 % intervals of the mean. Predicted: √(T/n), T by quadrature, no free parameter.`,
      rows: cells.flatMap((cell) => [
        row(cell, 'squared', 'errorSquared'),
        row(cell, 'cross entropy', 'errorCrossEntropy'),
        ...COMPARED.flatMap((loss) =>
          predictedRows({ ...values, loss }, [cell], { loss: `${loss.replace('-', ' ')}, predicted` }),
        ),
      ]),
      spec: lineWithBars({
        x: 'n',
        y: 'error',
        low: 'low',
        high: 'high',
        colour: 'loss',
        colourTitle: 'loss',
        xTitle: 'sample size n',
        yTitle: 'mean estimation error',
        xLog: true,
        yLog: true,
        guideSlope: -0.5,
      }),
    }),
    () => ({
      name: 'fu2019-loss-difference',
      title: 'What cross entropy gains over squared loss',
      caption: `Mean of the paired difference of the errors, squared − cross entropy; ${counts}. Bars: 95 % intervals of the mean.`,
      rows: cells.map((cell) => row(cell, 'difference', 'errorDifference')),
      spec: lineWithBars({
        x: 'n',
        y: 'error',
        low: 'low',
        high: 'high',
        xTitle: 'sample size n',
        yTitle: 'error difference',
        xLog: true,
        yReference: [0],
      }),
    }),
  ];
}

/** Cross entropy against squared loss, paired. */
export const fu2019Loss = defineExperiment({
  id: 'fu2019-loss',
  version: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'Cross entropy against squared loss on the same data',
  settings: SETTINGS,
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2; starts uniform in the ball of radius 0.1‖W*‖_F.',
    'Error: the least ‖Ŵ_n − W*‖_F over orders of the neurons; the paper compares rows in the order that they have.',
    'The printed theorems assume ‖w_k*‖ ≤ 1; with norm 2 the experiment is outside, teacherScale=1 is inside.',
    'Each loss has its own step 1/λ_max of its Hessian at the start, so that neither is slowed by the other’s scale.',
  ],
  cells: (values) => sampleGrid(values).map((settings) => ({ settings, trials: values.trials })),
  cost: (settings) => 2 * plantedCost(settings, 1),
  takesMixed: () => true,
  trial: runTrial,
  draw: accuracyProblem,
  study: (values) => ({
    grid: { ...plantedGrid(values), loss: COMPARED },
    trials: values.trials,
    measures: ['estimationError', 'iterations'],
    figure: { measure: 'estimationError', x: 'n', colour: 'loss', xLog: true, yLog: true },
  }),
  measures: [
    {
      name: 'errorSquared',
      of: 'errorSquared',
      description: 'mean of ‖Ŵ_n − W*‖_F with squared loss',
      estimate: positiveMean,
    },
    {
      name: 'errorCrossEntropy',
      of: 'errorCrossEntropy',
      description: 'mean of ‖Ŵ_n − W*‖_F with cross entropy',
      estimate: positiveMean,
    },
    {
      name: 'errorDifference',
      of: 'errorDifference',
      description: 'mean of the paired difference, squared − cross entropy',
      estimate: mean,
    },
  ],
  claims,
  figures,
});
