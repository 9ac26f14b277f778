import type { Row } from './row.js';
import { exactly, positive, power, rising, share, signed, type World } from './worlds.js';

const CROSSINGS = [
  { figure: 'fig2a', axis: 'K', half: 11.4 },
  { figure: 'fig2b', axis: 'd', half: 10.7 },
  { figure: 'fig3a', axis: 'K', half: 5.5 },
  { figure: 'fig3b', axis: 'd', half: 25.4 },
] as const;
const VERDICTS = ['descentRate6', 'polishedRate', 'globalStarts'] as const;

const all = (measure: World[string]): World => Object.fromEntries(VERDICTS.map((name) => [name, measure]));

const CROSSING_ROWS = CROSSINGS.flatMap(({ figure, axis, half }): Row[] => {
  const experiment = `soltanolkotabi2017-${figure}`;
  return [
    { experiment, claims: /^half-/, holds: all(rising(axis, half, 20)), fails: all(rising(axis, 1.3 * half, 20)) },
    ...(figure.startsWith('fig2')
      ? [{ experiment, claims: /^all-/, holds: all(share(1)), fails: all(share(0.5)) }]
      : []),
  ];
});

const LABEL_ROWS = ['soltanolkotabi2017-fig4a', 'soltanolkotabi2017-fig4b'].flatMap((experiment): Row[] => [
  { experiment, claims: /^zero-rmse$/, holds: { zeroRate: share(1) }, fails: { zeroRate: share(0.5) } },
  { experiment, claims: /^zero-polished$/, holds: { polishedZero: share(1) }, fails: { polishedZero: share(0.5) } },
  { experiment, claims: /^narrow-not-zero$/, holds: { rmse: positive(0.5) }, fails: { rmse: positive(1e-4) } },
]);

const RATES = {
  'no-spurious': 'noSpurious',
  'convex-optimum': 'attainsConvex',
  'strict-saddles': 'allStrict',
  'all-finished': 'finishedRate',
  'ends-global': 'allGlobalRate',
  'zero-loss': 'zeroLossRate',
  'one-sign-misfits': 'misfitRate',
  'no-spurious-duplicates': 'noSpurious',
  'ends-global-duplicates': 'allGlobalRate',
  'all-finished-duplicates': 'finishedRate',
} as const;

const PLANTED_RATES = {
  'ends-zero': 'zeroRate',
  'no-spurious': 'noSpurious',
  'strict-saddles': 'allStrict',
  'all-finished': 'finishedRate',
  'approximate-minima': 'boundRate',
  'narrow-misses': 'missesRate',
} as const;

const rateRows = (experiment: string, rates: Readonly<Record<string, string>>): Row[] =>
  Object.entries(rates).map(([claim, measure]) => ({
    experiment,
    claims: new RegExp(`^${claim}$`),
    holds: { [measure]: share(1) },
    fails: { [measure]: share(0.5) },
  }));

const inDimension = (exponent: number) => positive(power({ d: exponent }));

const LOCAL_ROWS: readonly Row[] = [
  { claims: /^slope-/, holds: { slopeRatio: positive(1) }, fails: { slopeRatio: positive(0.5) } },
  { claims: /^constant-/, holds: { constant: inDimension(0) }, fails: { constant: inDimension(-1) } },
  { claims: /^pl-constant-/, holds: { smallest: inDimension(2) }, fails: { smallest: inDimension(1) } },
  { claims: /^smoothness-/, holds: { largest: inDimension(1) }, fails: { largest: inDimension(2) } },
  { claims: /^radius-/, holds: { reachedRate: share(1) }, fails: { reachedRate: share(0.5) } },
].map((row) => ({ experiment: 'soltanolkotabi2017-thm25', ...row }));

const JACOBIAN_ROWS: readonly Row[] = [
  { claims: /^sigma-min-/, holds: { sigmaMin: inDimension(0) }, fails: { sigmaMin: inDimension(-0.5) } },
  { claims: /^sigma-max-/, holds: { sigmaMax: inDimension(0) }, fails: { sigmaMax: inDimension(0.5) } },
  { claims: /^mean-/, holds: { meanGap: signed(0) }, fails: { meanGap: signed(0.2) } },
].map((row) => ({ experiment: 'soltanolkotabi2017-jacobian', ...row }));

export const SOLTANOLKOTABI_ROWS: readonly Row[] = [
  { experiment: 'soltanolkotabi2017-fig1', claims: /^slope-/, holds: { mu: exactly(1) }, fails: { mu: exactly(-1) } },
  {
    experiment: 'soltanolkotabi2017-fig1',
    claims: /^curvature-softplus/,
    holds: { gamma: exactly(1) },
    fails: { gamma: exactly(-1) },
  },
  {
    experiment: 'soltanolkotabi2017-fig1',
    claims: /^curvature-(sigmoid|erf|tanh)/,
    holds: { gamma: exactly(0) },
    fails: { gamma: exactly(1) },
  },
  ...CROSSING_ROWS,
  ...LABEL_ROWS,
  ...rateRows('soltanolkotabi2017-thm21', RATES),
  ...rateRows('soltanolkotabi2017-thm22', PLANTED_RATES),
  ...LOCAL_ROWS,
  ...JACOBIAN_ROWS,
  {
    experiment: 'soltanolkotabi2017-spectrum',
    claims: /^(centring-(min|max)|centred-max|output-gradient|loss-near|smoothness)-(?!growth)/,
    holds: {
      smallestHoldsRate: share(1),
      largestHoldsRate: share(1),
      centredLargestRate: share(1),
      gradientRate: share(1),
      lossRate: share(1),
      smoothnessRate: share(1),
    },
    fails: {
      smallestHoldsRate: share(0.5),
      largestHoldsRate: share(0.5),
      centredLargestRate: share(0.5),
      gradientRate: share(0.5),
      lossRate: share(0.5),
      smoothnessRate: share(0.5),
    },
  },
  {
    experiment: 'soltanolkotabi2017-spectrum',
    claims: /^(perturbation|smoothness-growth)-/,
    holds: { perturbation: positive(power({ d: -0.3 })), smoothness: positive(1) },
    fails: { perturbation: positive(power({ d: 0.5 })), smoothness: positive(power({ d: 0.5 })) },
  },
  {
    experiment: 'soltanolkotabi2017-spectrum',
    claims: /^centred-min-/,
    holds: { halfRate: share(1) },
    fails: { halfRate: share(0.5) },
  },
];
