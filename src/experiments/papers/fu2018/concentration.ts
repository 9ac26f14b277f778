import { requireTeacher } from '../../../core/networks/teachers.js';
import { scaled, type Estimate } from '../../../statistics/estimate.js';
import { positiveMean } from '../../../statistics/means.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { predictedGradient } from '../../common/prediction.js';
import * as common from '../../common/settings.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, FigureRow, Measure, StatedClaim } from '../../spec.js';
import { concentrationCost, concentrationProblem, concentrationTrial } from './concentrationTrial.js';

const sweep = (description: string, values: { smoke: number[]; quick: number[]; paper: number[] }, max: number) =>
  number({ description, integer: true, list: true, min: 2, max, default: values });

const SETTINGS = {
  K: number({ description: 'neurons where n and d vary', integer: true, min: 2, max: 64, default: 3 }),
  d: common.dimension({ smoke: 4, quick: 10, paper: 20 }, { description: 'd where n and K vary', max: 200 }),
  teacherScale: number({ description: 'norm s of the rows of W*', min: 0.1, max: 5, default: 2 }),
  n: common.samples({
    smoke: [1000, 4000],
    quick: [2000, 4000, 8000, 16000],
    paper: [4000, 8000, 16000, 32000, 64000],
  }),
  dimensions: sweep(
    'input dimensions, at the largest n',
    { smoke: [4, 8], quick: [5, 10, 20, 40], paper: [10, 20, 40, 80] },
    400,
  ),
  neurons: sweep(
    'numbers of neurons, at the largest n',
    { smoke: [2, 3], quick: [2, 3, 4, 6, 8], paper: [2, 3, 4, 6, 8, 12] },
    64,
  ),
  radius: number({
    description: 'radius of the ball over ρ/(√K L_φ²), the printed one with c = 1',
    min: 1e-6,
    max: 100,
    default: 1,
  }),
  trials: common.trials({ smoke: 3, quick: 32, paper: 40 }, 'pairs of training sets per cell'),
  moves: number({ description: 'largest number of moves of a search', integer: true, min: 1, max: 100, default: 2 }),
};

type ConcentrationValues = Values<typeof SETTINGS>;

interface Place {
  readonly K: number;
  readonly d: number;
  readonly n: number;
}

type PlaceCell = CellSummary<Place>;
type Axis = keyof Place;

/** The cells of n, then those of d and of K at the largest n. */
function cells({ K, d, n: samples, dimensions, neurons, trials }: ConcentrationValues): Cell<Place>[] {
  const most = Math.max(...samples);
  const places: Place[] = [
    ...ascending(samples).map((n) => ({ K, d, n })),
    ...ascending(dimensions.filter((other) => other !== d)).map((other) => ({ K, d: other, n: most })),
    ...ascending(neurons.filter((other) => other !== K)).map((other) => ({ K: other, d, n: most })),
  ];
  for (const place of places) requireTeacher('orthonormal', place.K, place.d);
  return places.map((settings) => ({ settings, trials }));
}

/** The cells along one axis. */
function lineOf(all: readonly PlaceCell[], axis: Axis, values: ConcentrationValues): PlaceCell[] {
  const { K, d } = values;
  const usual: Place = { K, d, n: Math.max(...values.n) };
  const swept: Readonly<Record<Axis, readonly number[]>> = { n: values.n, d: values.dimensions, K: values.neurons };
  const others = (['K', 'd', 'n'] as const).filter((name) => name !== axis);
  return all
    .filter(({ settings }) => others.every((name) => settings[name] === usual[name]))
    .filter(({ settings }) => swept[axis].includes(settings[axis]))
    .toSorted((a, b) => a.settings[axis] - b.settings[axis]);
}

function exponent(line: readonly PlaceCell[], axis: Axis, measure: string): Estimate {
  return powerLawExponent(line.map(({ settings, measures }) => ({ x: settings[axis], estimate: measures[measure] })));
}

/** The bounds C√(d log n/(nK)) and C√(d log n/n): largest exponents along each axis, and a tenth. */
const BOUNDS = [
  ['hessian', 'Lemma 3', '∇²f_n', '√(d/(nK))', { n: -0.5, d: 0.5, K: -0.5 }],
  ['gradient', 'Lemma 4', '∇f_n', '√(d/n)', { n: -0.5, d: 0.5, K: 0 }],
] as const;
const PLACES = [
  ['Centre', 'centre', 'at W*'],
  ['Ball', 'ball', 'at the point of the ball that the search climbs to'],
] as const;

