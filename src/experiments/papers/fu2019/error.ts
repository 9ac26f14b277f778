import { cellRows } from '../../common/cellRows.js';
import type { Architecture } from '../../../core/networks/networks.js';
import { scaled, type Estimate } from '../../../statistics/estimate.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { number, withDefault } from '../../../settings/declare.js';
import { byScale } from '../../../settings/scale.js';
import type { Values } from '../../../settings/types.js';
import { defineExperiment } from '../../define.js';
import * as common from '../../common/settings.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import {
  ACCURACY_ALSO_STORED,
  ACCURACY_MEASURES,
  accuracyProblem,
  accuracyTrial,
  errorExponent,
} from '../../common/accuracy.js';
import { overPredicted, predictedRows } from '../../common/prediction.js';
import { plantedCost } from '../../common/planted.js';
import { lineWithBars } from '../../plots.js';
import type { FigureMaker, PublishedSettings, StatedClaim } from '../../spec.js';
import {
  bothGrids,
  cellsOf,
  dimensionsOf,
  FU2019_PUBLISHED,
  gridSettings,
  NETWORKS,
  PROBLEM_SETTINGS,
  seriesName,
  type NetworkCell,
} from './architectures.js';

const SOURCE = 'fu2018 extended version, Section on experiments (estimation error); fu2019, Theorem 2';

const PUBLISHED: PublishedSettings = { ...FU2019_PUBLISHED, radius: 0.1 };
const DIMENSIONS = { fcn: [20, 35, 50], cnn: [21, 36, 51] } as const;

const SETTINGS = {
  ...PROBLEM_SETTINGS,
  startLaw: withDefault(PROBLEM_SETTINGS.startLaw, 'ball'),
  ...gridSettings({
    fcn: { smoke: [6], quick: [20, 35], paper: [20, 35, 50] },
    cnn: { smoke: [6], quick: [21, 36], paper: [21, 36, 51] },
    fcnRatios: byScale([500, 1000, 2000]),
    cnnRatios: byScale([500, 1000, 2000]),
    samples: {
      smoke: [4000, 16000],
      quick: [10000, 40000, 80000, 160000],
      paper: [5000, 10000, 20000, 40000, 80000, 160000, 320000],
    },
  }),
  trials: common.trials({ smoke: 6, quick: 10, paper: 100 }, 'runs per cell'),
  iterations: common.iterations({ smoke: 500, quick: 3500, paper: 3500 }),
  regime: number({
    description: 'smallest n/d that counts for the slope',
    min: 0,
    max: 1e6,
    default: { smoke: 500, quick: 2000, paper: 2000 },
  }),
};

/** The error may exceed its rate (n_first/n_last)^(1/2) by this factor. */
const SLACK = 1.1;

/** The ratio of the error at the largest n to the error at the smallest, times (n_last/n_first)^(1/2). */
function scaledRatio(own: readonly NetworkCell[]): Estimate {
  const [first, last] = [own[0], own[own.length - 1]];
  const scale = Math.sqrt(last.settings.n / first.settings.n);
  return scaled(ratioOf(last.measures['estimationError'], first.measures['estimationError']), scale);
}

function lineClaims(
  architecture: Architecture,
  d: number,
  own: readonly NetworkCell[],
  values: Values<typeof SETTINGS>,
): StatedClaim[] {
  const name = seriesName(architecture, d);
  const only = { published: { ...PUBLISHED, d: DIMENSIONS[architecture] }, here: { d } };
  return [
    stateClaim(
      {
        id: `decreases-${architecture}-d=${d}`,
        source: SOURCE,
        only,
        statement: `${name}: from the smallest n to the largest the error falls at least as n^(−1/2): their ratio times (n_last/n_first)^(1/2) at most ${SLACK}`,
      },
      () => scaledRatio(own),
      { low: 0, high: SLACK },
    ),
    stateClaim(
      {
        id: `slope-${architecture}-d=${d}`,
        source: SOURCE,
        only,
        statement: `${name}: mean error falls as n^(−1/2): exponent within −0.5 ± 0.1`,
      },
      () => errorExponent(own, values.regime),
      { low: -0.6, high: -0.4 },
    ),
    stateClaim(
      {
        id: `asymptotic-${architecture}-d=${d}`,
        source: `${SOURCE}, with the exact constant`,
        only,
        statement: `${name}, largest n: the root mean square error is √(T/n), T of the exact asymptotics, without a free parameter: ratio within 1 ± 0.1`,
      },
      () => overPredicted({ ...values, architecture }, own),
      { low: 0.9, high: 1.1 },
    ),
  ];
}

function claims(cells: readonly NetworkCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  return NETWORKS.flatMap((architecture) =>
    dimensionsOf(values, architecture).flatMap((d) =>
      lineClaims(architecture, d, cellsOf(cells, architecture, d), values),
    ),
  );
}

function figures(cells: readonly NetworkCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const measured = cellRows(cells, ({ settings, trials, measures: { estimationError } }) => ({
    network: seriesName(settings.architecture, settings.d),
    n: settings.n,
    trials,
    error: estimationError.value,
    low: estimationError.low,
    high: estimationError.high,
  }));
  return [
    () => ({
      name: 'fu2019-error',
      title: 'Mean estimation error with cross entropy: FCN and CNN',
      caption: `Mean of ‖Ŵ_n − W*‖_F over ${trialCounts(cells)} runs per point; K = ${values.K}. Bars: 95 % intervals of the mean. Predicted: √(T/n), T by quadrature, no free parameter. Dashed: slope −1/2.`,
      ...measured,
      rows: [
        ...measured.rows,
        ...NETWORKS.flatMap((architecture) =>
          dimensionsOf(values, architecture).flatMap((d) =>
            predictedRows({ ...values, architecture }, cellsOf(cells, architecture, d), {
              network: `${seriesName(architecture, d)}, predicted`,
            }),
          ),
        ),
      ],
      spec: lineWithBars({
        x: 'n',
        y: 'error',
        low: 'low',
        high: 'high',
        colour: 'network',
        colourTitle: 'network',
        xTitle: 'sample size n',
        yTitle: 'mean estimation error',
        xLog: true,
        yLog: true,
        guideSlope: -0.5,
      }),
    }),
  ];
}

/** The accuracy protocol of fu2018 with cross entropy, for both networks of fu2019. */
export const fu2019Error = defineExperiment({
  id: 'fu2019-error',
  version: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'Mean estimation error with cross entropy, fully connected and convolutional network',
  settings: SETTINGS,
  openChoices: [
    'd = 20, 35, 50 for the FCN; the CNN needs multiples of K = 3: 21, 36, 51.',
    'Law and scale of W* (not given): orthonormal rows of norm 2 (FCN), one row of norm 2 (CNN).',
    'Error: the least ‖Ŵ_n − W*‖_F over orders of the neurons; the paper compares rows in the order that they have.',
    'The printed theorems assume ‖w_k*‖ ≤ 1; with norm 2 the experiment is outside, teacherScale=1 is inside.',
    'The n^(−1/2) regime: n ≥ 2000 d, as for fu2018-fig4.',
    'Starts uniform in the ball ‖W0 − W*‖_F ≤ 0.1‖W*‖_F; each run draws its own teacher, training set and start.',
  ],
  cells: bothGrids,
  cost: (settings) => plantedCost(settings, 1),
  takesMixed: () => true,
  trial: accuracyTrial,
  draw: accuracyProblem,
  measures: ACCURACY_MEASURES,
  alsoStored: ACCURACY_ALSO_STORED,
  claims,
  figures,
});
