import { exact, scaled, type Estimate } from '../../../statistics/estimate.js';
import { largestOf, smallestOf } from '../../../statistics/extremes.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { number } from '../../../settings/declare.js';
import type { Values } from '../../../settings/types.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { defineExperiment } from '../../define.js';
import { lineWithBars } from '../../plots.js';
import type { CellSummary, FigureMaker, FigureRow, Measure, StatedClaim } from '../../spec.js';
import { populationCost, populationTrial, sigmoidRho, SIGMOID_BOUND } from './populationTrial.js';

const SETTINGS = {
  K: number({
    description: 'numbers of neurons',
    integer: true,
    list: true,
    min: 2,
    max: 32,
    default: { smoke: [2, 3], quick: [2, 3, 4, 6, 8], paper: [2, 3, 4, 6, 8, 12, 16] },
  }),
  teacherScale: number({ description: 'norm s of the rows of W*', min: 0.1, max: 5, default: 2 }),
  distance: number({ description: 't of the quotient ‖∇²f(W* + tD) − ∇²f(W*)‖/t', min: 1e-3, max: 1, default: 0.05 }),
  starts: number({
    description: 'random starts of the search for the steepest direction',
    integer: true,
    min: 1,
    max: 1e3,
    default: { smoke: 2, quick: 8, paper: 8 },
  }),
  moves: number({
    description: 'largest number of moves of a search for the least curvature in the ball',
    integer: true,
    min: 1,
    max: 1e3,
    default: { smoke: 2, quick: 6, paper: 10 },
  }),
};

type PopulationValues = Values<typeof SETTINGS>;
type PopulationCell = CellSummary<{ readonly K: number }>;

/** A measure of every cell times factor·K^power. */
function timesPower(cells: readonly PopulationCell[], name: string, power: number, factor: number): Estimate[] {
  return cells.map(({ settings: { K }, measures }) => scaled(measures[name], factor * K ** power));
}

function claims(cells: readonly PopulationCell[], { teacherScale, distance }: PopulationValues): StatedClaim[] {
  const [rho, bound] = [sigmoidRho(teacherScale), SIGMOID_BOUND ** 2];
  return [
    stateClaim(
      {
        id: 'lipschitz-exponent',
        source: 'fu2018, Lemma 1',
        statement: `the Lipschitz constant of ∇²f at W*, max over D of ‖∇²f(W* + tD) − ∇²f(W*)‖/t at t = ${distance}, falls at least as K^(−3/2): exponent in K at most −1.4`,
      },
      () =>
        powerLawExponent(cells.map(({ settings, measures }) => ({ x: settings.K, estimate: measures['lipschitz'] }))),
      { low: -Infinity, high: -1.4 },
    ),
    stateClaim(
      {
        id: 'lipschitz-constant',
        source: 'fu2018, Lemma 1',
        statement:
          'that constant is at most L_φ²/K^(3/2) at every K, with 1 for the constant that is not printed: largest ratio at most 1',
      },
      () => largestOf(timesPower(cells, 'lipschitz', 1.5, 1 / bound)),
      { low: 0, high: 1 },
    ),
    stateClaim(
      {
        id: 'curvature-min',
        source: 'fu2018, Lemma 2',
        statement:
          'λ_min(∇²f) in the ball of radius r (c = 1) is at least half of ρ/K² at every K: least λ_min K²/ρ at least 0.5',
      },
      () => smallestOf(timesPower(cells, 'ballMin', 2, 1 / rho)),
      { low: 0.5, high: Infinity },
    ),
    stateClaim(
      {
        id: 'curvature-max',
        source: 'fu2018, Lemma 2',
        statement:
          'λ_max(∇²f) in that ball is at most L_φ²/K at every K, with 1 for the constant that is not printed: largest ratio at most 1',
      },
      () => largestOf(timesPower(cells, 'ballMax', 1, 1 / bound)),
      { low: 0, high: 1 },
    ),
  ];
}