function claims(all: readonly PlaceCell[], values: ConcentrationValues): StatedClaim[] {
  const bounds = BOUNDS.flatMap(([what, lemma, symbol, bound, exponents]) =>
    PLACES.flatMap(([place, word, where]) =>
      (['n', 'd', 'K'] as const).map((axis) =>
        stateClaim(
          {
            id: `${what}-${word}-${axis}`,
            source: `fu2018, ${lemma}`,
            statement: `${symbol} ${where} is within ${bound} of its population, times a constant and √log n: exponent of the distance in ${axis} at most ${exponents[axis]} + 0.1`,
          },
          () => exponent(lineOf(all, axis, values), axis, `${what}${place}`),
          { low: -Infinity, high: exponents[axis] + 0.1 },
        ),
      ),
    ),
  );
  return [...bounds, ...gradientClaims(all, values)];
}

/** The exact n·E‖∇f_n(W*)‖², at the largest d. */
function gradientClaims(all: readonly PlaceCell[], values: ConcentrationValues): StatedClaim[] {
  const { K, teacherScale } = values;
  return lineOf(all, 'd', values)
    .slice(-1)
    .map(({ settings: { d, n }, measures }) =>
      stateClaim(
        {
          id: 'gradient-exact',
          source: 'fu2018, Lemma 4, with the exact value',
          statement: `K = ${K}, d = ${d}, n = ${n}: n·E‖∇f_n(W*)‖² is tr Σ by quadrature: ratio within 1 ± 0.2`,
        },
        () => scaled(measures['gradientSquare'], 1 / predictedGradient(K, teacherScale, d)),
        { low: 0.8, high: 1.2 },
      ),
    );
}

const AXES = { n: 'sample size n', d: 'dimension d', K: 'neurons K' } as const;

function figures(all: readonly PlaceCell[], values: ConcentrationValues): FigureMaker[] {
  const row = (cell: PlaceCell, axis: Axis, line: string, measure: string): FigureRow => {
    const { value, low, high } = cell.measures[measure];
    return { line, [axis]: cell.settings[axis], trials: cell.trials, value, low, high };
  };
  return (['n', 'd', 'K'] as const).map((axis) => () => ({
    name: `fu2018-concentration-${axis}`,
    title: `Distance of a training set’s Hessian and gradient from the population against ${axis}`,
    caption: `Mean of ‖∇²f_n − ∇²f_n′‖/√2 and ‖∇f_n − ∇f_n′‖/√2 for two training sets, at W* and at the point of the ball to which a search climbs; where they do not vary K = ${values.K}, d = ${values.d}, n = ${Math.max(...values.n)}; ${trialCounts(all)} pairs per point. Bars: 95 % intervals.`,
    rows: BOUNDS.flatMap(([what, , symbol]) =>
      PLACES.flatMap(([place, word]) =>
        lineOf(all, axis, values).map((cell) => row(cell, axis, `${symbol}, ${word}`, `${what}${place}`)),
      ),
    ),
    spec: lineWithBars({
      x: axis,
      y: 'value',
      low: 'low',
      high: 'high',
      colour: 'line',
      colourTitle: 'of, where',
      xTitle: AXES[axis],
      yTitle: 'distance',
      xLog: true,
      yLog: true,
    }),
  }));
}

const MEASURES: readonly Measure[] = (
  [
    ['hessianCentre', 'mean of ‖∇²f_n(W*) − ∇²f_n′(W*)‖/√2'],
    ['hessianBall', 'mean of the largest ‖∇²f_n(W) − ∇²f_n′(W)‖/√2 found in the ball'],
    ['gradientCentre', 'mean of ‖∇f_n(W*) − ∇f_n′(W*)‖/√2'],
    ['gradientBall', 'mean of the largest ‖∇f_n(W) − ∇f_n′(W)‖/√2 found in the ball'],
    ['gradientSquare', 'mean of n‖∇f_n(W*)‖²'],
  ] as const
).map(([name, description]) => ({ name, of: name, description, estimate: positiveMean }));

/** fu2018, Lemmas 3 and 4: distance of the empirical Hessian and gradient from the population. */
export const fu2018Concentration = defineExperiment({
  id: 'fu2018-concentration',
  version: 1,
  paper: 'fu2018',
  source: 'fu2018, Lemmas 3 and 4',
  title: 'Concentration of the Hessian and of the gradient around the population',
  settings: SETTINGS,
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2. Radius: ρ/(c√K L_φ²) with c = 1.',
    'The distance to the population is measured by two training sets: their difference over √2 has the same covariance, and no population is needed.',
    'The supremum over the ball cannot be sampled: a search climbs from W* along the linearisation of the distance; what is found bounds it from below.',
    'Bounds are one-sided, with unknown constants: exponents are judged, with 0.1 for √log n and the sizes.',
  ],
  cells,
  cost: concentrationCost,
  trial: concentrationTrial,
  draw: concentrationProblem,
  measures: MEASURES,
  claims,
  figures,
});
