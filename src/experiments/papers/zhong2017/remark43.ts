import { parseActivation } from '../../../core/networks/activations.js';
import { refuse } from '../../../base/errors.js';
import type { LinearAlgebra } from '../../../core/kernels/contract.js';
import { exact, UNKNOWN, type Estimate } from '../../../statistics/estimate.js';
import { populationHessian } from '../../../theory/populationHessian.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, Measure, StatedClaim, TrialOutcome } from '../../spec.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';

const SOURCE = 'zhong2017, Remark 4.3';

/** Orthogonal rows of norm 1; the same with the second row equal to the first; three rows at 120° in a plane. */
type Arrangement = 'orthonormal' | 'equal-pair' | 'plane';

/** The activations with ρ > 0 that the remark names, and its two counterexamples. */
const POSITIVE = ['relu', 'squared-relu', 'sigmoid', 'tanh'] as const;
const SINGULAR = ['quadratic', 'linear'] as const;

/**
 * Eigenvalues below this share of the largest count as zero. Rounding leaves 1e-15, and the smallest nonzero share is
 * above 1e-3.
 */
const ZERO = 1e-9;

const SETTINGS = {
  d: number({ description: 'input dimension', integer: true, min: 3, max: 20, default: 8 }),
  K: number({
    description: 'numbers of neurons k, at most d',
    integer: true,
    list: true,
    min: 2,
    max: 20,
    default: { smoke: [2, 3, 5], quick: [2, 3, 4, 5, 6, 8], paper: [2, 3, 4, 5, 6, 8] },
  }),
};

interface Place {
  readonly activation: string;
  readonly arrangement: Arrangement;
  readonly K: number;
}

type PlaceCell = CellSummary<Place>;

function cells({ d, K: neurons }: Values<typeof SETTINGS>): Cell<Place>[] {
  const most = Math.max(...neurons);
  if (most > d) refuse('K, the number of orthonormal rows,', `at most d = ${d}`, most);
  const orthonormal = [...POSITIVE, ...SINGULAR].flatMap((activation) =>
    ascending(neurons).map((K): Place => ({ activation, arrangement: 'orthonormal', K })),
  );
  const deficient = POSITIVE.flatMap((activation) =>
    (['equal-pair', 'plane'] as const).map((arrangement): Place => ({ activation, arrangement, K: 3 })),
  );
  return [...orthonormal, ...deficient].map((settings) => ({ settings, trials: 1 }));
}

/** W* (K, d). */
function teacherOf({ arrangement, K, d }: Pick<Place, 'arrangement' | 'K'> & { readonly d: number }): Float64Array {
  const weights = new Float64Array(K * d);
  for (let j = 0; j < K; j++) {
    const angle = (2 * Math.PI * j) / 3;
    if (arrangement === 'plane') weights.set([Math.cos(angle), Math.sin(angle)], j * d);
    else weights[j * d + (arrangement === 'equal-pair' ? Math.max(0, j - 1) : j)] = 1;
  }
  return weights;
}

/** The number of zero eigenvalues of the Hessian according to the remark. It is NaN if the remark gives none. */
function expectedZeros({ activation, arrangement, K, d }: Place & { readonly d: number }): number {
  if (arrangement === 'plane') return Number.NaN;
  if (arrangement === 'equal-pair') return d;
  if (activation === 'linear') return (K - 1) * d;
  return activation === 'quadratic' ? (K * (K - 1)) / 2 : 0;
}

function runTrial({
  settings,
  kernels,
}: {
  readonly settings: Place & { readonly d: number };
  readonly kernels: Pick<LinearAlgebra, 'symmetricEigen'>;
}): TrialOutcome {
  const weights = teacherOf(settings);
  const hessian = populationHessian({
    activation: parseActivation(settings.activation),
    weights,
    outputWeights: new Float64Array(settings.K).fill(1),
  });
  const { values } = kernels.symmetricEigen(hessian, weights.length);
  const largest = values[values.length - 1];
  const zeros = values.filter((value) => value <= ZERO * largest).length;
  return {
    status: 'ok',
    measures: {
      zeros,
      excess: zeros - expectedZeros(settings),
      lambdaMin: values[0],
      lambdaMax: largest,
      lambdaShare: values[0] / largest,
    },
  };
}

/** The value of a measure, over all cells, that is farthest from 0. */
function furthest(cells: readonly PlaceCell[], name: string): Estimate {
  const values = cells.map(({ measures }) => measures[name].value);
  if (values.length === 0) return UNKNOWN;
  return exact(
    values.reduce((most, value) => (Math.abs(value) > Math.abs(most) || Number.isNaN(value) ? value : most)),
  );
}

