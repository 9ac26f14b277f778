import type { Estimate } from '../../../statistics/estimate.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { meanIterations } from '../../../statistics/ranges.js';
import { stateClaim } from '../../claims.js';
import { trialCounts } from '../../common/counts.js';
import { ascending } from '../../common/ascending.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Figure, FigureMaker, StatedClaim } from '../../spec.js';
import { number, withDefault } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { sampleGrid, type SampleCell } from '../../common/sampleGrid.js';
import { pooledRate } from '../../common/pooled.js';
import { trackedTrial, SCALED_TIMES, trackedProblem, trackedCost } from '../../common/tracked.js';

const SOURCE = 'fu2018, Theorem 2';
/** If ‖Ŵ_n − W*‖_F is at most this, Ŵ_n and W* are the same point up to rounding. */
const RECOVERED = 1e-8;

const SETTINGS = {
  ...common.planted,
  K: withDefault(common.planted.K, { smoke: 2, quick: 2, paper: 3 }),
  ...common.nearby,
  ...common.descent,
  tolerance: withDefault(common.descent.tolerance, 1e-13),
  loss: common.loss,
  d: common.dimensions({ smoke: [4, 8], quick: [6, 12, 24], paper: [20, 40, 80] }, { max: 200 }),
  n: common.samplesOrAuto({
    smoke: [8000, 32000],
    quick: [16000, 32000, 64000, 128000],
    paper: [64000, 128000, 256000, 512000],
  }),
  perDimension: common.perDimension([1000, 2000, 4000]),
  trials: common.trials({ smoke: 4, quick: 24, paper: 20 }),
  starts: common.starts({ smoke: 2, quick: 2, paper: 5 }),
  iterations: common.iterations({ smoke: 2000, quick: 5000, paper: 5000 }, { max: 1e6 }),
  every: number({
    description: 'iterations between two records of the distance',
    integer: true,
    min: 1,
    max: 1e4,
    default: 10,
  }),
  regime: number({
    description: 'smallest n/d that counts as the n^(−1/2) regime of the claims',
    min: 0,
    max: 1e6,
    default: 1000,
  }),
};

/** The cells with n ≥ regime·d. */
function inRegime(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): SampleCell[] {
  return cells.filter(({ settings: { d, n } }) => n >= values.regime * d);
}

function errorExponent(cells: readonly SampleCell[], against: 'n' | 'd'): Estimate {
  return powerLawExponent(
    cells.map(({ settings, measures }) => ({ x: settings[against], estimate: measures['estimationError'] })),
  );
}

function ofDimension(cells: readonly SampleCell[], d: number): SampleCell[] {
  return cells.filter(({ settings }) => settings.d === d);
}

function dimensions(cells: readonly SampleCell[]): number[] {
  return [...new Set(cells.map(({ settings }) => settings.d))];
}

function rateClaims(cells: readonly SampleCell[]): StatedClaim[] {
  return dimensions(cells).map((d) =>
    stateClaim(
      {
        id: `rate-d=${d}`,
        source: `${SOURCE}, eq. (9)`,
        statement: `d = ${d}, largest n: log ‖W_t − Ŵ_n‖ falls with slope log(1 − ηλ_min(∇²f_n(Ŵ_n))): mean relative difference within ± 0.05`,
      },
      () => ofDimension(cells, d).slice(-1)[0].measures['slopeDifference'],
      { low: -0.05, high: 0.05 },
    ),
  );
}

function errorClaims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const [regime, n] = [values.regime, Math.max(...cells.map(({ settings }) => settings.n))];
  const source = `${SOURCE}, eq. (8)`;
  return [
    ...dimensions(cells).map((d) =>
      stateClaim(
        {
          id: `error-n-d=${d}`,
          source,
          statement: `d = ${d}, n ≥ ${regime} d: ‖Ŵ_n − W*‖_F falls as n^(−1/2): exponent within −0.5 ± 0.1`,
        },
        () => errorExponent(ofDimension(cells, d), 'n'),
        { low: -0.6, high: -0.4 },
      ),
    ),
    ...(dimensions(cells).length < 2
      ? []
      : [
          stateClaim(
            { id: 'error-d', source, statement: `n = ${n}: ‖Ŵ_n − W*‖_F grows as d^(1/2): exponent within 0.5 ± 0.15` },
            () =>
              errorExponent(
                cells.filter(({ settings }) => settings.n === n),
                'd',
              ),
            { low: 0.35, high: 0.65 },
          ),
        ]),
  ];
}

