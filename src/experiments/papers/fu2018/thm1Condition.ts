import { denseExtremes } from '../../../core/curvature/eigenvalues.js';
import type { LinearAlgebra } from '../../../core/kernels/contract.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { drawTeacher } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import { exact, type Estimate } from '../../../statistics/estimate.js';
import { smallestOf } from '../../../statistics/extremes.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number } from '../../../settings/declare.js';
import type { TrialSettings, Values } from '../../../settings/types.js';
import { populationHessian } from '../../../theory/populationHessian.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type {
  Cell,
  CellSummary,
  FigureMaker,
  FigureRow,
  Measure,
  StatedClaim,
  TrialContext,
  TrialOutcome,
} from '../../spec.js';
import { sigmoidRho } from './populationTrial.js';

const SOURCE = 'fu2018, Theorem 1 and Lemma 2';

const SETTINGS = {
  K: number({
    description: 'numbers of neurons',
    integer: true,
    list: true,
    min: 2,
    max: 8,
    default: { smoke: [2], quick: [2, 3], paper: [2, 3, 4] },
  }),
  smallest: number({ description: 'σ_K where κ varies', min: 0.05, max: 5, default: 1 }),
  condition: number({
    description: 'condition numbers κ at that σ_K',
    list: true,
    min: 1,
    max: 64,
    default: { smoke: [1, 2, 4], quick: [1, 2, 4, 8], paper: [1, 2, 4, 8] },
  }),
  largest: number({ description: 'σ_1 where σ_K varies', min: 0.05, max: 5, default: 2 }),
  falling: number({
    description: 'condition numbers κ = σ_1/σ_K at that σ_1',
    list: true,
    min: 1,
    max: 64,
    default: { smoke: [2, 4, 8], quick: [2, 4, 8, 16], paper: [2, 4, 8, 16, 32] },
  }),
  trials: common.trials({ smoke: 2, quick: 4, paper: 10 }, 'searches for the worst W* of given singular values'),
};

type ConditionValues = Values<typeof SETTINGS>;

interface Place {
  readonly K: number;
  readonly condition: number;
  /** σ_K */
  readonly teacherScale: number;
}

type PlaceCell = CellSummary<Place>;

/** The cells of κ at fixed σ_K, then those of σ_K at fixed σ_1. */
function cells({ K, smallest, condition, largest, falling, trials }: ConditionValues): Cell<Place>[] {
  return ascending(K).flatMap((neurons) => {
    const rising = ascending(condition).map((kappa) => ({ K: neurons, condition: kappa, teacherScale: smallest }));
    const fallen = ascending(falling).map((kappa) => ({ K: neurons, condition: kappa, teacherScale: largest / kappa }));
    const isNew = (place: Place): boolean =>
      !rising.some(
        ({ condition: kappa, teacherScale }) => kappa === place.condition && teacherScale === place.teacherScale,
      );
    return [...rising, ...fallen.filter(isNew)].map((settings) => ({ settings, trials }));
  });
}

/** The lower bound ρ(σ_K)/(K²κ²λ), λ = Π σ_i/σ_K, for singular values evenly spaced from σ_K to κσ_K. */
export function printedBound({ K, condition, teacherScale }: Place): number {
  const lambda = Array.from({ length: K }, (_, i) => 1 + ((condition - 1) * i) / (K - 1)).reduce((a, b) => a * b, 1);
  return sigmoidRho(teacherScale) / (K * K * condition ** 2 * lambda);
}

/** Angles of the search, from the first to the last; each is half of the one before. */
const [FIRST_ANGLE, LAST_ANGLE] = [0.4, 2e-3];

/**
 * λ_min(∇²f(W*)) at a drawn W* with given singular values, and the least one that rotations of its rows lead to. They
 * keep the singular values. Every pair of rows is rotated by ± an angle; where no rotation lowers λ_min, the angle is
 * halved.
 */
