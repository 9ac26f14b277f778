import { UNKNOWN, type Noted } from '../../../statistics/estimate.js';
import { median, positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { choice, named, number } from '../../../settings/declare.js';
import { cellText } from '../../../settings/cellText.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ACTIVATION } from '../../common/activation.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { pooledRate } from '../../common/pooled.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim } from '../../spec.js';
import { drawSetting, runTrial, trialCost } from './thm25Trial.js';

const SETTINGS = {
  activation: named(ACTIVATION, {
    description: 'activations φ',
    list: true,
    default: {
      smoke: ['softplus', 'tanh'],
      quick: ['softplus', 'tanh'],
      paper: ['softplus', 'sigmoid', 'erf', 'tanh'],
    },
  }),
  output: choice(['ones', 'signs'], { description: 'v*: all 1, or ±1 at random', default: 'ones' }),
  d: common.dimensions(
    { smoke: [16, 24], quick: [16, 24, 32], paper: [16, 24, 32, 40] },
    { description: 'inputs and neurons d = k, for n = d²/8, which is d at 8', min: 8, max: 100 },
  ),
  distance: number({ description: '‖W0 − W*‖_F of the rates', min: 1e-6, max: 10, default: 1e-3 }),
  radiusDimension: common.dimension(
    { smoke: 10, quick: 20, paper: 20 },
    { description: 'd = k of the radii', max: 100 },
  ),
  radii: number({
    description: 'values of ‖W0 − W*‖_F for the radius of convergence, with n = 2d',
    list: true,
    min: 1e-6,
    max: 100,
    default: { smoke: [0.1, 10], quick: [0.1, 0.3, 1, 3, 10], paper: [0.03, 0.1, 0.3, 1, 3, 10, 30] },
  }),
  trials: common.trials({ smoke: 3, quick: 10, paper: 30 }, 'training sets per point'),
  iterations: common.iterations({ smoke: 20_000, quick: 100_000, paper: 200_000 }),
};

interface Place {
  readonly activation: string;
  readonly d: number;
  readonly n: number;
  readonly distance: number;
}

type PlaceSummary = CellSummary<Place>;
type Thm25Values = Values<typeof SETTINGS>;

const eighth = (d: number): number => Math.round((d * d) / 8);

type Kind = (activation: string, values: Thm25Values) => Place[];

/** The places at which the rates are measured. */
const ratePlaces: Kind = (activation, { d, distance }) =>
  ascending(d).map((size) => ({ activation, d: size, n: eighth(size), distance }));

/** The places at which the radius of convergence is measured. */
const radiusPlaces: Kind = (activation, { radiusDimension: d, radii }) =>
  ascending(radii).map((distance) => ({ activation, d, n: 2 * d, distance }));

function cells(values: Thm25Values): Cell<Place>[] {
  return values.activation.flatMap((activation) =>
    [...ratePlaces(activation, values), ...radiusPlaces(activation, values)].map((settings) => ({
      settings,
      trials: values.trials,
    })),
  );
}

const textOf = (place: Place): string => cellText({ ...place });

/** The cells at the places of one kind. */
function cellsOf(all: readonly PlaceSummary[], kind: Kind, values: Thm25Values): PlaceSummary[] {
  const places = new Set(values.activation.flatMap((activation) => kind(activation, values).map(textOf)));
  return all.filter(({ settings }) => places.has(textOf(settings)));
}

/** (2.4) with C_0 = 1 and σ_min = σ_max = 1, at k = d. */
export function printedRadius({ d, n }: Pick<Place, 'd' | 'n'>): number {
  return d ** 2.5 / (n ** 1.5 * d);
}

function exponent(own: readonly PlaceSummary[], measure: string): Noted {
  return powerLawExponent(own.map(({ settings, measures }) => ({ x: settings.d, estimate: measures[measure] })));
}

interface Exponent {
  readonly id: string;
  readonly source: string;
  readonly statement: string;
  readonly measure: string;
  readonly low: number;
  readonly high: number;
}

const SOURCE = 'soltanolkotabi2017, Theorem 2.5';

/** Exponents in d at k = d and n = d²/8. */
const EXPONENTS: readonly Exponent[] = [
  {
    id: 'constant',
    source: SOURCE,
    statement: 'L_τ ≤ (1 − cαd/n)^τ L_0 with one c: exponent of the smallest −log(L_τ/L_0) n/(ταd) at least −0.1',
    measure: 'constant',
    low: -0.1,
    high: Infinity,
  },
  {
    id: 'pl-constant',
    source: 'soltanolkotabi2017, Lemma 7.12, (7.44), and (7.54)',
    statement: 'the proof has ασ_min² d²/n: exponent of λ_min(JJᵀ) at least 1.7',
    measure: 'smallest',
    low: 1.7,
    high: Infinity,
  },
  {
    id: 'smoothness',
    source: `${SOURCE}, (2.7)`,
    statement: 'β = C(σ_max² + 1)k: exponent of λ_max(JJᵀ/n) in k at most 1.1',
    measure: 'largest',
    low: -Infinity,
    high: 1.1,
  },
];

function claims(all: readonly PlaceSummary[], values: Thm25Values): StatedClaim[] {
  return values.activation.flatMap((activation) => {
    const own = { ...values, activation: [activation] };
    const rates = cellsOf(all, ratePlaces, own);
    const inside = cellsOf(all, radiusPlaces, own).filter(
      ({ settings }) => settings.distance <= printedRadius(settings),
    );
    const last = rates.at(-1);
    return [
      stateClaim(
        {
          id: `slope-${activation}`,
          source: `${SOURCE} (ours: the exact rate)`,
          statement: `${activation}, largest d: the slope of log L in the tail is 2 log(1 − αλ_min(JJᵀ/n)): median ratio within 1 ± 0.1`,
        },
        () => last?.measures['slopeRatio'] ?? UNKNOWN,
        { low: 0.9, high: 1.1 },
      ),
      ...EXPONENTS.map(({ id, source, statement, measure, low, high }) =>
        stateClaim(
          { id: `${id}-${activation}`, source, statement: `${activation}, k = d, n = d²/8: ${statement}` },
          () => exponent(rates, measure),
          { low, high },
        ),
      ),
      ...(inside.length === 0
        ? []
        : [
            stateClaim(
              {
                id: `radius-${activation}`,
                source: `${SOURCE}, (2.4)`,
                statement: `${activation}, n = 2d: from inside the printed radius d^2.5/(n^1.5 k) (C_0 = 1) descent reaches zero loss on at least 0.9 of the training sets`,
              },
              () => pooledRate(inside, 'reachedRate'),
              { low: 0.9, high: 1 },
            ),
          ]),
    ];
  });
}

const BARS = { y: 'value', low: 'low', high: 'high', xLog: true, colour: 'activation', colourTitle: 'φ' } as const;

function figures(all: readonly PlaceSummary[], values: Thm25Values): FigureMaker[] {
  const rows = (own: readonly PlaceSummary[], measure: string) =>
    own.map(({ settings, trials, measures }) => {
      const { value, low, high } = measures[measure];
      return { ...settings, trials, value, low, high };
    });
  const rates = cellsOf(all, ratePlaces, values);
  const radii = cellsOf(all, radiusPlaces, values);
  const counts = `k = d, orthogonal W*, v* ${values.output}, ${trialCounts(all)} training sets per point`;
  return [
    () => ({
      name: 'soltanolkotabi2017-thm25-constant',
      title: 'The constant c of linear convergence',
      caption: `Median over the training sets of the smallest −log(L_τ/L_0) n/(ταd) over τ, n = d²/8; ${counts}. Bars: 95 % order-statistic intervals. The theorem has a line that does not fall.`,
      rows: rows(rates, 'constant'),
      spec: lineWithBars({ ...BARS, x: 'd', xTitle: 'dimension and neurons, d = k', yTitle: 'smallest c', yLog: true }),
    }),
    () => ({
      name: 'soltanolkotabi2017-thm25-radius',
      title: 'From how far descent reaches zero loss',
      caption: `Share of training sets on which L falls to 1e-12 of L(W0) within ${values.iterations} iterations, n = 2d, d = ${values.radiusDimension}; ${counts}. Bars: 95 % Blaker intervals. Dashed: the printed radius with C_0 = 1.`,
      rows: rows(radii, 'reachedRate'),
      spec: lineWithBars({
        ...BARS,
        x: 'distance',
        xTitle: 'distance of the start, ‖W0 − W*‖_F',
        yTitle: 'share of training sets',
        yDomain: [0, 1],
        xReference: [printedRadius({ d: values.radiusDimension, n: 2 * values.radiusDimension })],
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'reachedRate',
    of: 'reached',
    description: 'share of training sets on which descent reaches zero loss',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'slopeRatio',
    of: 'slopeRatio',
    description: 'median of the slope of log L in the tail over 2 log(1 − αλ_min(JJᵀ/n))',
    estimate: median,
  },
  { name: 'constant', of: 'constant', description: 'median of the smallest −log(L_τ/L_0) n/(ταd)', estimate: median },
  {
    name: 'smallest',
    of: 'smallest',
    description: 'mean of λ_min(JJᵀ) at the end, J in (W, v)',
    estimate: positiveMean,
  },
  { name: 'largest', of: 'largest', description: 'mean of λ_max(JJᵀ/n) at the start', estimate: positiveMean },
];

/** soltanolkotabi2017, Theorem 2.5: linear convergence from a start near the planted network. */
export const soltanolkotabi2017Thm25 = defineExperiment({
  id: 'soltanolkotabi2017-thm25',
  version: 1,
  paper: 'soltanolkotabi2017',
  source: `${SOURCE} and Remark 2.6`,
  title: 'Linear convergence from near the planted network',
  settings: SETTINGS,
  openChoices: [
    'W* Haar orthogonal (σ_min = σ_max = 1), k = d, v* = 1; c_0 of n ≤ c_0 d² is not printed: n = d²/8.',
    'α = 1/λ_max(JJᵀ/n) at W0, J in (W, v), in place of 1/β with its unknown constant.',
    'W0 − W* Gaussian of the given norm δ; each |v0 − v*| uniform up to δ/√k.',
    'The tail: 1e-25 to 1e-20 of mean y²/2. There r ← (I − αJJᵀ/n) r is exact, so the slope follows from λ_min.',
    'The proof has αd²/n in (7.44) and (7.54); the theorem and (7.59) print αd/n, which is weaker by a factor d.',
  ],
  cells,
  cost: (settings: TrialSettings<typeof SETTINGS, Place>) => trialCost(settings),
  shares: () => false,
  trial: runTrial,
  draw: drawSetting,
  measures: MEASURES,
  claims,
  figures,
});
