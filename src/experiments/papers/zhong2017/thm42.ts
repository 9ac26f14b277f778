import { scaled, UNKNOWN, type Estimate, type Noted } from '../../../statistics/estimate.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { smallestRate } from '../../common/pooled.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import { requireTeacher } from '../../../core/networks/teachers.js';
import type { Cell, CellSummary, FigureMaker, FigureRow, Measure, StatedClaim } from '../../spec.js';
import { choice, number, withDefault } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { ZHONG2017_PROBLEM } from './problem.js';
import { curvatureProblem, runTrial, trialCost } from './thm42Trial.js';

const SOURCE = 'zhong2017, Theorem 4.2';

const SETTINGS = {
  K: ZHONG2017_PROBLEM.K,
  activation: choice(['squared-relu', 'relu', 'tanh'], {
    description: 'activations φ',
    list: true,
    default: ['squared-relu', 'relu', 'tanh'],
  }),
  condition: ZHONG2017_PROBLEM.condition,
  teacherScale: withDefault(ZHONG2017_PROBLEM.teacherScale, 1),
  d: common.dimension({ smoke: 6, quick: 10, paper: 20 }, { max: 100 }),
  n: common.samples({ smoke: [2000, 8000], quick: [4000, 16000, 64000], paper: [4000, 16000, 64000, 256000] }),
  radius: number({ description: 'distance δ of the point near W*, divided by ‖W*‖_F', min: 0, max: 1, default: 0.01 }),
  sweep: number({
    description: 'numbers of neurons for the growth with k, at the smallest n',
    integer: true,
    list: true,
    min: 1,
    max: 64,
    default: { smoke: [2, 5], quick: [2, 5, 10], paper: [2, 3, 5, 10, 20] },
  }),
  conditions: number({
    description: 'condition numbers κ of those',
    list: true,
    min: 1,
    max: 1e3,
    default: { smoke: [1, 4], quick: [1, 2, 4], paper: [1, 2, 4, 8] },
  }),
  trials: common.trials({ smoke: 3, quick: 12, paper: 30 }, 'trials per cell'),
};

type CurvatureValues = Values<typeof SETTINGS>;

interface Place {
  readonly activation: string;
  readonly K: number;
  readonly condition: number;
  readonly n: number;
}

type PlaceCell = CellSummary<Place>;

/**
 * The cells of k and κ at all n, and of the other k and κ at the smallest n, because the population needs no samples.
 */
function cells(values: CurvatureValues): Cell<Place>[] {
  const { K, condition, d, trials } = values;
  const samples = ascending(values.n);
  for (const neurons of [K, ...values.sweep]) requireTeacher('spectrum', neurons, d);
  const main = samples.map((n) => ({ K, condition, n }));
  const swept = ascending(values.sweep).flatMap((neurons) =>
    ascending(values.conditions).map((kappa) => ({ K: neurons, condition: kappa, n: samples[0] })),
  );
  const others = swept.filter((place) => place.K !== K || place.condition !== condition);
  return values.activation.flatMap((activation) =>
    [...main, ...others].map((place) => ({ settings: { activation, ...place }, trials })),
  );
}

/** The cells of one activation with the given k, κ and n. */
function select(all: readonly PlaceCell[], wanted: Partial<Place>): PlaceCell[] {
  const { activation, K, condition, n } = wanted;
  return all.filter(
    ({ settings }) =>
      (activation ?? settings.activation) === settings.activation &&
      (K ?? settings.K) === settings.K &&
      (condition ?? settings.condition) === settings.condition &&
      (n ?? settings.n) === settings.n,
  );
}

function deviationExponent(all: readonly PlaceCell[]): Estimate {
  return powerLawExponent(all.map(({ settings, measures }) => ({ x: settings.n, estimate: measures['deviation'] })));
}

/** The cells of each k and κ: the population at W* is the same at every n. */
function byTeacher(all: readonly PlaceCell[]): PlaceCell[][] {
  const lawOf = ({ settings: { K, condition } }: PlaceCell): string => `k = ${K}, κ = ${condition}`;
  return [...new Set(all.map(lawOf))].map((law) => all.filter((cell) => lawOf(cell) === law));
}

/** The ratio of λ_max/k at the largest k to that at the smallest k. It is unknown if there is only one k. */
function growthPerNeuron(all: readonly PlaceCell[]): Noted {
  const byNeurons = all.toSorted((a, b) => a.settings.K - b.settings.K);
  const [first, last] = [byNeurons[0], byNeurons[byNeurons.length - 1]];
  if (byNeurons.length < 2) return { ...UNKNOWN, note: 'it compares two numbers of neurons, and there is one' };
  return scaled(ratioOf(last.measures['exactMax'], first.measures['exactMax']), first.settings.K / last.settings.K);
}