const LINES = [
  ['lipschitz', 'steepest direction, t'],
  ['equalEntries', 'equal entries, t'],
  ['limit', 'steepest direction, t → 0'],
] as const;

function figures(cells: readonly PopulationCell[], { teacherScale, distance }: PopulationValues): FigureMaker[] {
  const row = ({ settings: { K } }: PopulationCell, line: string, { value, low, high }: Estimate): FigureRow => ({
    line,
    K,
    value,
    low,
    high,
  });
  const axes = {
    x: 'K',
    y: 'value',
    low: 'low',
    high: 'high',
    xTitle: 'neurons K',
    colour: 'line',
    xLog: true,
  } as const;
  return [
    () => ({
      name: 'fu2018-population-lipschitz',
      title: 'How fast the population Hessian changes around W*',
      caption: `K^(3/2) times ‖∇²f(W* + tD) − ∇²f(W*)‖/t at t = ${distance}, and its limit, ‖w*‖ = ${teacherScale}; by quadrature and a closed form (no sampling error). Lemma 1: bounded in K.`,
      rows: LINES.flatMap(([name, line]) => {
        const values = timesPower(cells, name, 1.5, 1);
        return cells.map((cell, at) => row(cell, line, values[at]));
      }),
      spec: lineWithBars({ ...axes, yTitle: 'quotient × K^(3/2)', colourTitle: 'D' }),
    }),
    () => ({
      name: 'fu2018-population-ball',
      title: 'Ends of the population Hessian in the ball of Lemma 2',
      caption: `Least λ_min K²/ρ and largest λ_max K/L_φ² that searches find at distance r = ρ/(√K L_φ²) from W*, ‖w*‖ = ${teacherScale}; by quadrature (no sampling error).`,
      rows: [
        ...timesPower(cells, 'ballMin', 2, 1 / sigmoidRho(teacherScale)).map((at, i) =>
          row(cells[i], 'λ_min K²/ρ', at),
        ),
        ...timesPower(cells, 'ballMax', 1, SIGMOID_BOUND ** -2).map((at, i) => row(cells[i], 'λ_max K/L_φ²', at)),
      ],
      spec: lineWithBars({ ...axes, yTitle: 'over the bound', colourTitle: 'end' }),
    }),
  ];
}

const MEASURES: readonly Measure[] = (
  [
    ['lipschitz', 'largest ‖∇²f(W* + tD) − ∇²f(W*)‖/t found over D of norm 1'],
    ['equalEntries', 'the same for D with equal entries'],
    ['limit', 'max ‖∇³f(W*)[D]‖ over D of norm 1: the limit t → 0, in closed form'],
    ['ballMin', 'least λ_min(∇²f) found at distance r'],
    ['ballMax', 'largest λ_max(∇²f) found at distance r'],
  ] as const
).map(([name, description]) => ({ name, of: name, description, estimate: (values) => exact(values[0]) }));

/** fu2018, Lemmas 1 and 2: the population Hessian around W*. */
export const fu2018Population = defineExperiment({
  id: 'fu2018-population',
  version: 1,
  paper: 'fu2018',
  source: 'fu2018, Lemmas 1 and 2',
  title: 'The population Hessian around the teacher',
  settings: SETTINGS,
  openChoices: [
    'Law and scale of W* (not given): orthonormal rows of norm 2; the population does not depend on their rotation, nor on d > K.',
    'Lemma 1 is judged at W*: the maximum over directions is searched in closed form (t → 0), from random starts, and evaluated by quadrature at t.',
    'L_φ = 1/4 for the sigmoid: the largest of the maxima of |φ′|, |φ″|, |φ‴|. Constants that are not printed are 1, c too.',
    'Lemma 2: searches for the least curvature on the sphere of radius r; what is found bounds the infimum from above.',
  ],
  cells: ({ K }) => ascending(K).map((neurons) => ({ settings: { K: neurons }, trials: 1 })),
  cost: populationCost,
  shares: () => false,
  trial: populationTrial,
  measures: MEASURES,
  claims,
  figures,
});
