/**
 * Claims that are known to fail at paper scale, each with the page that says why. Only other claims make a night red.
 */

export interface Expectation {
  readonly experiment: string;
  readonly claim: string;
  readonly reason: string;
  /** path in this repository */
  readonly page: string;
}

interface Known {
  readonly experiment: string;
  readonly claims: readonly string[];
  readonly reason: string;
}

const FU2019 = 'docs/papers/fu2019.md';
const FU2018 = 'docs/papers/fu2018.md';
const GAO = 'docs/papers/gao2018.md';
const SOLTANOLKOTABI = 'docs/papers/soltanolkotabi2017.md';
const ZHONG = 'docs/papers/zhong2017.md';

const PAGES: readonly { readonly page: string; readonly known: readonly Known[] }[] = [
  {
    page: FU2019,
    known: [
      {
        experiment: 'fu2019-success',
        claims: ['successes-near-fcn', 'successes-near-cnn'],
        reason: 'a small SD_n says that starts end together, at small n/d mostly not near W*',
      },
      {
        experiment: 'fu2019-success',
        claims: ['failures-several-minima-fcn', 'failures-several-minima-cnn'],
        reason: 'most failures run away: there is no finite minimiser on their way',
      },
      {
        experiment: 'fu2019-loss',
        claims: [5000, 10000, 20000, 40000, 80000].map((n) => `much-lower-d=20-n=${n}`),
        reason: 'the exact asymptotic ratio of the two errors is 1.025 at ‖w‖ = 2, and below 1.21 for any ‖w‖ up to 10',
      },
    ],
  },
  {
    page: FU2018,
    known: [
      {
        experiment: 'fu2018-fig3',
        claims: ['successes-near'],
        reason: 'a small SD_n says that starts end together, at n/d ≤ 350 mostly not near W*',
      },
      {
        experiment: 'fu2018-fig3',
        claims: ['failures-several-minima'],
        reason: 'nearly all failures run away: there is no finite minimiser on their way',
      },
    ],
  },
  {
    page: GAO,
    known: [
      {
        experiment: 'gao2018-fig1',
        claims: ['mean-slope-S4'],
        reason: 'the published slopes of S₂ and S₄ are most likely interchanged',
      },
      {
        experiment: 'gao2018-fig2',
        claims: ['slope-S2', 'mean-slope-S2', 'slope-S4'],
        reason: 'the lines are not straight: the slope depends on what is averaged and on the bandwidth',
      },
      {
        experiment: 'gao2018-fig2',
        claims: ['consistent-S4'],
        reason: 'a fit of degree 2 leaves out third and fourth derivatives of log f',
      },
      {
        experiment: 'gao2018-fig3',
        claims: ['L-recovers-rotated'],
        reason: 'sgn(x)⊗⁴ leaves out the atoms of the density’s derivatives, so L ends on the axes for any teacher',
      },
      {
        experiment: 'gao2018-critical',
        claims: ['critical-l2-adam'],
        reason: 'after the printed 10,000 steps on ℓ2 the gradient is still 3 % of that at the start',
      },
      {
        experiment: 'gao2018-laws',
        claims: gainsOverG('laplace'),
        reason: 'the score of Laplace inputs leaves out atoms',
      },
      {
        experiment: 'gao2018-laws',
        claims: gainsOverG('smooth-uniform'),
        reason: 'κ* of smoothed uniform inputs is small against the variance of S_4',
      },
    ],
  },
  {
    page: SOLTANOLKOTABI,
    known: [
      {
        experiment: 'soltanolkotabi2017-fig2a',
        claims: ['half-starts'],
        reason: 'single starts succeed earlier than all ten',
      },
      {
        experiment: 'soltanolkotabi2017-fig2b',
        claims: ['half-descent', 'all-descent'],
        reason: 'descent with this cap crosses later than the landscape',
      },
      {
        experiment: 'soltanolkotabi2017-fig3a',
        claims: ['half-descent', 'half-polished'],
        reason: 'the signature of v0 decides: the printed protocol cannot give the printed number',
      },
      {
        experiment: 'soltanolkotabi2017-spectrum',
        claims: ['tanh', 'erf', 'sigmoid'].map((name) => `centred-min-${name}`),
        reason: 'a column of the centred Jacobian has norm d·sd(φ′(g)), less than d/2: Remark 7.3 lacks this factor',
      },
      {
        experiment: 'soltanolkotabi2017-fig3b',
        claims: ['half-descent', 'half-polished', 'half-starts'],
        reason: 'the signature of v0 decides: the printed protocol cannot give the printed number',
      },
    ],
  },
  {
    page: ZHONG,
    known: [
      {
        experiment: 'zhong2017-fig1a',
        claims: ['boundary-exponent-regime'],
        reason: 'the boundary is flat for small d and rises faster than d beyond; decided with 500 trials a cell',
      },
      {
        experiment: 'zhong2017-fig1b',
        claims: ['equal-error-exponent', 'equal-error-exponent-regime'],
        reason: 'noise that does not depend on d still counts at these d',
      },
      {
        experiment: 'zhong2017-remark43',
        claims: ['relu', 'squared-relu', 'sigmoid', 'tanh'].map((name) => `rank-deficient-${name}`),
        reason: 'three unit rows at 120° in a plane have a positive definite Hessian',
      },
    ],
  },
];

function gainsOverG(inputs: string): string[] {
  return ['identity', 'rotated'].flatMap((teacher) =>
    [2, 4].map((d) => `L-above-G-${inputs}-${teacher}-d=${d}-mu=0.5`),
  );
}

export const EXPECTATIONS: readonly Expectation[] = PAGES.flatMap(({ page, known }) =>
  known.flatMap(({ experiment, claims, reason }) => claims.map((claim) => ({ experiment, claim, reason, page }))),
);

export function expectationOf(experiment: string, claim: string): Expectation | undefined {
  return EXPECTATIONS.find((known) => known.experiment === experiment && known.claim === claim);
}