function claimsOf(activation: string, all: readonly PlaceCell[], values: CurvatureValues): StatedClaim[] {
  const own = select(all, { activation });
  const { K, condition } = values;
  const largest = Math.max(...values.n);
  const swept = Math.max(...values.conditions);
  const words = (id: string, statement: string): Pick<StatedClaim, 'id' | 'source' | 'statement'> => ({
    id: `${id}-${activation}`,
    source: SOURCE,
    statement: `${activation}: ${statement}`,
  });
  return [
    stateClaim(
      words(
        'lower-bound',
        'λ_min(∇²f(W*)) ≥ ρ(σ_k)/(κ²λ), with 1 for the constant that is not printed, for at least half of the teachers at every k and κ: smallest share',
      ),
      () => smallestRate(byTeacher(own), 'boundRate'),
      { low: 0.5, high: 1 },
    ),
    stateClaim(
      words(
        'lambda-max',
        `λ_max(∇²f(W*)) is O(k) at κ = ${swept}: from the smallest k to the largest it grows at most as k: λ_max/k at the largest over that at the smallest at most 1`,
      ),
      () => growthPerNeuron(select(own, { condition: swept, n: Math.min(...values.n) })),
      { low: 0, high: 1 },
    ),
    ...select(own, { K, condition, n: largest }).map(({ measures }) =>
      stateClaim(
        words(
          'near-teacher',
          `k = ${K}, κ = ${condition}, n = ${largest}: λ_min(∇²f_S) at ${values.radius}‖W*‖_F from W* is λ_min(∇²f(W*)) to 10 %: ratio within 1 ± 0.1`,
        ),
        () => measures['nearMin'],
        { low: 0.9, high: 1.1 },
      ),
    ),
    stateClaim(
      words(
        'concentration',
        `k = ${K}, κ = ${condition}: ‖∇²f_S(W*) − ∇²f(W*)‖ falls as n^(−1/2): exponent within −0.5 ± 0.1`,
      ),
      () => deviationExponent(select(own, { K, condition })),
      { low: -0.6, high: -0.4 },
    ),
  ];
}

const BARS = { y: 'value', low: 'low', high: 'high', xLog: true, yLog: true } as const;

function figures(all: readonly PlaceCell[], values: CurvatureValues): FigureMaker[] {
  const { K, condition, d } = values;
  const smallest = Math.min(...values.n);
  const row = ({ settings, trials, measures }: PlaceCell, name: string): FigureRow => {
    const { value, low, high } = measures[name];
    return { ...settings, line: `${settings.activation}, κ = ${settings.condition}`, trials, value, low, high };
  };
  const swept = select(all, { n: smallest }).filter(({ settings }) => values.conditions.includes(settings.condition));
  const ends = [
    ['min', 'exactMin', 'smallest', 'λ_min'],
    ['max', 'exactMax', 'largest', 'λ_max'],
  ] as const;
  return [
    ...ends.map(([end, measure, word, symbol]) => () => ({
      name: `zhong2017-thm42-${end}`,
      title: `The ${word} eigenvalue of the population Hessian at W*`,
      caption: `Mean of ${symbol}(∇²f(W*)) by quadrature, d = ${d}, ${trialCounts(swept)} teachers per point. Bars: 95 % intervals over teachers.`,
      rows: swept.map((cell) => row(cell, measure)),
      spec: lineWithBars({
        ...BARS,
        x: 'K',
        xTitle: 'neurons k',
        yTitle: `${symbol} of ∇²f(W*)`,
        colour: 'line',
        colourTitle: 'activation, κ',
      }),
    })),
    () => ({
      name: 'zhong2017-thm42-concentration',
      title: 'Distance of the sample’s Hessian from the population’s, at W*',
      caption: `Mean of ‖∇²f_S(W*) − ∇²f(W*)‖/λ_max(∇²f(W*)); k = ${K}, κ = ${condition}, d = ${d}, ${trialCounts(all)} trials per point. Bars: 95 % intervals. Dashed: slope −1/2.`,
      rows: select(all, { K, condition }).map((cell) => row(cell, 'deviation')),
      spec: lineWithBars({
        ...BARS,
        x: 'n',
        xTitle: 'samples n',
        yTitle: 'relative distance',
        colour: 'activation',
        colourTitle: 'activation',
        guideSlope: -0.5,
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  { name: 'exactMin', of: 'exactMin', description: 'mean of λ_min(∇²f(W*)), by quadrature', estimate: positiveMean },
  { name: 'exactMax', of: 'exactMax', description: 'mean of λ_max(∇²f(W*)), by quadrature', estimate: positiveMean },
  { name: 'boundRatio', of: 'boundRatio', description: 'mean of λ_min(∇²f(W*)) κ²λ/ρ(σ_k)', estimate: positiveMean },
  {
    name: 'boundRate',
    of: 'boundHolds',
    description: 'share of teachers with λ_min(∇²f(W*)) ≥ ρ(σ_k)/(κ²λ)',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'deviation',
    of: 'deviation',
    description: 'mean of ‖∇²f_S(W*) − ∇²f(W*)‖/λ_max(∇²f(W*))',
    estimate: positiveMean,
  },
  { name: 'nearMin', of: 'nearMin', description: 'mean of λ_min(∇²f_S(W))/λ_min(∇²f(W*)), W near W*', estimate: mean },
  { name: 'nearMax', of: 'nearMax', description: 'mean of λ_max(∇²f_S(W))/λ_max(∇²f(W*)), W near W*', estimate: mean },
];

/** zhong2017, Theorem 4.2: exact curvature at W* against k and κ, and curvature of samples near W*. */
export const zhong2017Thm42 = defineExperiment({
  id: 'zhong2017-thm42',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Curvature at the teacher, of the population exactly and of samples near it',
  settings: SETTINGS,
  openChoices: [
    'Law of W* (any in the theorem): the spectrum of Section 7, s · V diag(1, …, κ) Uᵀ, so σ_k = s and λ = Π(σ_i/σ_k).',
    'v* of ±1, so ν = 1. Any v multiplies the Hessian from both sides by diag(v): λ_min ≥ v_min² and λ_max ≤ v_max² times those of v = 1, for every W*.',
    'Constants are not printed: the lower bound is judged with 1, the upper one by its growth in k.',
    'Points near W*: uniform on the sphere ‖W − W*‖_F = 0.01‖W*‖_F; the theorem’s radius is an unknown polynomial.',
  ],
  cells,
  cost: trialCost,
  trial: runTrial,
  draw: curvatureProblem,
  measures: MEASURES,
  claims: (all, values) => values.activation.flatMap((activation) => claimsOf(activation, all, values)),
  figures,
});
