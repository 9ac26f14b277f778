import type { Row } from './row.js';
import type { Settings } from '../../../src/settings/types.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { orthonormalExtremes } from '../../../src/theory/orthonormalHessian.js';
import { falling, positive, power, rising, share, signed, type World } from './worlds.js';

const isCnn = (settings: { readonly architecture?: string | number }): boolean => settings.architecture === 'cnn';

/** λ_max of the population: β0 + (K − 1)α0² over K² or, for few neurons, the top of a 2 × 2 block. */
function exactLargest(s: Settings): number {
  return orthonormalExtremes(parseActivation('sigmoid'), 2, Number(s['K']), Number(s['d'])).largest;
}

/** Of the exact asymptotics at K = 3, ‖w*‖ = 2, from constants computed apart from basin. */
function crossEntropyError(s: Settings): number {
  const [d, n] = [Number(s['d']), Number(s['n'])];
  return Math.sqrt((isCnn(s) ? 72.943 + (d / 3 - 1) * 22.378 : 2621.2 + (d - 3) * 628.43) / n);
}

/** ρ(2) of the sigmoid. */
const RHO = 3.0746e-3;

/** The lower bound of Theorem 1 for singular values evenly spaced from σ_K to κσ_K, with ρ ∝ σ_K⁴. */
function curvatureBound(s: Settings): number {
  const [K, condition, sigma] = [Number(s['K']), Number(s['condition']), Number(s['teacherScale'])];
  const ratios = Array.from({ length: K }, (_, i) => 1 + ((condition - 1) * i) / (K - 1));
  return sigma ** 4 / (condition ** 2 * ratios.reduce((product, ratio) => product * ratio, 1));
}

/** n·E‖∇f_n(W*)‖² at K = 3, ‖w*‖ = 2, computed apart from basin. */
const gradientSquare = (d: number): number => 0.0046175 + (d - 3) * 0.0021633;

/** The distances of Hessian and gradient from the population, at W* and in the ball. */
function distances(truth: Parameters<typeof positive>[0]): World {
  const names = ['hessianCentre', 'hessianBall', 'gradientCentre', 'gradientBall'];
  return Object.fromEntries(names.map((name) => [name, positive(truth)]));
}

const POPULATION_ROWS: readonly Row[] = [
  {
    experiment: 'fu2018-population',
    claims: /^lipschitz-(exponent|constant)$/,
    holds: { lipschitz: positive(power({ K: -1.5 }, 0.022)) },
    fails: { lipschitz: positive(power({ K: -1 }, 0.05)) },
  },
  {
    experiment: 'fu2018-population',
    claims: /^curvature-min$/,
    holds: { ballMin: positive(power({ K: -2 }, 0.9 * RHO)) },
    fails: { ballMin: positive(power({ K: -3 }, 0.9 * RHO)) },
  },
  {
    experiment: 'fu2018-population',
    claims: /^curvature-max$/,
    holds: { ballMax: positive(power({ K: -1 }, 0.03)) },
    fails: { ballMax: positive(power({ K: -0.5 }, 0.05)) },
  },
  {
    experiment: 'fu2018-thm1-condition',
    claims: /^(condition|smallest)-/,
    holds: { ratio: positive((s) => Number(s['condition']) ** 2 / Number(s['teacherScale'])) },
    fails: { ratio: positive((s) => Number(s['teacherScale']) / Number(s['condition'])) },
    edge: { ratio: positive(1) },
  },
  {
    experiment: 'fu2018-thm1-condition',
    claims: /^square-/,
    holds: { lambdaMin: positive(power({ teacherScale: 2 })) },
    fails: { lambdaMin: positive(curvatureBound) },
  },
  {
    experiment: 'fu2018-thm1-samples',
    claims: /^samples-d$/,
    holds: { positiveAdversarial: rising('n', power({ d: 1 }, 300)) },
    fails: { positiveAdversarial: rising('n', power({ d: 2.3 }, 25)) },
    edge: { positiveAdversarial: rising('n', power({ d: 1.8 }, 50)) },
  },
  {
    experiment: 'fu2018-thm1-samples',
    claims: /^samples-d-linear$/,
    holds: { positiveAdversarial: rising('n', power({ d: 1 }, 300)) },
    fails: { positiveAdversarial: rising('n', power({ d: 1.8 }, 50)) },
    edge: { positiveAdversarial: rising('n', power({ d: 1.25 }, 170)) },
  },
  {
    experiment: 'fu2018-thm1-samples',
    claims: /^samples-K$/,
    holds: { positiveAdversarial: rising('n', power({ d: 1, K: 2 }, 85)) },
    fails: { positiveAdversarial: rising('n', power({ d: 1, K: 4 }, 3.6)) },
    edge: { positiveAdversarial: rising('n', power({ d: 1, K: 3 }, 20)) },
  },
  {
    experiment: 'fu2018-concentration',
    claims: /^(hessian|gradient)-(centre|ball)-/,
    holds: distances(power({ n: -0.5, d: 0.5, K: -0.5 })),
    fails: distances(power({ n: -0.3, d: 0.8, K: 0.3 })),
  },
  {
    experiment: 'fu2018-concentration',
    claims: /^gradient-exact$/,
    holds: { gradientSquare: positive((s) => gradientSquare(Number(s['d']))) },
    fails: { gradientSquare: positive((s) => 1.4 * gradientSquare(Number(s['d']))) },
  },
];