function runTrial({ settings, stream, kernels }: TrialContext<TrialSettings<typeof SETTINGS, Place>>): TrialOutcome {
  const { K, condition, teacherScale } = settings;
  let weights = drawTeacher(kernels, 'spectrum', K, K + 1, teacherScale, stream(Purpose.teacher), condition);
  const drawn = curvature(kernels, weights, K);
  let least = drawn;
  for (let angle = FIRST_ANGLE; angle > LAST_ANGLE; angle /= 2) {
    for (let isLower = true; isLower;) {
      isLower = false;
      for (const next of rotations(weights, K, angle)) {
        const value = curvature(kernels, next, K);
        if (value >= least * (1 - 1e-9)) continue;
        [least, weights, isLower] = [value, next, true];
        break;
      }
    }
  }
  const bound = printedBound(settings);
  return { status: 'ok', measures: { lambdaMin: least, ratio: least / bound, drawnRatio: drawn / bound } };
}

function curvature(kernels: Pick<LinearAlgebra, 'symmetricEigen'>, weights: Float64Array, K: number): number {
  const outputWeights = new Float64Array(K).fill(1 / K);
  const hessian = populationHessian({ activation: parseActivation('sigmoid'), weights, outputWeights });
  return denseExtremes(kernels, hessian, weights.length).smallest;
}

/** W with one pair of rows rotated by ± an angle, for every pair. */
function rotations(weights: Float64Array, K: number, angle: number): Float64Array[] {
  const d = weights.length / K;
  const pairs = Array.from({ length: K }, (_, i) => Array.from({ length: i }, (_, j) => [i, j] as const)).flat();
  return pairs.flatMap(([i, j]) =>
    [angle, -angle].map((turn) => {
      const [c, s] = [Math.cos(turn), Math.sin(turn)];
      const next = weights.slice();
      for (let at = 0; at < d; at++) {
        next[i * d + at] = c * weights[i * d + at] + s * weights[j * d + at];
        next[j * d + at] = c * weights[j * d + at] - s * weights[i * d + at];
      }
      return next;
    }),
  );
}

/** The cells of K at fixed σ_K or at fixed σ_1. */
function lineOf(all: readonly PlaceCell[], K: number, isOn: (place: Place) => boolean): PlaceCell[] {
  return all
    .filter(({ settings }) => settings.K === K && isOn(settings))
    .toSorted((a, b) => a.settings.condition - b.settings.condition);
}

const atSmallest =
  ({ smallest, condition }: ConditionValues) =>
  (place: Place): boolean =>
    place.teacherScale === smallest && condition.includes(place.condition);

const atLargest =
  ({ largest, falling }: ConditionValues) =>
  (place: Place): boolean =>
    falling.includes(place.condition) && place.teacherScale === largest / place.condition;

/** The least ratio at κ > 1 to that at κ = 1. */
function leastGrowth(line: readonly PlaceCell[]): Estimate {
  const first = line.filter(({ settings }) => settings.condition === 1);
  const others = line.filter(({ settings }) => settings.condition > 1);
  return smallestOf(
    first.flatMap((base) => others.map(({ measures }) => ratioOf(measures['ratio'], base.measures['ratio']))),
  );
}

function exponent(line: readonly PlaceCell[], measure: string): Estimate {
  return powerLawExponent(
    line.map(({ settings, measures }) => ({ x: settings.teacherScale, estimate: measures[measure] })),
  );
}

function claims(all: readonly PlaceCell[], values: ConditionValues): StatedClaim[] {
  const { smallest, largest } = values;
  return ascending(values.K).flatMap((K) => {
    const fallen = lineOf(all, K, atLargest(values));
    return [
      stateClaim(
        {
          id: `condition-K=${K}`,
          source: SOURCE,
          statement: `K = ${K}, σ_K = ${smallest}: λ_min(∇²f(W*)) at the worst W* falls with κ and λ no faster than 1/(κ²λ): least λ_min K²κ²λ/ρ(σ_K) at κ > 1 over that at κ = 1 at least 1`,
        },
        () => leastGrowth(lineOf(all, K, atSmallest(values))),
        { low: 1, high: Infinity },
      ),
      stateClaim(
        {
          id: `smallest-K=${K}`,
          source: SOURCE,
          statement: `K = ${K}, σ_1 = ${largest}: as σ_K falls, λ_min(∇²f(W*)) at the worst W* falls no faster than ρ(σ_K)/(κ²λ): exponent of their ratio in σ_K at most 0`,
        },
        () => exponent(fallen, 'ratio'),
        { low: -Infinity, high: 0 },
      ),
      stateClaim(
        {
          id: `square-K=${K}`,
          source: `${SOURCE}, with the exact value`,
          statement: `K = ${K}, σ_1 = ${largest}: λ_min(∇²f(W*)) at the worst W* falls about as σ_K², far slower than that bound: exponent in σ_K at most 3`,
        },
        () => exponent(fallen, 'lambdaMin'),
        { low: -Infinity, high: 3 },
      ),
    ];
  });
}

