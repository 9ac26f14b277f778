import { matchedDistance } from '../../../core/matching/matching.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { DECOMPOSITION_STARTS } from '../../../core/tensor/kcl.js';
import { median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { choice, number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { plantedInitialization } from '../../common/initialization.js';
import type { SampleCell } from '../../common/sampleGrid.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { FigureMaker, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import {
  drawInitialized,
  initializationCost,
  sameSigns,
  ZHONG2017_CHOICES,
  ZHONG2017_PROBLEM,
  zhong2017Cells,
  zhong2017Context,
  type Zhong2017Settings,
} from './problem.js';

const SOURCE = 'zhong2017, Section 7 (KCL with L = 100 projections)';

const SETTINGS = {
  ...ZHONG2017_PROBLEM,
  d: common.dimensions({ smoke: [6], quick: [10, 30], paper: [10, 30, 50] }),
  n: common.samples({ smoke: [4000], quick: [2000, 10_000, 50_000], paper: [2000, 10_000, 30_000, 100_000] }),
  projections: number({
    description: 'random projections L of the decomposition under test',
    integer: true,
    min: 1,
    max: 10_000,
    default: 100,
  }),
  decompositionStart: choice(DECOMPOSITION_STARTS, {
    description: 'first transform of its joint diagonalisation: identity, as published, or whitened',
    default: 'identity',
  }),
  trials: common.trials({ smoke: 4, quick: 30, paper: 100 }, 'trials per cell'),
};

type KclSettings = Zhong2017Settings & Pick<Values<typeof SETTINGS>, 'projections' | 'decompositionStart'>;

/** One training set and two decompositions of the same R̂_3: the one under test and basin’s. */
function runTrial(trial: TrialContext<KclSettings>): TrialOutcome {
  const context = zhong2017Context(trial);
  const { K, output, mode, magnitudes, projections, decompositionStart: start } = context.settings;
  const drawn = drawInitialized(context);
  const tested = plantedInitialization(context, drawn.problem, {
    output,
    mode,
    magnitudes,
    decomposition: { projections, start },
  });
  const error = (weights: Float64Array): number =>
    matchedDistance(weights, drawn.teacher, K) / frobeniusNorm(drawn.teacher);
  const [printed, whitened] = [error(tested.weights), error(drawn.initial.weights)];
  return {
    status: 'ok',
    measures: {
      error: printed,
      errorWhitened: whitened,
      ratio: printed / whitened,
      signs: sameSigns(tested.outputWeights, drawn.teacherOutput) ? 1 : 0,
      signsWhitened: drawn.signsRight ? 1 : 0,
    },
  };
}

function claimsOf({ settings: { d, n }, measures }: SampleCell): StatedClaim[] {
  return [
    stateClaim(
      {
        id: `signs-d=${d}`,
        source: SOURCE,
        statement: `d = ${d}, n = ${n}: v_0 = v* up to order in at least 0.8 of the trials`,
      },
      () => measures['signsRate'],
      { low: 0.8, high: 1 },
    ),
    stateClaim(
      {
        id: `same-error-d=${d}`,
        source: 'ours (docs/papers/zhong2017.md)',
        statement: `d = ${d}, n = ${n}: the printed decomposition and basin’s give the same error: median of the paired ratio within 1 ± 0.1`,
      },
      () => measures['ratio'],
      { low: 0.9, high: 1.1 },
    ),
  ];
}

const LINES = [
  ['error', 'under test'],
  ['errorWhitened', '2k projections, whitened'],
] as const;

function figures(all: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  return [
    () => ({
      name: 'zhong2017-kcl',
      title: 'Error of the initialization with two decompositions of the same tensor',
      caption: `Median of ‖W_0 − W*‖_F/‖W*‖_F; under test: L = ${values.projections}, start ${values.decompositionStart}; k = ${values.K}, ${trialCounts(all)} trials per point. Bars: 95 % order-statistic intervals.`,
      rows: LINES.flatMap(([name, line]) =>
        all.map(({ settings: { d, n }, trials, measures: { [name]: found } }) => ({
          line: `d = ${d}, ${line}`,
          n,
          trials,
          error: found.value,
          low: found.low,
          high: found.high,
        })),
      ),
      spec: lineWithBars({
        x: 'n',
        y: 'error',
        low: 'low',
        high: 'high',
        xTitle: 'samples n',
        yTitle: 'relative error of W₀',
        colour: 'line',
        colourTitle: 'decomposition',
        xLog: true,
        yLog: true,
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'error',
    of: 'error',
    description: 'median of ‖W_0 − W*‖_F/‖W*‖_F, decomposition under test',
    estimate: median,
  },
  {
    name: 'errorWhitened',
    of: 'errorWhitened',
    description: 'median of ‖W_0 − W*‖_F/‖W*‖_F, 2k projections from a whitened start',
    estimate: median,
  },
  { name: 'ratio', of: 'ratio', description: 'median of the ratio of the two errors of a trial', estimate: median },
  {
    name: 'signsRate',
    of: 'signs',
    description: 'share of trials with v_0 = v* up to order, decomposition under test',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'signsRateWhitened',
    of: 'signsWhitened',
    description: 'share of trials with v_0 = v* up to order, 2k projections from a whitened start',
    estimate: rate,
    whenFailed: 0,
  },
];

/** zhong2017, Section 7: KCL as printed, 100 projections without a whitened start, beside basin’s. */
export const zhong2017Kcl = defineExperiment({
  id: 'zhong2017-kcl',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'The decomposition as printed beside the whitened one, on the same tensors',
  settings: SETTINGS,
  openChoices: [
    ...ZHONG2017_CHOICES,
    'Both decompositions get the same R̂_3; the first has L projections and starts at the identity, the second is that of all other experiments.',
  ],
  cells: zhong2017Cells,
  cost: (settings) => 2 * initializationCost(settings),
  trial: runTrial,
  draw: (context) => drawInitialized(zhong2017Context(context)),
  measures: MEASURES,
  claims: (all, { n }) => all.filter(({ settings }) => settings.n === Math.max(...n)).flatMap(claimsOf),
  figures,
});
