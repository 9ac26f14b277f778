import { exact, type Estimate } from '../../../statistics/estimate.js';
import { median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { plantedCost } from '../../common/planted.js';
import type { SampleCell } from '../../common/sampleGrid.js';
import { lineWithBars } from '../../plots.js';
import type { FigureMaker, StatedClaim } from '../../spec.js';
import type { Values } from '../../../settings/types.js';
import { number } from '../../../settings/declare.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { LINEAR_BELOW, runTrial } from './alg2Trial.js';
import {
  drawInitialized,
  initializationCost,
  ZHONG2017_CHOICES,
  ZHONG2017_DESCENT,
  ZHONG2017_PROBLEM,
  zhong2017Cells,
  zhong2017Context,
} from './problem.js';

const SETTINGS = {
  ...ZHONG2017_PROBLEM,
  ...ZHONG2017_DESCENT,
  d: common.dimensions({ smoke: [10], quick: [10], paper: [10, 20] }),
  n: common.samples(
    { smoke: [4000], quick: [2000, 4000, 8000], paper: [2000, 4000, 8000] },
    { description: 'samples of the initialization, and of every fresh iteration' },
  ),
  trials: common.trials({ smoke: 4, quick: 12, paper: 20 }, 'trials per cell'),
  iterations: common.iterations({ smoke: 3000, quick: 5000, paper: 10000 }),
  every: number({
    description: 'iterations between two looks at the error',
    integer: true,
    min: 1,
    max: 1e5,
    default: 10,
  }),
  epsilon: number({
    description: 'recovered when ‖W − W*‖_F is at most this times ‖W*‖_F',
    min: 1e-14,
    max: 1,
    default: 1e-6,
  }),
};

const SOURCE = 'zhong2017, Algorithm 2 and Theorem 6.1';
const METHODS = [
  { name: 'Reuse', line: 'the same samples', label: 'reused' },
  { name: 'Fresh', line: 'fresh samples each iteration', label: 'fresh' },
] as const;

function ofDimension(cells: readonly SampleCell[], d: number): SampleCell[] {
  return cells.filter((cell) => cell.settings.d === d);
}

function measured(cells: readonly SampleCell[], name: string): Estimate {
  return cells.slice(-1)[0]?.measures[name] ?? exact(Number.NaN);
}

function claims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  return ascending(values.d).flatMap((d) => {
    const own = ofDimension(cells, d);
    return [
      ...METHODS.map(({ name, line }) =>
        stateClaim(
          {
            id: `recovers-${name.toLowerCase()}-d=${d}`,
            source: SOURCE,
            statement: `d = ${d}, largest n: with ${line} W* is recovered to ε = ${values.epsilon}, v* exactly, in at least 0.8 of the trials`,
          },
          () => measured(own, `recoveryRate${name}`),
          { low: 0.8, high: 1 },
        ),
      ),
      stateClaim(
        {
          id: `fresh-samples-exponent-d=${d}`,
          source: 'zhong2017, Theorem 6.1 (n log(1/ε) samples in all)',
          statement: `d = ${d}, largest n: fresh samples to a relative error ε below ${LINEAR_BELOW} grow as log(1/ε): median exponent within 1 ± 0.1`,
        },
        () => measured(own, 'exponentFresh'),
        { low: 0.9, high: 1.1 },
      ),
      stateClaim(
        {
          id: `reused-samples-enough-d=${d}`,
          source: 'zhong2017, Section 7 (“the algorithm still works well without resampling”)',
          statement: `d = ${d}, largest n: reused samples do not have to grow with log(1/ε): of the trials that come below ${LINEAR_BELOW}, at least 0.9 come to ε = ${values.epsilon} with the same ones`,
        },
        () => measured(own, 'reuseSuffices'),
        { low: 0.9, high: 1 },
      ),
    ];
  });
}

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  const counts = `k = ${values.K}, ${trialCounts(cells)} trials per point`;
  const rows = cells.flatMap(({ settings, measures }) =>
    METHODS.map(({ name, label }) => {
      const [iterations, samples] = [measures[`iterations${name}`], measures[`samples${name}`]];
      return {
        line: ascending(values.d).length > 1 ? `${label}, d = ${settings.d}` : label,
        n: settings.n,
        iterations: iterations.value,
        iterationsLow: iterations.low,
        iterationsHigh: iterations.high,
        samples: samples.value,
        samplesLow: samples.low,
        samplesHigh: samples.high,
      };
    }),
  );
  const axes = {
    x: 'n',
    xTitle: 'samples of the initialization and of an iteration, n',
    xLog: true,
    yLog: true,
    colour: 'line',
    colourTitle: 'samples',
  };
  return [
    () => ({
      name: 'zhong2017-alg2-iterations',
      title: 'Iterations to recovery, with and without resampling',
      caption: `Median number of iterations until ‖W_t − W*‖_F ≤ ${values.epsilon}‖W*‖_F; ${counts}. Bars: 95 % intervals of the median.`,
      rows,
      spec: lineWithBars({
        ...axes,
        y: 'iterations',
        low: 'iterationsLow',
        high: 'iterationsHigh',
        yTitle: 'iterations',
      }),
    }),
    () => ({
      name: 'zhong2017-alg2-samples',
      title: 'Samples used in all until recovery',
      caption: `Median number of samples drawn until ‖W_t − W*‖_F ≤ ${values.epsilon}‖W*‖_F, those of the initialization included; ${counts}. Bars: 95 % intervals of the median.`,
      rows,
      spec: lineWithBars({ ...axes, y: 'samples', low: 'samplesLow', high: 'samplesHigh', yTitle: 'samples in all' }),
    }),
  ];
}

