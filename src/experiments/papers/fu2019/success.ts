import { scaled, type Estimate } from '../../../statistics/estimate.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { byScale } from '../../../settings/scale.js';
import type { Values } from '../../../settings/types.js';
import { defineExperiment } from '../../define.js';
import * as common from '../../common/settings.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { outcomeClaims } from '../../common/outcomeClaims.js';
import { HALF_WORDS, halfFigure, halfRows } from '../../common/halfFigure.js';
import { spreadFigures } from '../../common/outcomeFigures.js';
import type { FigureMaker, PublishedSettings, StatedClaim } from '../../spec.js';
import { pooledRate } from '../../common/pooled.js';
import {
  halfSuccess,
  SPREAD_ALSO_STORED,
  SPREAD_MEASURES,
  spreadCost,
  spreadProblem,
  spreadTrial,
} from '../../common/spread.js';
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

const SOURCE = 'fu2018 extended version, Section on experiments (success rate); fu2019, Section II';

const PUBLISHED: PublishedSettings = {
  ...FU2019_PUBLISHED,
  d: [15, 20, 25],
  cnnD: [15, 21, 24],
  iterations: 3500,
  threshold: 1e-2,
};

const SETTINGS = {
  ...PROBLEM_SETTINGS,
  ...gridSettings({
    fcn: { smoke: [6], quick: [15, 20], paper: [15, 20, 25] },
    cnn: { smoke: [6], quick: [15, 21], paper: [15, 21, 24] },
    fcnRatios: { smoke: [50, 800], quick: [100, 200, 300, 600], paper: [100, 150, 200, 250, 300, 400, 500, 700] },
    cnnRatios: { smoke: [4, 100], quick: [2, 4, 8, 30], paper: [1, 2, 3, 4, 6, 8, 12, 20, 50] },
    samples: byScale(['auto']),
  }),
  trials: common.trials({ smoke: 6, quick: 20, paper: 50 }),
  starts: common.starts({ smoke: 4, quick: 5, paper: 20 }, { least: 2 }),
  iterations: common.iterations({ smoke: 500, quick: 3500, paper: 3500 }),
  threshold: common.threshold(1e-2),
};

/** At K = 3 the CNN has a ninth of the FCN's parameters. A factor above 9 is an effect of geometry. */
const FEWER = 10;

/**
 * n50/d of one network at its smallest d. A value from all dimensions together would assume that n50 is proportional to
 * d.
 */
function halfPerDimension(
  cells: readonly NetworkCell[],
  values: Values<typeof SETTINGS>,
  architecture: 'fcn' | 'cnn',
): Estimate {
  const [d] = dimensionsOf(values, architecture);
  return scaled(halfSuccess(cellsOf(cells, architecture, d)), 1 / d);
}

function claims(cells: readonly NetworkCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const last = (architecture: 'fcn' | 'cnn'): NetworkCell[] =>
    dimensionsOf(values, architecture).flatMap((d) => cellsOf(cells, architecture, d).slice(-1));
  const only = { published: PUBLISHED };
  return [
    ...NETWORKS.map((architecture) =>
      stateClaim(
        {
          id: `rate-reaches-one-${architecture}`,
          statement: `${architecture.toUpperCase()}: success rate at the largest n of each d, pooled: at least 0.9`,
          source: SOURCE,
          only,
        },
        () => pooledRate(last(architecture)),
        { low: 0.9, high: 1 },
      ),
    ),
    stateClaim(
      {
        id: 'cnn-needs-fewer',
        statement: `the CNN needs fewer samples: n50/d of the FCN over n50/d of the CNN, each at its smallest d, at least ${FEWER}`,
        source: SOURCE,
        only,
      },
      () => ratioOf(halfPerDimension(cells, values, 'fcn'), halfPerDimension(cells, values, 'cnn')),
      { low: FEWER, high: Infinity },
    ),
    ...NETWORKS.flatMap((architecture) =>
      outcomeClaims({
        cells: cellsOf(cells, architecture),
        last: last(architecture),
        source: SOURCE,
        only,
        suffix: `-${architecture}`,
        prefix: `${architecture.toUpperCase()}: `,
      }),
    ),
  ];
}

function seriesOf({ settings }: Pick<NetworkCell, 'settings'>): string {
  return seriesName(settings.architecture, settings.d);
}

function figures(cells: readonly NetworkCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const rows = halfRows(cells, seriesOf);
  return [
    () => ({
      name: 'fu2019-success',
      title: 'Success rate with cross entropy: FCN and CNN',
      caption: `Share of training sets with SD_n ≤ ${values.threshold}; K = ${values.K}, ${values.starts} starts on each of ${trialCounts(cells)} training sets per point, at most ${values.iterations} iterations. Bars: 95 % Blaker intervals. ${HALF_WORDS}`,
      rows,
      spec: halfFigure(rows, 'network'),
    }),
    ...spreadFigures(cells, { name: 'fu2019-success', seriesOf, values }),
  ];
}

/** The success-rate protocol of fu2018 with cross entropy, for both networks of fu2019. */
export const fu2019Success = defineExperiment({
  id: 'fu2019-success',
  version: 2,
  streamVersion: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'Success rate with cross entropy, fully connected and convolutional network',
  settings: SETTINGS,
  openChoices: [
    'K = 3 does not divide d = 20 and 25: the CNN has d = 15, 21, 24.',
    'The printed theorems assume ‖w_k*‖ ≤ 1; with norm 2 the experiment is outside, teacherScale=1 is inside.',
    'Law and scale of W* (not given): orthonormal rows of norm 2 (FCN), one row of norm 2 (CNN).',
    'Step size (not given): 1/λ_max of the Hessian at each start; starts uniform on the sphere of radius 0.1‖W*‖_F.',
    'The CNN’s success rate is not in the paper’s text; its sample sizes are ours.',
  ],
  cells: bothGrids,
  cost: spreadCost,
  takesMixed: () => true,
  trial: spreadTrial,
  draw: spreadProblem,
  measures: SPREAD_MEASURES,
  alsoStored: SPREAD_ALSO_STORED,
  claims,
  figures,
});