function claims(cells: readonly PlaceCell[]): StatedClaim[] {
  const own = (activation: string, arrangement: Arrangement): PlaceCell[] =>
    cells.filter(({ settings }) => settings.activation === activation && settings.arrangement === arrangement);
  const none = { low: 0, high: 0 };
  const counted = (id: string, statement: string, of: readonly PlaceCell[]): StatedClaim =>
    stateClaim({ id, source: SOURCE, statement }, () => furthest(of, 'excess'), none);
  return [
    counted(
      'zeros-quadratic',
      'z²: ∇²f(W*) has k(k − 1)/2 zero eigenvalues at every k: count less that number, where it differs most',
      own('quadratic', 'orthonormal'),
    ),
    counted(
      'zeros-linear',
      'z: ∇²f(W*) has (k − 1)d zero eigenvalues at every k: count less that number, where it differs most',
      own('linear', 'orthonormal'),
    ),
    ...POSITIVE.flatMap((activation) => [
      counted(
        `positive-${activation}`,
        `${activation}, orthonormal rows: ∇²f(W*) is positive definite at every k: largest number of zeros`,
        own(activation, 'orthonormal'),
      ),
      counted(
        `equal-rows-${activation}`,
        `${activation}, two equal rows: W* is rank deficient, and ∇²f(W*) has d zero eigenvalues: count less d`,
        own(activation, 'equal-pair'),
      ),
      stateClaim(
        {
          id: `rank-deficient-${activation}`,
          source: SOURCE,
          statement: `${activation}, three unit rows at 120° in a plane: W* is rank deficient, so ∇²f(W*) is singular: λ_min/λ_max at most ${ZERO}`,
        },
        () => furthest(own(activation, 'plane'), 'lambdaShare'),
        { low: -ZERO, high: ZERO },
      ),
    ]),
  ];
}

function figures(cells: readonly PlaceCell[], { d }: Values<typeof SETTINGS>): FigureMaker[] {
  return [
    () => ({
      name: 'zhong2017-remark43',
      title: 'Zero eigenvalues of the population Hessian at W*',
      caption: `Number of eigenvalues of ∇²f(W*) below ${ZERO} of the largest, orthonormal rows, d = ${d}; by quadrature (no sampling error). The lines of relu, squared-relu, sigmoid and tanh lie on each other.`,
      rows: cells
        .filter(({ settings }) => settings.arrangement === 'orthonormal')
        .map(({ settings: { activation, K }, measures: { zeros } }) => ({
          activation,
          K,
          zeros: zeros.value,
          low: zeros.low,
          high: zeros.high,
        })),
      spec: lineWithBars({
        x: 'K',
        y: 'zeros',
        low: 'low',
        high: 'high',
        xTitle: 'neurons k',
        yTitle: 'zero eigenvalues',
        colour: 'activation',
        colourTitle: 'activation',
      }),
    }),
  ];
}

const MEASURES: readonly Measure[] = (
  [
    ['zeros', `number of eigenvalues of ∇²f(W*) below ${ZERO} of the largest`],
    ['excess', 'that number less the one that the remark gives'],
    ['lambdaMin', 'λ_min(∇²f(W*))'],
    ['lambdaMax', 'λ_max(∇²f(W*))'],
    ['lambdaShare', 'λ_min/λ_max'],
  ] as const
).map(([name, description]) => ({ name, of: name, description, estimate: (values) => exact(values[0]) }));

/** zhong2017, Remark 4.3: for which activations and teachers the population Hessian at W* is singular. */
export const zhong2017Remark43 = defineExperiment({
  id: 'zhong2017-remark43',
  version: 1,
  paper: 'zhong2017',
  source: SOURCE,
  title: 'Zero eigenvalues of the population Hessian at the teacher',
  settings: SETTINGS,
  openChoices: [
    'v* = (1, …, 1): other signs multiply rows and columns of the Hessian by ±1, which changes no eigenvalue.',
    'Rows of norm 1. The Hessian is exact: two-dimensional quadrature for each pair of rows, no samples.',
    '“Rank deficient” is read in two ways: two equal rows, and three rows in a plane no two of which are parallel.',
  ],
  cells,
  cost: ({ K, d }) => 1e7 * K * K + 20 * (K * d) ** 3,
  trial: runTrial,
  measures: MEASURES,
  alsoStored: [],
  claims,
  figures,
});