/**
 * zhong2017, Algorithm 2: the globally converging algorithm as printed, with fresh samples in each iteration, compared
 * with the version that reuses its samples.
 */
export const zhong2017Alg2 = defineExperiment({
  id: 'zhong2017-alg2',
  version: 2,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'The globally converging algorithm with fresh samples each iteration, and without',
  settings: SETTINGS,
  openChoices: [
    ...ZHONG2017_CHOICES,
    'Sizes of the parts (O(d polylog) in the theorem): n for the initialization, and n for each iteration.',
    'Step size: 0.02, as in the experiments; the theorem’s 1/(k v_max² σ_1^{2p}) has an unknown constant.',
    'Both descents begin at the same W_0; a trial with a wrong v_0 counts as not recovered by either.',
  ],
  cells: zhong2017Cells,
  cost: (settings) =>
    0.7 * plantedCost(settings, 1) + 60 * settings.n * settings.d * settings.iterations + initializationCost(settings),
  trial: runTrial,
  draw: (context) => drawInitialized(zhong2017Context(context)),
  measures: [
    ...METHODS.flatMap(({ name, line }) => [
      {
        name: `recoveryRate${name}`,
        of: `recovered${name}`,
        description: `share of trials recovered to ε with ${line}`,
        estimate: rate,
        whenFailed: 0,
      },
      {
        name: `iterations${name}`,
        of: `iterations${name}`,
        description: `median number of iterations to ε with ${line}`,
        estimate: median,
      },
      {
        name: `samples${name}`,
        of: `samples${name}`,
        description: `median number of samples in all with ${line}`,
        estimate: median,
      },
    ]),
    {
      name: 'sampleRatio',
      of: 'sampleRatio',
      description: 'median of samples with fresh ones over samples without, where both recover',
      estimate: median,
    },
    ...METHODS.map(({ name, line }) => ({
      name: `exponent${name}`,
      of: `exponent${name}`,
      description: `median exponent of the iterations below ${LINEAR_BELOW} in log(1/ε) with ${line}`,
      estimate: median,
    })),
    {
      name: 'reuseSuffices',
      of: 'reuseSuffices',
      description: `share, of the trials that come below ${LINEAR_BELOW} with the same samples, that come to ε`,
      estimate: rate,
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
      description: 'median of ‖W_0 − W*‖_F/‖W*‖_F',
      estimate: median,
    },
  ],
  claims,
  figures,
});
