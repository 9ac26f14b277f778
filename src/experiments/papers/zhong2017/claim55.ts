import { mean, positiveMean } from '../../../statistics/means.js';
import { UNKNOWN, type Noted } from '../../../statistics/estimate.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { sampleGrid, type SampleCell, type SamplePoint } from '../../common/sampleGrid.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import { runTrial } from './claim55Trial.js';
import { ZHONG2017_PROBLEM } from './problem.js';

const SOURCE = 'zhong2017, Claim 5.5 and Section 5.2';

const SETTINGS = {
  K: ZHONG2017_PROBLEM.K,
  teacher: ZHONG2017_PROBLEM.teacher,
  condition: ZHONG2017_PROBLEM.condition,
  teacherScale: ZHONG2017_PROBLEM.teacherScale,
  d: common.dimensions({ smoke: [6, 12], quick: [10, 20, 40], paper: [10, 20, 40, 80] }),
  perDimension: number({ description: 'n/d, the same at every d', min: 10, max: 1e6, default: 400 }),
  trials: common.trials({ smoke: 4, quick: 20, paper: 50 }, 'trials per cell'),
};

type MomentValues = Values<typeof SETTINGS>;

function cells(values: MomentValues): Cell<SamplePoint>[] {
  const grid = sampleGrid({ ...values, n: ['auto'], perDimension: [values.perDimension] });
  return grid.map((settings) => ({ settings, trials: values.trials }));
}

function exponent(all: readonly SampleCell[], name: string): Noted {
  if (all.length < 2) return UNKNOWN;
  return powerLawExponent(all.map(({ settings, measures }) => ({ x: settings.d, estimate: measures[name] })));
}

function claims(all: readonly SampleCell[], { K, condition, perDimension }: MomentValues): StatedClaim[] {
  const where = `k = ${K}, κ = ${condition}, n = ${perDimension}d`;
  return [
    stateClaim(
      {
        id: 'r3-noise-flat',
        source: SOURCE,
        statement: `${where}: ‖R̂_3 − P_3(V, V, V)‖_F/‖P_3‖_F, V estimated, does not grow with d: exponent at most 0.1`,
      },
      () => exponent(all, 'noiseR3'),
      { low: -Infinity, high: 0.1 },
    ),
    stateClaim(
      {
        id: 'r3-error-flat',
        source: SOURCE,
        statement: `${where}: with the error of V included, ‖R̂_3(Vᵀ, Vᵀ, Vᵀ) − P_3‖_F/‖P_3‖_F does not grow with d: exponent at most 0.1`,
      },
      () => exponent(all, 'errorR3'),
      { low: -Infinity, high: 0.1 },
    ),
    stateClaim(
      {
        id: 'p3-grows',
        source: SOURCE,
        statement: `${where}: the noise ‖P̂_3 − P_3‖_F of all d³ entries grows with d: exponent at least 0.3`,
      },
      () => exponent(all, 'noiseP3'),
      { low: 0.3, high: Infinity },
    ),
    ...all
      .slice(-1)
      .map(({ settings, measures }) =>
        stateClaim(
          {
            id: 'p3-exact',
            source: 'ours (docs/papers/zhong2017.md)',
            statement: `${where}, d = ${settings.d}: mean of n‖P̂_3 − P_3‖²_F over E[y²](d + 2)(d + 4)(d + 9) − ‖P_3‖²_F within 1 ± 0.1`,
          },
          () => measures['squareRatio'],
          { low: 0.9, high: 1.1 },
        ),
      ),
  ];
}

const LINES = [
  ['noiseP3', 'P₃, d³ entries'],
  ['exactP3', 'P₃, exact'],
  ['errorR3', 'R₃ with the error of V'],
  ['noiseR3', 'R₃, k³ entries'],
] as const;

function figures(all: readonly SampleCell[], { K, condition, perDimension }: MomentValues): FigureMaker[] {
  return [
    () => ({
      name: 'zhong2017-claim55',
      title: 'Noise of the third moment, in all dimensions and in the subspace',
      caption: `Mean Frobenius distance from P_3 over ‖P_3‖_F; squared ReLU, k = ${K}, κ = ${condition}, n = ${perDimension}d, ${trialCounts(all)} trials per point. Bars: 95 % intervals.`,
      rows: LINES.flatMap(([name, line]) =>
        all.map(({ settings: { d, n }, trials, measures: { [name]: found } }) => ({
          line,
          d,
          n,
          trials,
          noise: found.value,
          low: found.low,
          high: found.high,
        })),
      ),
      spec: lineWithBars({
        x: 'd',
        y: 'noise',
        low: 'low',
        high: 'high',
        xTitle: 'dimension d',
        yTitle: 'relative noise',
        colour: 'line',
        colourTitle: 'moment',
        xLog: true,
        yLog: true,
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'noiseR3',
    of: 'noiseR3',
    description: 'mean of ‖R̂_3 − P_3(V, V, V)‖_F/‖P_3‖_F, V estimated from P̂_2',
    estimate: positiveMean,
  },
  {
    name: 'errorR3',
    of: 'errorR3',
    description: 'mean of ‖R̂_3(Vᵀ, Vᵀ, Vᵀ) − P_3‖_F/‖P_3‖_F, V estimated from P̂_2',
    estimate: positiveMean,
  },
  { name: 'noiseP3', of: 'noiseP3', description: 'mean of ‖P̂_3 − P_3‖_F/‖P_3‖_F', estimate: positiveMean },
  {
    name: 'exactP3',
    of: 'exactP3',
    description: 'mean over teachers of the exact root of E‖P̂_3 − P_3‖²_F, over ‖P_3‖_F',
    estimate: positiveMean,
  },
  {
    name: 'squareRatio',
    of: 'squareRatio',
    description: 'mean of ‖P̂_3 − P_3‖²_F over its exact expectation',
    estimate: mean,
  },
];

/** zhong2017, Claim 5.5: why the third moment is taken inside the subspace of the second. */
export const zhong2017Claim55 = defineExperiment({
  id: 'zhong2017-claim55',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Noise of the third moment with and without the reduction to k dimensions',
  settings: SETTINGS,
  openChoices: [
    'Activation: squared ReLU, as in Section 7, so P_2 = M_2 and P_3 = M_3.',
    'V: leading eigenvectors of P̂_2 from the same samples, as in the authors’ code (mode whole).',
    'Norm: Frobenius. The paper speaks of the number of samples for an error ε, without a norm.',
  ],
  cells,
  cost: ({ K, d, n }) => n * d ** 3 + 10 * n * (d * d + d * K + K ** 3) + 1e7,
  trial: runTrial,
  measures: MEASURES,
  claims,
  figures,
});
