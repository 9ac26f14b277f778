import { refuse } from '../../../base/errors.js';
import { UNKNOWN, type Estimate, type Noted } from '../../../statistics/estimate.js';
import { mean, meanShare, median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { pooledRate } from '../../common/pooled.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, FigureRow, Measure, StatedClaim } from '../../spec.js';
import { PRINTED_C, RELU_KAPPA, runTrial, trialBytes, trialCost, type Thm2Settings } from './thm2Trial.js';

const SETTINGS = {
  d: common.dimensions(
    { smoke: [3], quick: [3, 5], paper: [3, 5, 8] },
    { description: 'neurons and inputs of the population', max: 12 },
  ),
  condition: number({
    description: 'values of κ*, the largest κ*_i over the smallest, of the population',
    list: true,
    min: 1,
    max: 1e3,
    default: { smoke: [1, 3], quick: [1, 3, 10], paper: [1, 3, 10] },
  }),
  muCondition: number({
    description: 'values of μκ*; Assumption 2(b) has less than 0.01',
    list: true,
    min: 1e-6,
    max: 90,
    default: { smoke: [0.009, 3], quick: [0.009, 0.3, 1, 3, 30], paper: [0.009, 0.1, 0.3, 0.6, 1, 1.5, 2, 3, 10, 30] },
  }),
  sampleDimension: common.dimension(
    { smoke: 3, quick: 3, paper: 5 },
    { description: 'neurons and inputs of the samples', max: 12 },
  ),
  n: common.samples(
    {
      smoke: [1000, 10_000],
      quick: [10_000, 100_000, 300_000, 1_000_000],
      paper: [10_000, 100_000, 300_000, 1_000_000, 2_000_000],
    },
    { description: 'sample sizes of a ReLU teacher on N(0, I), beside the population', max: 2e6 },
  ),
  lambda: number({ description: 'λ/κ*_max; Assumption 2(b) has at least 100', min: 1, max: 1e6, default: 100 }),
  trials: common.trials({ smoke: 4, quick: 10, paper: 30 }, 'teachers per cell of the population'),
  sampleTrials: common.trials({ smoke: 4, quick: 10, paper: 30 }, 'teachers with their samples per sample size'),
  starts: common.starts({ smoke: 3, quick: 5, paper: 5 }, { description: 'starts of either kind for each teacher' }),
};

type Place = Pick<Thm2Settings, 'n' | 'd' | 'condition' | 'mu'>;
type PlaceSummary = CellSummary<Place>;
type Thm2Values = Values<typeof SETTINGS>;

/** μκ* for the samples. The value satisfies Assumption 2(b). */
const SAMPLE_MU = 0.009;
/**
 * The smallest μ at which two rows of A equal to the same row of A* are a minimum, for κ* = 1. Source:
 * docs/derivations/landscape.md
 */
const SHARED_MU = 1;
/**
 * The smallest n at which samples were seen to have a minimum near the teacher, for inputs of at most `d` dimensions.
 * Below it descent from the teacher leaves for another minimum on some samples.
 */
const ENOUGH = [
  { d: 3, n: 100_000 },
  { d: 5, n: 1_000_000 },
] as const;
/** The least λ/κ*_max of Assumption 2(b). */
const ASSUMED_LAMBDA = 1 / PRINTED_C;

/** @throws InputError where L of the population is unbounded below: μκ*_max ≥ λ */
function cells(values: Thm2Values): Cell<Place>[] {
  const largestMu = Math.max(...values.muCondition) / Math.min(...values.condition);
  if (largestMu >= values.lambda)
    refuse('the largest μ = muCondition/condition', `below lambda = ${values.lambda}`, largestMu);
  const population = ascending(values.d).flatMap((d) =>
    ascending(values.condition).flatMap((condition) =>
      ascending(values.muCondition).map((product): Place => ({
        n: 'population',
        d,
        condition,
        mu: product / condition,
      })),
    ),
  );
  const samples = ascending(values.n).map((n): Place => ({
    n,
    d: values.sampleDimension,
    condition: 1,
    mu: SAMPLE_MU,
  }));
  return [
    ...population.map((settings) => ({ settings, trials: values.trials })),
    ...samples.map((settings) => ({ settings, trials: values.sampleTrials })),
  ];
}

function isPopulation({ settings }: PlaceSummary): boolean {
  return settings.n === 'population';
}

/**
 * μ < c/κ* and λ ≥ κ*_max/c with c = 0.01. The tolerance is needed because μ itself was computed by a division.
 */
function isAssumed({ condition, mu }: Place, lambda: number): boolean {
  return lambda >= ASSUMED_LAMBDA && mu * condition < PRINTED_C * (1 - 1e-9);
}

function populationClaims(all: readonly PlaceSummary[], { lambda }: Thm2Values): StatedClaim[] {
  const population = all.filter(isPopulation);
  const assumed = population.filter(({ settings }) => isAssumed(settings, lambda));
  const shared = population.filter(({ settings: { d, condition, mu } }) => d > 1 && condition === 1 && mu > SHARED_MU);
  const share = (
    id: string,
    statement: string,
    own: readonly PlaceSummary[],
    measure: string,
    region: { readonly low: number; readonly high: number },
    source = 'gao2018, Theorem 2',
  ): StatedClaim[] =>
    own.length === 0 ? [] : [stateClaim({ id, source, statement }, () => pooledRate(own, measure), region)];
  return [
    ...share(
      'minima-are-teacher',
      'population, μκ* < 0.01: every minimum found is a signed permutation of A* with rows of norm (1 − μκ_i/λ)^(−1/2), for at least 0.9 of the teachers',
      assumed,
      'teacherRate',
      { low: 0.9, high: 1 },
    ),
    ...share(
      'strict-saddles',
      'population, μκ* < 0.01: every other stationary point found has λ_min ≤ −0.01 min{μκ_min/(κ*d), λ}, for at least 0.9 of the teachers with such a point',
      assumed,
      'strictRate',
      { low: 0.9, high: 1 },
    ),
    ...share(
      'large-mu-misses',
      'population, d > 1, κ* = 1, μ > 1: some minimum found is no signed permutation of A*, for at least half of the teachers',
      shared,
      'missesRate',
      { low: 0.5, high: 1 },
      'gao2018, Assumption 2(b): what the bound on μ is for',
    ),
  ];
}

function largest(samples: readonly PlaceSummary[]): PlaceSummary[] {
  const most = Math.max(...samples.map(({ settings }) => Number(settings.n)));
  return samples.filter(({ settings }) => settings.n === most);
}

/** Exponent in n of the distance of the nearest minimum, over n at which such a minimum exists. */
function distanceExponent(samples: readonly PlaceSummary[], d: number, enough: number | undefined): Noted {
  if (enough === undefined) return { ...UNKNOWN, note: `for d = ${d} such an n is not known` };
  return powerLawExponent(
    samples
      .filter(({ settings }) => Number(settings.n) >= enough)
      .map(({ settings, measures }) => ({ x: Number(settings.n), estimate: measures['nearest'] })),
  );
}

function sampleClaims(all: readonly PlaceSummary[], { sampleDimension: d }: Thm2Values): StatedClaim[] {
  const samples = all.filter((cell) => !isPopulation(cell));
  const last = largest(samples);
  const of = (measure: string) => (): Estimate => last[0].measures[measure];
  const enough = ENOUGH.find((known) => d <= known.d)?.n;
  const theorem4 = 'gao2018, Theorem 4, (29)';
  return last.length === 0
    ? []
    : [
        stateClaim(
          {
            id: 'kappa',
            source: theorem4,
            statement: 'ReLU on N(0, I), largest n: mean of y t_2(a*_i) is κ* = −1/√(2π), within a tenth',
          },
          of('kappa'),
          { low: -1.1 * RELU_KAPPA, high: -0.9 * RELU_KAPPA },
        ),
        stateClaim(
          {
            id: 'alternative-form',
            source: theorem4,
            statement:
              'the same: mean of y t_1(u, v) is κ* Σ ⟨a*_i, u⟩²⟨a*_i, v⟩² for random directions, within a tenth of |κ*|',
          },
          of('identityGap'),
          { low: -0.1 * RELU_KAPPA, high: 0.1 * RELU_KAPPA },
        ),
        stateClaim(
          {
            id: 'sample-minima',
            source: 'gao2018, Theorem 3',
            statement:
              'largest n: every minimum of the sample’s loss lies near a signed permutation of A*, for at least 0.9 of the samples',
          },
          () => pooledRate(last, 'teacherRate'),
          { low: 0.9, high: 1 },
        ),
        stateClaim(
          {
            id: 'sample-rate',
            source: 'gao2018, Theorem 3 (which leaves the polynomial open)',
            statement: `the distance of the minimum next to PDA* falls as n^(−1/2): exponent within −0.5 ± 0.1, from ${enough === undefined ? 'an n' : `n = ${enough}`} on at which it exists`,
          },
          () => distanceExponent(samples, d, enough),
          { low: -0.6, high: -0.4 },
        ),
      ];
}

const BARS = { y: 'value', low: 'low', high: 'high', xLog: true } as const;

function rowOf({ settings, trials, measures }: PlaceSummary, measure: string, more: FigureRow): FigureRow {
  const { value, low, high } = measures[measure];
  return { d: settings.d, trials, ...more, value, low, high };
}

function figures(all: readonly PlaceSummary[], values: Thm2Values): FigureMaker[] {
  const population = all.filter(isPopulation);
  const samples = all.filter((cell) => !isPopulation(cell));
  return [
    ...ascending(values.d).map((d) => () => ({
      name: `gao2018-thm2-population-d${d}`,
      title: `Minima of the population loss that are the teacher, d = ${d}`,
      caption: `Mean share of random starts whose minimum is a signed permutation of A* with rows of norm (1 − μκ_i/λ)^(−1/2); λ = ${values.lambda}κ_max, ${trialCounts(population)} teachers per point, ${values.starts} starts each. Bars: 95 % intervals. Dashed: μ = 1. The theorem is about μκ* < 0.01.`,
      rows: population
        .filter(({ settings }) => settings.d === d)
        .map((cell) =>
          rowOf(cell, 'teacherShare', {
            condition: cell.settings.condition,
            mu: Number(cell.settings.mu.toPrecision(6)),
          }),
        ),
      spec: lineWithBars({
        ...BARS,
        x: 'mu',
        xTitle: 'μ',
        yTitle: 'share of starts',
        colour: 'condition',
        colourTitle: 'κ*',
        yDomain: [0, 1],
        xReference: [SHARED_MU],
      }),
    })),
    () => ({
      name: 'gao2018-thm2-samples',
      title: 'Distance of the minima of a sample’s loss from the teacher',
      caption: `Median over the samples of ‖Â − PDA*‖_F at the farthest minimum that random starts find, and at the one that descent from DA* finds; ReLU teacher, N(0, I), d = ${values.sampleDimension}, μ = ${SAMPLE_MU}, λ = ${values.lambda}|κ*|, ${trialCounts(samples)} samples per point. Bars: 95 % order-statistic intervals. Dashed: slope −1/2.`,
      rows: samples.flatMap((cell) => [
        rowOf(cell, 'distance', { n: Number(cell.settings.n), minimum: 'farthest found' }),
        rowOf(cell, 'nearest', { n: Number(cell.settings.n), minimum: 'next to the teacher' }),
      ]),
      spec: lineWithBars({
        ...BARS,
        x: 'n',
        xTitle: 'sample size n',
        yTitle: 'estimation error ‖Â − PDA*‖',
        colour: 'minimum',
        colourTitle: 'minimum',
        yLog: true,
        guideSlope: -0.5,
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'teacherRate',
    of: 'allTeacher',
    description: 'share of teachers for which every minimum found is a signed permutation of A*',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'missesRate',
    of: 'allTeacher',
    value: ({ allTeacher, finished }) => finished * (1 - allTeacher),
    description:
      'share of teachers for which every start ends at a stationary point, and some minimum is no signed permutation of A*',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'strictRate',
    of: 'strict',
    value: ({ strict, saddles }) => (saddles > 0 ? strict : Number.NaN),
    description:
      'share of teachers, of those with another stationary point found, for which every such point has λ_min ≤ −τ',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'finishedRate',
    of: 'finished',
    description: 'share of teachers for which every start ends at a stationary point',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'teacherShare',
    of: 'teacherShare',
    description: 'mean share of starts that end at the teacher',
    estimate: meanShare,
  },
  {
    name: 'saddles',
    of: 'saddles',
    description: 'mean share of Newton’s runs that end at another stationary point',
    estimate: meanShare,
  },
  {
    name: 'distance',
    of: 'distance',
    description: 'median of the largest ‖A − PDA*‖_F among the minima',
    estimate: median,
  },
  {
    name: 'nearest',
    of: 'nearest',
    description: 'median of ‖A − PDA*‖_F at the minimum that descent from DA* finds',
    estimate: median,
  },
  { name: 'kappa', of: 'kappa', description: 'samples: mean of y t_2 at the rows of A*', estimate: mean },
  {
    name: 'identityGap',
    of: 'identityGap',
    description: 'samples: mean of y t_1(u, v) less κ* Σ ⟨a*_i, u⟩²⟨a*_i, v⟩²',
    estimate: mean,
  },
];

/** gao2018, Theorems 2 to 4: the landscape of L for the population and for samples of Gaussian inputs. */
export const gao2018Thm2 = defineExperiment({
  id: 'gao2018-thm2',
  version: 1,
  paper: 'gao2018',
  source: 'gao2018, Theorems 2, 3 and 4',
  title: 'Minima and saddles of the designed landscape, for the population and for samples',
  settings: SETTINGS,
  openChoices: [
    'κ*_i of the population (not given): evenly spaced from 1 to κ*; A* a random rotation, k = d.',
    'The penalty is that of (21), (‖a‖² − 1)². With (‖a‖ − 1)² of (19) L is unbounded below for every μ > 0: a quadratic cannot hold a quartic.',
    'Minima: Newton’s method with |∇²L| in a trust region from entries N(0, 1/d), and along negative curvature away from saddles. Other stationary points: Newton’s method on ∇L = 0 from as many starts.',
    'Samples: a ReLU teacher with w* = 1 on N(0, I), κ*_i = −1/√(2π), the exact score, the sign of L turned.',
    'Remark 3 (k < d) has another loss, in Appendix B.3, and is not run.',
  ],
  cells,
  cost: (settings: TrialSettings<typeof SETTINGS, Place>) => trialCost(settings),
  bytes: trialBytes,
  shares: () => false,
  trial: runTrial,
  measures: MEASURES,
  claims: (all, values) => [...populationClaims(all, values), ...sampleClaims(all, values)],
  figures,
});