function figures(all: readonly PlaceCell[], values: ConditionValues): FigureMaker[] {
  const axes = {
    y: 'value',
    low: 'low',
    high: 'high',
    colour: 'line',
    colourTitle: 'K',
    xLog: true,
    yLog: true,
  } as const;
  const rows = (isOn: (place: Place) => boolean, measure: string): FigureRow[] =>
    ascending(values.K).flatMap((K) =>
      lineOf(all, K, isOn).map(({ settings, trials, measures }) => {
        const { value, low, high } = measures[measure];
        return {
          line: `K = ${K}`,
          condition: settings.condition,
          sigma: settings.teacherScale,
          trials,
          value,
          low,
          high,
        };
      }),
    );
  const counts = `least of ${trialCounts(all)} searches per point; by quadrature (no sampling error).`;
  return [
    () => ({
      name: 'fu2018-thm1-condition-ratio',
      title: 'Curvature at the worst teacher over the bound of Theorem 1',
      caption: `λ_min(∇²f(W*)) K²κ²λ/ρ(σ_K) at σ_K = ${values.smallest}, ${counts} Dashed: 1.`,
      rows: rows(atSmallest(values), 'ratio'),
      spec: lineWithBars({
        ...axes,
        x: 'condition',
        xTitle: 'condition number κ',
        yTitle: 'λ_min over bound',
        yReference: [1],
      }),
    }),
    () => ({
      name: 'fu2018-thm1-condition-sigma',
      title: 'Curvature at the worst teacher against its smallest singular value',
      caption: `λ_min(∇²f(W*)) at σ_1 = ${values.largest}, ${counts} Dashed: slope 2.`,
      rows: rows(atLargest(values), 'lambdaMin'),
      spec: lineWithBars({
        ...axes,
        x: 'sigma',
        xTitle: 'smallest singular value σ_K',
        yTitle: 'λ_min of ∇²f(W*)',
        guideSlope: 2,
      }),
    }),
  ];
}

/** The least of the searches. */
function least(values: Float64Array): Estimate {
  return exact(values.length === 0 ? Number.NaN : Math.min(...values));
}

const MEASURES: readonly Measure[] = [
  { name: 'lambdaMin', of: 'lambdaMin', description: 'least λ_min(∇²f(W*)) found', estimate: least },
  { name: 'ratio', of: 'ratio', description: 'that over ρ(σ_K)/(K²κ²λ)', estimate: least },
  { name: 'drawnRatio', of: 'drawnRatio', description: 'the least ratio of the W* as drawn', estimate: least },
];

/** fu2018, Theorem 1: the curvature of the population at W* against κ, λ and σ_K. */
export const fu2018Thm1Condition = defineExperiment({
  id: 'fu2018-thm1-condition',
  version: 1,
  paper: 'fu2018',
  source: SOURCE,
  title: 'Curvature of the population at the worst teacher of given singular values',
  settings: SETTINGS,
  openChoices: [
    'Law of W* (any in the theorem): singular values evenly spaced from σ_K to κσ_K; a search rotates the rows to the W* of least curvature. What is found bounds the minimum from above.',
    'The population Hessian at W* is exact: two-dimensional quadrature for each pair of rows, no samples. d = K + 1: more dimensions repeat its eigenvalues.',
    'Constants are not printed: the bound is judged by its growth from κ = 1 on.',
  ],
  cells,
  cost: ({ K }) => 3e8 * K ** 4,
  shares: () => false,
  trial: runTrial,
  measures: MEASURES,
  claims,
  figures,
});
