import { parseActivation } from '../../../core/networks/activations.js';
import { UNKNOWN, type Noted } from '../../../statistics/estimate.js';
import { positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { choice, named, number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ACTIVATION } from '../../common/activation.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { pooledRate } from '../../common/pooled.js';
import { defineExperiment } from '../../define.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import { byDimension, GROWTH_WORDS, GROWTHS, type Growth } from './byDimension.js';
import { boundsOf, runTrial } from './spectrumTrial.js';

const SETTINGS = {
  activation: named(ACTIVATION, {
    description: 'activations φ with bounded φ′ and φ″',
    list: true,
    default: {
      smoke: ['softplus', 'tanh'],
      quick: ['softplus', 'tanh'],
      paper: ['softplus', 'sigmoid', 'erf', 'tanh'],
    },
  }),
  growth: choice(GROWTHS, { description: 'n = d²/8 or n = 2d', list: true, default: [...GROWTHS] }),
  d: common.dimensions(
    { smoke: [12, 16], quick: [16, 24, 32, 48], paper: [16, 24, 32, 48, 64] },
    { description: 'inputs and neurons d = k', max: 100 },
  ),
  distance: number({ description: '‖W − W*‖_F of the point near W*', min: 1e-6, max: 10, default: 0.1 }),
  trials: common.trials({ smoke: 3, quick: 20, paper: 50 }, 'training sets per point'),
};

interface Place {
  readonly activation: string;
  readonly growth: Growth;
  readonly d: number;
  readonly n: number;
}

type PlaceCell = CellSummary<Place>;
type SpectrumValues = Values<typeof SETTINGS>;

function cells({ activation, growth, d: dimensions, trials }: SpectrumValues): Cell<Place>[] {
  return activation.flatMap((phi) =>
    growth.flatMap((how) =>
      ascending(dimensions).map((d) => ({
        settings: { activation: phi, growth: how, d, n: how === 'double' ? 2 * d : Math.round((d * d) / 8) },
        trials,
      })),
    ),
  );
}

function exponent(own: readonly PlaceCell[], measure: string): Noted {
  if (own.length < 2) return UNKNOWN;
  return powerLawExponent(own.map(({ settings, measures }) => ({ x: settings.d, estimate: measures[measure] })));
}

interface Said {
  readonly id: string;
  readonly place: string;
  readonly statement: string;
  readonly measure: string;
}

/** Statements whose constants are all printed, or without constants that would only make them weaker. */
const SHARES: readonly Said[] = [
  {
    id: 'centring-min',
    place: 'Proposition 7.1, (7.4)',
    statement: 'σ²_min(J) ≥ σ²_min(J̃) − 4√3 n L²‖W‖², without the terms in C',
    measure: 'smallestHoldsRate',
  },
  {
    id: 'centring-max',
    place: 'Proposition 7.1, (7.5)',
    statement: 'σ_max(J) ≤ σ_max(J̃) + 3√n‖μ‖',
    measure: 'largestHoldsRate',
  },
  {
    id: 'centred-max',
    place: 'Proposition 7.2, (7.8)',
    statement: 'σ_max(J̃) ≤ d + √(nd)σ_max(ΓW), with C = 1',
    measure: 'centredLargestRate',
  },
  {
    id: 'output-gradient',
    place: 'Lemma 7.12, (7.46)',
    statement: '‖∇_v L‖²_∞ ≤ (4φ(0)² + 128B² + 128B²)L near W*',
    measure: 'gradientRate',
  },
  {
    id: 'loss-near',
    place: 'Lemma 7.13, (7.47)',
    statement: 'L ≤ ‖v*‖²‖W − W*‖²_F + 2(φ(0)² + 2B²)k²‖v − v*‖²_∞ near W*',
    measure: 'lossRate',
  },
  {
    id: 'smoothness',
    place: 'Lemma 7.14, (7.49)',
    statement: 'λ_max(∇²L) ≤ (8v_max²BL + 4B² + 2φ(0)²)k near W*, without the term in C',
    measure: 'smoothnessRate',
  },
];

/** Statements with a constant that is not printed: an exponent in d at k = d. */
const EXPONENTS: readonly Said[] = [
  {
    id: 'perturbation',
    place: 'Lemma 7.11',
    statement: '‖J(v, W) − J(v*, W*)‖ ≤ C√(nd)(‖W − W*‖ + ‖v − v*‖_∞): exponent of the ratio in d at most 0.1',
    measure: 'perturbation',
  },
  {
    id: 'smoothness-growth',
    place: 'Lemma 7.14',
    statement: 'λ_max(∇²L) ≤ Ck: exponent of λ_max/k at most 0.1',
    measure: 'smoothness',
  },
];

function claims(all: readonly PlaceCell[], values: SpectrumValues): StatedClaim[] {
  return values.activation.flatMap((activation) => {
    const own = all.filter(({ settings }) => settings.activation === activation);
    const last = own.filter(({ settings }) => settings.growth === 'double').at(-1);
    const isOdd = boundsOf(parseActivation(activation)).curvature === 0;
    const words = ({ id, place, statement }: Omit<Said, 'measure'>, where: string) => ({
      id: `${id}-${activation}`,
      source: `soltanolkotabi2017, ${place}`,
      statement: `${activation}, ${where}: ${statement}`,
    });
    return [
      ...SHARES.map((said) =>
        stateClaim(
          words({ ...said, statement: `${said.statement}: on at least 0.9 of the training sets` }, 'every d and n'),
          () => pooledRate(own, said.measure),
          { low: 0.9, high: 1 },
        ),
      ),
      ...EXPONENTS.map((said) =>
        stateClaim(
          words(said, GROWTH_WORDS.eighth),
          () =>
            exponent(
              own.filter(({ settings }) => settings.growth === 'eighth'),
              said.measure,
            ),
          { low: -Infinity, high: 0.1 },
        ),
      ),
      stateClaim(
        words(
          {
            id: 'centred-min',
            place: isOdd ? 'Remark 7.3' : 'Proposition 7.2, (7.7)',
            statement: `σ_min(J̃) ≥ ${isOdd ? 'd/2' : '(d/2)σ_min(ΓW)'} on at least 0.8 of the training sets`,
          },
          `${GROWTH_WORDS.double}, largest d`,
        ),
        () => last?.measures['halfRate'] ?? UNKNOWN,
        { low: 0.8, high: 1 },
      ),
    ];
  });
}

function figures(all: readonly PlaceCell[], { distance }: SpectrumValues): FigureMaker[] {
  const plot = (name: string, measure: string, title: string, yTitle: string, caption: string): FigureMaker =>
    byDimension(all, measure, {
      name: `soltanolkotabi2017-spectrum-${name}`,
      title,
      caption: `${caption}; k = d, orthogonal W*, v* = 1, ${trialCounts(all)} training sets per point. Bars: 95 % intervals.`,
      yTitle,
    });
  return [
    plot(
      'centred',
      'centredSmallest',
      'Smallest singular value of the centred Jacobian over d',
      'σ_min(J̃)/d',
      'Mean over the training sets',
    ),
    plot(
      'smoothness',
      'smoothnessShare',
      'Smoothness near the planted network over its bound',
      'λ_max(∇²L)/bound',
      `Mean of λ_max(∇²L) at ‖W − W*‖_F = ${distance} over (8v_max²BL + 4B² + 2φ(0)²)k`,
    ),
  ];
}

const shareOf = (name: string, of: string, description: string): Measure => ({
  name,
  of,
  description: `share of training sets with ${description}`,
  estimate: rate,
  whenFailed: 0,
});
const atMostOne = (name: string, of: string, description: string): Measure => ({
  ...shareOf(name, of, description),
  value: (measures) => (measures[of] <= 1 ? 1 : 0),
});
const meanOf = (name: string, description: string): Measure => ({
  name,
  of: name,
  description: `mean of ${description}`,
  estimate: positiveMean,
});

const MEASURES: readonly Measure[] = [
  meanOf('smallestKept', 'σ_min(J)/σ_min(J̃)'),
  meanOf('centredSmallest', 'σ_min(J̃)/d'),
  meanOf('centredLargest', 'σ_max(J̃)/(d + √(nd)γ)'),
  meanOf('perturbation', '‖J(v, W) − J(v*, W*)‖/(√(nd)(‖W − W*‖ + ‖v − v*‖_∞))'),
  meanOf('gradientShare', '‖∇_v L‖²_∞ over its bound (7.46)'),
  meanOf('lossShare', 'L over its bound (7.47)'),
  meanOf('smoothness', 'λ_max(∇²L)/k'),
  meanOf('smoothnessShare', 'λ_max(∇²L) over the part of (7.49) without C'),
  shareOf('smallestHoldsRate', 'smallestHolds', '(7.4) without the terms in C'),
  shareOf('smallestSaysRate', 'smallestSays', 'a positive right side of (7.4)'),
  shareOf('largestHoldsRate', 'largestHolds', '(7.5)'),
  shareOf('halfRate', 'halfHolds', '(7.7), for γ = 0 the bound d/2 of Remark 7.3'),
  atMostOne('centredLargestRate', 'centredLargest', '(7.8), C = 1'),
  atMostOne('gradientRate', 'gradientShare', '(7.46)'),
  atMostOne('lossRate', 'lossShare', '(7.47)'),
  atMostOne('smoothnessRate', 'smoothnessShare', '(7.49) without the term in C'),
];

/** soltanolkotabi2017, Sections 7.1 and 7.3: the steps behind Proposition 7.4 and Theorem 2.5. */
export const soltanolkotabi2017Spectrum = defineExperiment({
  id: 'soltanolkotabi2017-spectrum',
  version: 1,
  paper: 'soltanolkotabi2017',
  source: 'soltanolkotabi2017, Propositions 7.1 and 7.2, Remark 7.3, Lemmas 7.11 to 7.14',
  title: 'The centred Jacobian, and the lemmas of local convergence near the planted network',
  settings: SETTINGS,
  openChoices: [
    'k = d, W* Haar orthogonal (σ_min = σ_max = w_max = 1), v* = 1; n = d²/8 and n = 2d, as the constants c of n ≤ cd² are not printed.',
    'Where a bound adds terms with a constant that is not printed, it is judged without them, which is stricter; (7.8) is judged with C = 1, other factors that are not printed by the exponent in d.',
    'The point near W*: W − W* Gaussian of the given norm, v − v* uniform in a cube of half side ‖W − W*‖_F/√k. The radius of Ω has unknown constants.',
  ],
  cells,
  cost: ({ d, n }) => 3 * (4 * n * n * d + 10 * n ** 3) + (2 * n + 100) * (d * (d + 1)) ** 2,
  shares: () => false,
  trial: runTrial,
  measures: MEASURES,
  claims,
  figures,
});