/** With regression labels W* itself is a critical point, so the error has no rate in n. */
function recoveryClaim(cells: readonly SampleCell[], regime: number): StatedClaim {
  return stateClaim(
    {
      id: 'recovery',
      source: 'fu2018, Corollary 2',
      statement: `n ≥ ${regime} d: the critical point is W*: ‖Ŵ_n − W*‖_F at most ${RECOVERED} in at least 0.9 of the trials`,
    },
    () => pooledRate(cells, 'recoveredRate'),
    { low: 0.9, high: 1 },
  );
}

function claims(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): StatedClaim[] {
  const [own, regime] = [inRegime(cells, values), values.regime];
  return [
    stateClaim(
      {
        id: 'critical-point',
        source: SOURCE,
        statement: `n ≥ ${regime} d: there is a critical point near W*: ‖∇f_n‖ ≤ 1e-12 with a positive definite Hessian in at least 0.9 of the trials`,
      },
      () => pooledRate(own, 'criticalRate'),
      { low: 0.9, high: 1 },
    ),
    stateClaim(
      {
        id: 'one-point',
        source: SOURCE,
        statement: `n ≥ ${regime} d: it is the same point from every start in at least 0.9 of the trials`,
      },
      () => pooledRate(own, 'sameRate'),
      { low: 0.9, high: 1 },
    ),
    ...rateClaims(own),
    ...(values.labels === 'regression' ? [recoveryClaim(own, regime)] : errorClaims(own, values)),
  ];
}

function counts(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): string {
  return `K = ${values.K}, ${trialCounts(cells)} training sets per point`;
}

function descentFigure(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): Figure {
  const rows = ascending(values.d)
    .flatMap((d) => cells.filter(({ settings }) => settings.d === d).slice(-1))
    .flatMap(({ settings, measures }) =>
      SCALED_TIMES.map((tau) => ({ line: `d = ${settings.d}`, tau, ...measures[`logDistance${tau}`] })),
    );
  const predicted = SCALED_TIMES.map((tau) => ({
    line: '(1 − ηλ)^t',
    tau,
    value: -tau / Math.LN10,
    low: -tau / Math.LN10,
    high: -tau / Math.LN10,
  }));
  return {
    name: 'fu2018-thm2-descent',
    title: 'Linear convergence to the critical point',
    caption: `Mean of log₁₀ ‖W_t − Ŵ_n‖_F/‖W_0 − Ŵ_n‖_F at the largest n, against t·|log(1 − ηλ)| with λ = λ_min(∇²f_n(Ŵ_n)); ${counts(cells, values)}. Bars: 95 % intervals.`,
    rows: [...rows, ...predicted],
    spec: lineWithBars({
      x: 'tau',
      y: 'value',
      low: 'low',
      high: 'high',
      colour: 'line',
      xTitle: 'scaled iteration t·|log(1 − ηλ)|',
      yTitle: 'log₁₀ of the distance to Ŵₙ',
      colourTitle: ' ',
    }),
  };
}

function figures(cells: readonly SampleCell[], values: Values<typeof SETTINGS>): FigureMaker[] {
  return [
    () => descentFigure(cells, values),
    () => ({
      name: 'fu2018-thm2-error',
      title: 'Distance of the critical point from the teacher',
      caption: `Mean of ‖Ŵ_n − W*‖_F over training sets; ${counts(cells, values)}. Bars: 95 % intervals. Dashed: slope −1/2.`,
      rows: cells.map(({ settings, trials, measures: { estimationError } }) => ({
        d: settings.d,
        n: settings.n,
        trials,
        ...estimationError,
      })),
      spec: lineWithBars({
        x: 'n',
        y: 'value',
        low: 'low',
        high: 'high',
        colour: 'd',
        xTitle: 'sample size n',
        yTitle: 'mean estimation error ‖Ŵₙ − W*‖_F',
        colourTitle: 'd',
        xLog: true,
        yLog: true,
        guideSlope: -0.5,
      }),
    }),
  ];
}

