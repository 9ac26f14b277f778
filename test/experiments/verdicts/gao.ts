import type { Row } from './row.js';
import { exactly, percentiles, positive, power, share, signed } from './worlds.js';

const PUBLISHED = [
  { experiment: 'gao2018-fig1', S2: -0.5143, S4: -0.4984 },
  { experiment: 'gao2018-fig2', S2: -0.2587, S4: -0.1343 },
] as const;

const SCORES: readonly Row[] = PUBLISHED.flatMap(({ experiment, S2, S4 }): Row[] => [
  ...(
    [
      ['S2', S2],
      ['S4', S4],
    ] as const
  ).map(([score, slope]): Row => ({
    experiment,
    claims: new RegExp(`^(mean-)?slope-${score}$`),
    holds: percentiles(power({ n: slope })),
    fails: percentiles(power({ n: slope - 0.05 })),
  })),
  { experiment, claims: /^decreases-/, holds: percentiles(power({ n: -0.3 })), fails: percentiles(power({ n: 0.1 })) },
  {
    experiment,
    claims: /^faster-than-bound-/,
    holds: percentiles(power({ n: -0.3 })),
    fails: percentiles(power({ n: -0.01 })),
  },
  {
    experiment,
    claims: experiment === 'gao2018-fig1' ? /^consistent-/ : /^consistent-S2$/,
    holds: percentiles(power({ n: -0.3 })),
    fails: percentiles(power({ n: 0.1 })),
  },
]);

const fartherThanL = (factor: number) => positive((settings) => (settings['loss'] === 'L' ? 1 : factor));

const KAPPA = 1 / Math.sqrt(2 * Math.PI);

const SCATTER: readonly Row[] = [
  {
    claims: /^bias-/,
    holds: { biasFirst: exactly(power({ h: 2 })), biasSecond: exactly(power({ h: 2 })) },
    fails: { biasFirst: exactly(power({ h: 0.5 })), biasSecond: exactly(power({ h: 0.5 })) },
    exact: true as const,
  },
  {
    claims: /^variance-/,
    holds: { firstRatio: signed(1), secondRatio: signed(1) },
    fails: { firstRatio: signed(2), secondRatio: signed(2) },
  },
  {
    claims: /^rate-n-/,
    holds: { secondSquare: positive(power({ n: -1 })) },
    fails: { secondSquare: positive(power({ n: -0.5 })) },
  },
  {
    claims: /^rate-h-/,
    holds: { secondSquare: positive(power({ h: -4 })) },
    fails: { secondSquare: positive(power({ h: -12 })) },
  },
].map((row) => ({ experiment: 'gao2018-thm1', ...row }));

const THEOREMS: readonly Row[] = [
  ...SCATTER,
  {
    experiment: 'gao2018-thm2',
    claims: /^(minima-are-teacher|sample-minima)$/,
    holds: { teacherRate: share(1) },
    fails: { teacherRate: share(0.5) },
  },
  {
    experiment: 'gao2018-thm2',
    claims: /^strict-saddles$/,
    holds: { strictRate: share(1) },
    fails: { strictRate: share(0.5) },
  },
  {
    experiment: 'gao2018-thm2',
    claims: /^large-mu-misses$/,
    holds: { missesRate: share(1) },
    fails: { missesRate: share(0) },
    edge: { missesRate: share(({ mu }) => (Number(mu) > 2.5 ? 1 : 0)) },
  },
  { experiment: 'gao2018-thm2', claims: /^kappa$/, holds: { kappa: signed(-KAPPA) }, fails: { kappa: signed(KAPPA) } },
  {
    experiment: 'gao2018-thm2',
    claims: /^alternative-form$/,
    holds: { identityGap: signed(0) },
    fails: { identityGap: signed(-0.1) },
  },
  {
    experiment: 'gao2018-thm2',
    claims: /^sample-rate$/,
    holds: { nearest: positive(power({ n: -0.5 })) },
    fails: { nearest: positive(power({ n: -0.25 })) },
  },
];

export const GAO_ROWS: readonly Row[] = [
  ...SCORES,
  {
    experiment: 'gao2018-fig2',
    claims: /^consistent-S4$/,
    holds: { limit50: positive(1e-12) },
    fails: { limit50: positive(1.165) },
    edge: { limit50: positive(1e-9) },
  },
  {
    experiment: 'gao2018-fig3',
    claims: /^L-recovers/,
    holds: { recoveredRate: share(1) },
    fails: { recoveredRate: share(0.5) },
  },
  {
    experiment: 'gao2018-fig3',
    claims: /^(G-suboptimal|l2-slow|l2-descent-slow)$/,
    holds: { parameterError: fartherThanL(10) },
    fails: { parameterError: fartherThanL(1) },
  },
  {
    experiment: 'gao2018-fig4',
    claims: /^L-below-G-/,
    holds: { errorDifference: signed(0.1) },
    fails: { errorDifference: signed(-0.1) },
  },
  {
    experiment: 'gao2018-fig4',
    claims: /^L-close-to-G-/,
    holds: { errorEstimated: positive(1.2), errorG: positive(1) },
    fails: { errorEstimated: positive(3), errorG: positive(1) },
  },
  {
    experiment: 'gao2018-laws',
    claims: /^L-above-G-/,
    holds: { gainOverG: signed(0.3) },
    fails: { gainOverG: signed(-0.3) },
  },
  ...THEOREMS,
  {
    experiment: 'gao2018-degree4',
    exact: true,
    claims: /^bias-(bound|slope)-/,
    holds: {
      bias1: exactly(power({ h: 4 })),
      bias2: exactly(power({ h: 4 })),
      bias3: exactly(power({ h: 2 })),
      bias4: exactly(power({ h: 2 })),
    },
    fails: {
      bias1: exactly(power({ h: 0.5 })),
      bias2: exactly(power({ h: 0.5 })),
      bias3: exactly(power({ h: 0.5 })),
      bias4: exactly(power({ h: 0.5 })),
    },
  },
  {
    experiment: 'gao2018-degree4',
    claims: /^variance-/,
    holds: { ratio2: signed(1), ratio4: signed(1) },
    fails: { ratio2: signed(1.5), ratio4: signed(1.5) },
  },
  {
    experiment: 'gao2018-degree4',
    claims: /^rate-n-/,
    holds: { square2: positive(power({ n: -1 })), square4: positive(power({ n: -1 })) },
    fails: { square2: positive(power({ n: -0.5 })), square4: positive(power({ n: -0.5 })) },
  },
  {
    experiment: 'gao2018-critical',
    claims: /^critical-/,
    holds: { gradientRatio: positive(1e-6) },
    fails: { gradientRatio: positive(0.1) },
    edge: { gradientRatio: positive(1e-3) },
  },
];
