import { scaled, type Estimate } from '../../statistics/estimate.js';
import { ratioOf } from '../../statistics/ratio.js';
import { stateClaim } from '../claims.js';
import { trialCounts } from '../counts.js';
import { everywhere, numberOf, textOf } from '../planted.js';
import { lineWithBars } from '../plots.js';
import { outcomeClaims } from '../outcomeClaims.js';
import { spreadFigures } from '../outcomeFigures.js';
import type { CellSummary, Experiment, FigureMaker, ParameterValues, PublishedSettings, StatedClaim } from '../spec.js';
import { halfSuccess, pooledRate, SPREAD_ALSO_STORED, SPREAD_MEASURES, spreadCost, spreadTrial } from '../spread.js';
import { bothGrids, cellsOf, dimensionsOf, FU2019_PARAMETERS, FU2019_PUBLISHED, gridParameters, NETWORKS, seriesName } from './architectures.js';

const SOURCE = 'fu2018 extended version, Section on experiments (success rate); fu2019, Section II';

const PUBLISHED: PublishedSettings = { ...FU2019_PUBLISHED, d: [15, 20, 25], cnnD: [15, 21, 24], iterations: 3500, threshold: 1e-2 };

/** The CNN has a ninth of the parameters at K = 3: more than that is geometry. */
const FEWER = 10;

/** n50/d of one network, from all its dimensions at once would assume proportionality: the smallest d is compared. */
function halfPerDimension(cells: readonly CellSummary[], values: ParameterValues, architecture: 'fcn' | 'cnn'): Estimate {
  const [d] = dimensionsOf(values, architecture);
  return scaled(halfSuccess(cellsOf(cells, architecture, d)), 1 / d);
}

function claims(cells: readonly CellSummary[], values: ParameterValues): StatedClaim[] {
  const last = (architecture: 'fcn' | 'cnn'): CellSummary[] => dimensionsOf(values, architecture).flatMap((d) => cellsOf(cells, architecture, d).slice(-1));
  const only = { published: PUBLISHED };
  return [
    ...NETWORKS.map((architecture) => stateClaim({ id: `rate-reaches-one-${architecture}`, statement: `${architecture.toUpperCase()}: success rate at the largest n of each d, pooled: at least 0.9`, source: SOURCE, only },
      () => pooledRate(last(architecture)), { low: 0.9, high: 1 })),
    stateClaim({ id: 'cnn-needs-fewer', statement: `the CNN needs fewer samples: n50/d of the FCN over n50/d of the CNN, each at its smallest d, at least ${FEWER}`, source: SOURCE, only },
      () => ratioOf(halfPerDimension(cells, values, 'fcn'), halfPerDimension(cells, values, 'cnn')), { low: FEWER, high: Infinity }),
    ...NETWORKS.flatMap((architecture) => outcomeClaims({
      cells: cellsOf(cells, architecture), last: last(architecture), source: SOURCE, only, suffix: `-${architecture}`, prefix: `${architecture.toUpperCase()}: `,
    })),
  ];
}

function seriesOf({ settings }: Pick<CellSummary, 'settings'>): string {
  return seriesName(textOf(settings, 'architecture'), numberOf(settings, 'd'));
}

function figures(cells: readonly CellSummary[], values: ParameterValues): FigureMaker[] {
  return [() => ({
    name: 'fu2019-success',
    title: 'Success rate with cross entropy: FCN and CNN',
    caption: `Share of training sets with SD_n ≤ ${String(values['threshold'])}; K = ${String(values['K'])}, ${String(values['starts'])} starts on each of ${trialCounts(cells)} training sets per point, at most ${String(values['iterations'])} iterations. Bars: 95 % Blaker intervals.`,
    rows: cells.map(({ settings, trials, measures: { successRate } }) => ({
      network: seriesOf({ settings }), n: numberOf(settings, 'n'), trials,
      rate: successRate.value, low: successRate.low, high: successRate.high,
    })),
    spec: lineWithBars({ x: 'n', y: 'rate', low: 'low', high: 'high', colour: 'network', colourTitle: 'network', xTitle: 'sample size n', yTitle: 'success rate', xLog: true, yDomain: [0, 1] }),
  }),
  ...spreadFigures(cells, { name: 'fu2019-success', seriesOf, values })];
}

/** The success-rate protocol of fu2018 with cross entropy, for both networks of fu2019. */
export const fu2019Success: Experiment = {
  id: 'fu2019-success',
  version: 2,
  streamVersion: 1,
  paper: 'fu2019',
  source: SOURCE,
  title: 'Success rate with cross entropy, fully connected and convolutional network',
  parameters: {
    ...FU2019_PARAMETERS,
    ...gridParameters({
      fcn: { smoke: [6], quick: [15, 20], paper: [15, 20, 25] },
      cnn: { smoke: [6], quick: [15, 21], paper: [15, 21, 24] },
      fcnRatios: { smoke: [50, 800], quick: [100, 200, 300, 600], paper: [100, 150, 200, 250, 300, 400, 500, 700] },
      cnnRatios: { smoke: [4, 100], quick: [2, 4, 8, 30], paper: [1, 2, 3, 4, 6, 8, 12, 20, 50] },
    }),
    trials: { description: 'training sets per cell', kind: 'integer', min: 1, max: 1e6, default: { smoke: 6, quick: 20, paper: 50 } },
    starts: { description: 'starts L on each training set', kind: 'integer', min: 2, max: 1000, default: { smoke: 4, quick: 5, paper: 20 } },
    iterations: { description: 'largest number of iterations', kind: 'integer', min: 1, max: 1e7, default: { smoke: 500, quick: 3500, paper: 3500 } },
    threshold: { description: 'success iff SD_n is at most this', kind: 'number', min: 1e-15, max: 1e3, default: everywhere(1e-2) },
  },
  openChoices: [
    'K = 3 does not divide d = 20 and 25: the CNN has d = 15, 21, 24.',
    'The printed theorems assume ‖w_k*‖ ≤ 1; with norm 2 the experiment is outside, teacherScale=1 is inside.',
    'Law and scale of W* (not given): orthonormal rows of norm 2 (FCN), one row of norm 2 (CNN).',
    'Step size (not given): 1/λ_max of the Hessian at each start; starts uniform on the sphere of radius 0.1‖W*‖_F.',
    'The CNN’s success rate is not in the paper’s text; its sample sizes are ours.',
  ],
  cells: bothGrids,
  cost: spreadCost,
  runTrial: spreadTrial,
  measures: SPREAD_MEASURES,
  alsoStored: SPREAD_ALSO_STORED,
  claims,
  figures,
};