/** fu2018, Theorem 2: linear convergence to one critical point, and the distance of that point from the teacher. */
export const fu2018Thm2 = defineExperiment({
  id: 'fu2018-thm2',
  version: 1,
  paper: 'fu2018',
  source: SOURCE,
  title: 'Linear convergence to one critical point and its distance from the teacher',
  settings: SETTINGS,
  openChoices: [
    'Sample sizes: the claims take n ≥ 1000 d. With fewer the curvature at Ŵ_n is still far from the population’s, and the error falls faster than n^(−1/2).',
    'K (not given): 3 as in the figures at paper scale; 2 below it, where smaller n suffices for the regime.',
    'Ŵ_n: descent to gradient norm 1e-13, then Newton steps with the dense Hessian as far as rounding allows; a norm above 1e-12 or a Hessian that is not positive definite there is counted as a failure.',
    'Step size: 1/λ_max of the Hessian at the start; the theorem’s own step is smaller by an unknown constant.',
    'The slope is fitted where the distance is below 1e-6 of the first one, where the slowest direction is alone.',
    'The growth in d is measured at equal n; d^(1/2) holds for d well above K, because the K directions of W* have another variance than the rest.',
    'Law and scale of W* and starts (not given): orthonormal rows of norm 2; starts on the sphere of radius 0.1‖W*‖_F.',
  ],
  cells: (values) => sampleGrid(values).map((settings) => ({ settings, trials: values.trials })),
  cost: trackedCost,
  trial: trackedTrial,
  draw: trackedProblem,
  measures: [
    { name: 'estimationError', of: 'estimationError', description: 'mean of ‖Ŵ_n − W*‖_F', estimate: positiveMean },
    {
      name: 'criticalRate',
      of: 'critical',
      description: 'share of training sets with ‖∇f_n(Ŵ_n)‖ ≤ 1e-12 and a positive definite Hessian there',
      estimate: rate,
      whenFailed: 0,
    },
    {
      name: 'recoveredRate',
      of: 'estimationError',
      description: `share of training sets with ‖Ŵ_n − W*‖_F ≤ ${RECOVERED}, as W* is critical with regression labels`,
      estimate: (errors) => rate(errors.map((error) => (error <= RECOVERED ? 1 : 0))),
      whenFailed: Infinity,
    },
    {
      name: 'sameRate',
      of: 'same',
      description: 'share of training sets where every start reaches Ŵ_n',
      estimate: rate,
      whenFailed: 0,
    },
    {
      name: 'slopeDifference',
      of: 'slopeDifference',
      description: 'mean of (slope of log distance)/log(1 − ηλ_min) − 1',
      estimate: mean,
    },
    {
      name: 'lineDeviation',
      of: 'lineDeviation',
      description: 'mean of the root mean square deviation of log distance from its line',
      estimate: positiveMean,
    },
    { name: 'lambdaMin', of: 'lambdaMin', description: 'mean of λ_min(∇²f_n(Ŵ_n))', estimate: mean },
    { name: 'gradientNorm', of: 'gradientNorm', description: 'mean of ‖∇f_n(Ŵ_n)‖', estimate: positiveMean },
    { name: 'iterations', of: 'iterations', description: 'mean number of iterations', estimate: meanIterations },
    ...SCALED_TIMES.map((tau) => ({
      name: `logDistance${tau}`,
      of: `logDistance${tau}`,
      description: `mean of log₁₀ ‖W_t − Ŵ_n‖/‖W_0 − Ŵ_n‖ at t = ${tau}/|log(1 − ηλ_min)|`,
      estimate: mean,
    })),
  ],
  alsoStored: ['distance', 'iteration'],
  claims,
  figures,
});