export const FU_ROWS: readonly Row[] = [
  { experiment: 'fu2018-fig2', claims: /^rho-positive$/, holds: { rho: signed(1) }, fails: { rho: signed(-1) } },
  {
    experiment: 'fu2018-fig3',
    claims: /^rate-reaches-one$/,
    holds: { successRate: share(1) },
    fails: { successRate: share(0.5) },
  },
  {
    experiment: 'fu2018-fig3',
    claims: /^n50-(exponent|ratio)$/,
    holds: { successRate: rising('n', power({ d: 1 }, 250)) },
    fails: { successRate: rising('n', power({ d: 1.8 }, 22)) },
  },
  {
    experiment: 'fu2018-fig3',
    claims: /^one-minimum-exponent$/,
    holds: { oneMinimumRate: rising('n', power({ d: 1 }, 250)) },
    fails: { oneMinimumRate: rising('n', power({ d: 1.8 }, 22)) },
  },
  ...outcomeRows('fu2018-fig3'),
  {
    experiment: 'fu2018-fig4',
    claims: /^slope-/,
    holds: { estimationError: positive(power({ n: -0.5 })) },
    fails: { estimationError: positive(power({ n: -0.25 })) },
  },
  {
    experiment: 'fu2018-fig4',
    claims: /^asymptotic-/,
    holds: { rmsError: positive((s) => Math.sqrt((2760.2 + (Number(s['d']) - 3) * 659.84) / Number(s['n']))) },
    fails: { rmsError: positive((s) => 1.2 * Math.sqrt((2760.2 + (Number(s['d']) - 3) * 659.84) / Number(s['n']))) },
  },
  {
    experiment: 'fu2018-fig4',
    claims: /^order-in-d$/,
    holds: { estimationError: positive(power({ d: 0.5 })) },
    fails: { estimationError: positive(power({ d: -0.5 })) },
  },
  {
    experiment: 'fu2018-thm1',
    claims: /^positive-definite$/,
    holds: { positiveAdversarial: share(1) },
    fails: { positiveAdversarial: share(0.5) },
  },
  {
    experiment: 'fu2018-thm1',
    claims: /^lambda-min-exact$/,
    holds: { lambdaMinCentre: signed((s) => 3.6511e-4 * (1 - 40 * Number(s['n']) ** -0.5), 1e-6) },
    fails: { lambdaMinCentre: signed(3e-4, 1e-6) },
  },
  {
    experiment: 'fu2018-thm1',
    claims: /^lambda-max-exact$/,
    holds: { lambdaMax: positive(exactLargest) },
    fails: { lambdaMax: positive((s) => exactLargest(s) * Number(s['K']) ** 0.2) },
  },
  {
    experiment: 'fu2018-thm1',
    claims: /^lambda-max$/,
    holds: { lambdaMax: positive(power({ K: -1 })) },
    fails: { lambdaMax: positive(power({ K: -0.5 })) },
  },
  {
    experiment: 'fu2018-thm1',
    claims: /^concentration$/,
    holds: { hessianDeviation: positive(power({ n: -0.5 })) },
    fails: { hessianDeviation: positive(power({ n: -0.3 })) },
  },
  ...POPULATION_ROWS,
  {
    experiment: 'fu2018-thm2',
    claims: /^critical-point$/,
    holds: { criticalRate: share(1) },
    fails: { criticalRate: share(0.5) },
  },
  { experiment: 'fu2018-thm2', claims: /^one-point$/, holds: { sameRate: share(1) }, fails: { sameRate: share(0.5) } },
  {
    experiment: 'fu2018-thm2',
    claims: /^rate-d=/,
    holds: { slopeDifference: signed(0) },
    fails: { slopeDifference: signed(0.5) },
  },
  {
    experiment: 'fu2018-thm2',
    claims: /^error-n-/,
    holds: { estimationError: positive(power({ n: -0.5 })) },
    fails: { estimationError: positive(power({ n: -0.25 })) },
  },
  {
    experiment: 'fu2018-thm2',
    claims: /^error-d$/,
    holds: { estimationError: positive(power({ d: 0.5 })) },
    fails: { estimationError: positive(power({ d: 1 })) },
  },
  {
    experiment: 'fu2018-thm2',
    claims: /^recovery$/,
    overrides: { labels: 'regression' },
    holds: { recoveredRate: share(1) },
    fails: { recoveredRate: share(0.5) },
  },
  {
    experiment: 'fu2018-alg2',
    claims: /^error-exponent-unfold-/,
    holds: { initializationError: positive(power({ n: -0.5 }, 5)) },
    fails: { initializationError: positive(power({ n: -0.1 }, 0.4)) },
  },
  {
    experiment: 'fu2018-alg2',
    claims: /^error-falls-faithful-/,
    holds: { initializationError: positive(power({ n: -0.1 })) },
    fails: { initializationError: positive(power({ n: 0.1 })) },
  },
  {
    experiment: 'fu2018-alg2',
    claims: /^reaches-basin-/,
    holds: { sameMinimumRate: share(1) },
    fails: { sameMinimumRate: share(0.2) },
  },
  {
    experiment: 'basin-radius',
    claims: /./,
    overrides: { d: '12', perDimension: '20', radius: '0.001,0.003,0.01,0.03,0.1,0.3,1,3,10,30' },
    holds: { recoveredRate: falling('radius', 15), convexRate: falling('radius', 0.15), convexRecoveredRate: share(1) },
    fails: {
      recoveredRate: falling('radius', 0.01),
      convexRate: falling('radius', 0.003),
      convexRecoveredRate: share(0.5),
    },
    edge: {
      recoveredRate: falling('radius', 0.08),
      convexRate: falling('radius', 0.008),
      convexRecoveredRate: share(1),
    },
  },
  {
    experiment: 'fu2019-fig1',
    claims: /^rho-positive$/,
    exact: true,
    holds: { rhoFcn: signed(1), rhoCnn: signed(9) },
    fails: { rhoFcn: signed(-1), rhoCnn: signed(9) },
  },
  {
    experiment: 'fu2019-fig1',
    claims: /^cnn-larger$/,
    exact: true,
    holds: { ratio: signed(7.7) },
    fails: { ratio: signed(5) },
  },
  {
    experiment: 'fu2019-success',
    claims: /^rate-reaches-one-/,
    holds: { successRate: share(1) },
    fails: { successRate: share(0.5) },
  },
  ...outcomeRows('fu2019-success'),
  {
    experiment: 'fu2019-success',
    claims: /^cnn-needs-fewer$/,
    holds: { successRate: rising('n', (s) => (isCnn(s) ? 5 : 200) * Number(s['d'])) },
    fails: { successRate: rising('n', (s) => (isCnn(s) ? 40 : 200) * Number(s['d'])) },
    edge: { successRate: rising('n', (s) => (isCnn(s) ? 20 : 200) * Number(s['d'])) },
  },
  {
    experiment: 'fu2019-error',
    claims: /^decreases-/,
    holds: { estimationError: positive(power({ n: -0.5 })) },
    fails: { estimationError: positive(power({ n: -0.4 })) },
  },
  {
    experiment: 'fu2019-error',
    claims: /^slope-/,
    holds: { estimationError: positive(power({ n: -0.5 })) },
    fails: { estimationError: positive(power({ n: -0.25 })) },
  },
  {
    experiment: 'fu2019-error',
    claims: /^asymptotic-/,
    holds: { rmsError: positive(crossEntropyError) },
    fails: { rmsError: positive((s) => 0.8 * crossEntropyError(s)) },
  },
  {
    experiment: 'fu2019-loss',
    claims: /^gain-predicted-/,
    overrides: { n: '80000,160000' },
    holds: { errorDifference: signed(0.025), errorCrossEntropy: positive(1) },
    fails: { errorDifference: signed(0.1), errorCrossEntropy: positive(1) },
  },
  {
    experiment: 'fu2019-loss',
    claims: /^cross-entropy-lower-/,
    holds: { errorDifference: signed(1) },
    fails: { errorDifference: signed(-1) },
  },
  {
    experiment: 'fu2019-loss',
    claims: /^much-lower-/,
    holds: { errorSquared: positive(2), errorCrossEntropy: positive(1) },
    fails: { errorSquared: positive(1.05), errorCrossEntropy: positive(1) },
  },
  {
    experiment: 'fu2019-thm1',
    claims: /^positive-definite-/,
    holds: { positiveAdversarial: share(1) },
    fails: { positiveAdversarial: share(0.5) },
  },
  {
    experiment: 'fu2019-thm1',
    claims: /^exact-/,
    holds: { minOverExact: positive(0.98) },
    fails: { minOverExact: positive(0.8) },
  },
  {
    experiment: 'fu2019-thm1',
    claims: /^lower-bound-/,
    holds: { minOverRho: positive(4) },
    fails: { minOverRho: positive(power({ K: -2 }, 8)) },
  },
  {
    experiment: 'fu2019-thm1',
    claims: /^upper-bound-/,
    holds: { lambdaMax: positive(power({ K: -1 })) },
    fails: { lambdaMax: positive(power({ K: 1.5 })) },
  },
  ...['critical-point', 'one-point'].map((id) => ({
    experiment: 'fu2019-thm2',
    claims: new RegExp(`^${id}-`),
    holds: { criticalRate: share(1), sameRate: share(1) },
    fails: { criticalRate: share(0.5), sameRate: share(0.5) },
  })),
  {
    experiment: 'fu2019-thm2',
    claims: /^rate-/,
    holds: { slopeDifference: signed(0) },
    fails: { slopeDifference: signed(0.5) },
  },
  {
    experiment: 'fu2019-thm2',
    claims: /^error-(n|K|K-sharp)-/,
    holds: { estimationError: positive(power({ n: -0.5, K: 0.5 })) },
    fails: { estimationError: positive(power({ n: -0.25, K: 2 })) },
  },
  {
    experiment: 'fu2019-thm2',
    claims: /^error-exact-/,
    holds: { errorOverPredicted: positive(1.02) },
    fails: { errorOverPredicted: positive(1.3) },
  },
];

/** What success and failure are read as; the CNN's sample sizes are a fiftieth of the others. */
function outcomeRows(experiment: string): Row[] {
  const isSmall = (s: Settings): boolean => Number(s['n']) <= (isCnn(s) ? 4 : 250) * Number(s['d']);
  const failures = (several: Parameters<typeof share>[0]): World => ({
    successRate: share(0),
    failureSeveralRate: share(several),
  });
  return [
    {
      experiment,
      claims: /^one-minimum(-fcn|-cnn)?$/,
      holds: { oneMinimumRate: share(1) },
      fails: { oneMinimumRate: share(0.5) },
    },
    {
      experiment,
      claims: /^successes-near/,
      holds: { successRate: share(1), successNearRate: share(1) },
      fails: { successRate: share(1), successNearRate: share(0.5) },
    },
    {
      experiment,
      claims: /^failures-several-minima/,
      holds: failures(0.9),
      fails: failures(0.1),
      edge: failures((s) => (isSmall(s) ? 1 : 0)),
    },
  ];
}
