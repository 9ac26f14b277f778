import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import {
  ACCURACY_ALSO_STORED,
  ACCURACY_MEASURES,
  accuracyProblem,
  accuracyTrial,
  errorExponent,
  smallestErrorRatio,
} from '../../common/accuracy.js';
import { plantedGrid } from '../../common/studyForm.js';
import { overPredicted, predictedRows } from '../../common/prediction.js';
import { plantedCost } from '../../common/planted.js';
import * as common from '../../common/settings.js';
import { ascending } from '../../common/ascending.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import { sampleGrid, type SampleCell } from '../../common/sampleGrid.js';
import type { FigureMaker, FigureRow, PublishedSettings, StatedClaim } from '../../spec.js';
import { number, withDefault } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';

const SOURCE = 'fu2018, Section 6, Figure 4';

/** The settings that the text prints for the figure. */
const PUBLISHED: PublishedSettings = {
  K: 3,
  d: [20, 40, 60],
  inputs: 'gaussian',
  labels: 'classification',
  radius: 0.1,
};

const SETTINGS = {
  ...common.planted,
  ...common.nearby,
  startLaw: withDefault(common.nearby.startLaw, 'ball'),
  ...common.descent,
  d: common.dimensions({ smoke: [4, 8], quick: [20, 40], paper: [20, 40, 60] }),
  n: common.samplesOrAuto({
    smoke: [4000, 16000],
    quick: [10000, 20000, 40000, 80000, 160000],
    paper: [5000, 10000, 20000, 40000, 80000, 160000, 320000],
  }),
  perDimension: common.perDimension([500, 1000, 2000]),
  trials: common.trials({ smoke: 6, quick: 10, paper: 100 }, 'runs per cell'),
  iterations: common.iterations({ smoke: 500, quick: 2000, paper: 2000 }),
  regime: number({
    description: 'smallest n/d that counts as the n^(−1/2) regime of the slope claims',
    min: 0,
    max: 1e6,
    default: { smoke: 500, quick: 2000, paper: 2000 },
  }),
};

function ofDimension(cells: readonly SampleCell[], d: number): SampleCell[] {
  return cells.filter((cell) => cell.settings.d === d);
}

function slopeClaims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const { regime } = values;
  return ascending(values.d).map((d) =>
    stateClaim(
      {
        id: `slope-d=${d}`,
        source: `${SOURCE}, and Theorem 2, eq. (8)`,
        only: { published: PUBLISHED, here: { d } },
        statement: `d = ${d}: mean error falls as n^(−1/2) for n ≥ ${regime} d: exponent within −0.5 ± 0.1`,
      },
      () => errorExponent(ofDimension(cells, d), regime),
      { low: -0.6, high: -0.4 },
    ),
  );
}

function asymptoticClaims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  return ascending(values.d).map((d) =>
    stateClaim(
      {
        id: `asymptotic-d=${d}`,
        source: `${SOURCE}, and Theorem 2, eq. (8), with the exact constant`,
        only: { published: PUBLISHED, here: { d } },
        statement: `d = ${d}, largest n: the root mean square error is √(T/n), T of the exact asymptotics, without a free parameter: ratio within 1 ± 0.1`,
      },
      () => overPredicted(values, ofDimension(cells, d)),
      { low: 0.9, high: 1.1 },
    ),
  );
}

function claims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const order = stateClaim(
    {
      id: 'order-in-d',
      statement: 'the error grows with d at every n: smallest ratio of the errors of neighbouring d above 1',
      source: SOURCE,
      only: { published: PUBLISHED },
    },
    () => smallestErrorRatio(ascending(values.d).map((d) => ofDimension(cells, d))),
    { low: 1, high: Infinity },
  );
  return [
    ...slopeClaims(cells, values),
    ...asymptoticClaims(cells, values),
    ...(ascending(values.d).length > 1 ? [order] : []),
  ];
}

/** The measured errors of a line, and the predicted ones. */
function lineRows(own: readonly SampleCell[], values: Values<typeof SETTINGS>, line: string): FigureRow[] {
  return [
    ...own.map(({ settings, trials, measures: { estimationError } }) => ({
      line,
      n: settings.n,
      trials,
      error: estimationError.value,
      low: estimationError.low,
      high: estimationError.high,
    })),
    ...predictedRows(values, own, { line: `${line}, predicted` }),
  ];
}

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  return [
    () => ({
      name: 'fu2018-fig4',
      title: 'Mean estimation error against the sample size',
      caption: `Mean of ‖Ŵ_n − W*‖_F over ${trialCounts(cells)} runs per point, each with its own teacher, training set and start within ${values.radius}‖W*‖_F; K = ${values.K}. Bars: 95 % intervals of the mean. Predicted: √(T/n), T by quadrature, no free parameter. Dashed: slope −1/2.`,
      rows: ascending(values.d).flatMap((d) => lineRows(ofDimension(cells, d), values, `d = ${d}`)),
      spec: lineWithBars({
        x: 'n',
        y: 'error',
        low: 'low',
        high: 'high',
        colour: 'line',
        xTitle: 'sample size n',
        yTitle: 'mean estimation error ‖Ŵₙ − W*‖_F',
        colourTitle: ' ',
        xLog: true,
        yLog: true,
        guideSlope: -0.5,
      }),
    }),
  ];
}

/** fu2018, Figure 4: statistical accuracy of the local minimiser that descent reaches from close to W*. */
export const fu2018Fig4 = defineExperiment({
  id: 'fu2018-fig4',
  version: 1,
  paper: 'fu2018',
  source: SOURCE,
  title: 'Mean estimation error of gradient descent from near the teacher against the sample size',
  settings: SETTINGS,
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2.',
    'Starts: uniform in the ball ‖W0 − W*‖_F ≤ 0.1‖W*‖_F.',
    'Each of the L = 100 Monte Carlo runs draws its own teacher, training set and start; the paper does not say whether the data are shared.',
    'Step size (not given): 1/λ_max of the Hessian at the start; at most 2000 iterations, as in Figure 3.',
    'The n^(−1/2) regime (“n large enough” in Theorem 2): n ≥ 2000 d. Below it the error falls faster, because the minimiser is still far from W*.',
    'Error: the least ‖Ŵ_n − W*‖_F over orders of the neurons; the paper compares rows in the order that they have.',
    'Labels: classification, as in the model of eq. (3). With regression labels the error would be zero.',
  ],
  cells: (values) => sampleGrid(values).map((settings) => ({ settings, trials: values.trials })),
  cost: (settings) => plantedCost(settings, 1),
  takesMixed: () => true,
  trial: accuracyTrial,
  draw: accuracyProblem,
  study: (values) => ({
    grid: plantedGrid(values),
    trials: values.trials,
    measures: ['estimationError', 'iterations'],
    figure: { measure: 'estimationError', x: 'n', colour: 'd', xLog: true, yLog: true },
  }),
  measures: ACCURACY_MEASURES,
  alsoStored: ACCURACY_ALSO_STORED,
  claims,
  figures,
});
