import { requireTeacher } from '../../../core/networks/teachers.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { scaled, UNKNOWN, type Estimate, type Noted } from '../../../statistics/estimate.js';
import { mean, positiveMean } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import { powerLawExponent } from '../../../statistics/regression.js';
import { orthonormalExtremes } from '../../../theory/orthonormalHessian.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { defineExperiment } from '../../define.js';
import type { Measure, StatedClaim } from '../../spec.js';
import { figures } from './thm1Figures.js';
import { SETTINGS, type BallCell, type BallPlace, type BallValues } from './thm1Settings.js';
import { ballProblem, ballTrial, ballCost } from '../../common/ball.js';

const SOURCE = 'fu2018, Theorem 1';

/** The cells of K at all n and radii, and of the other numbers of neurons at the smallest radius only. */
function grid({ K, d, n: samples, radius: shares, sweep, sweepSamples, teacher }: BallValues): BallPlace[] {
  const radii = ascending(shares);
  const others = ascending(sweep);
  for (const neurons of [K, ...others]) requireTeacher(teacher, neurons, d);
  const main = radii.flatMap((radius) => ascending(samples).map((n) => ({ K, d, n, radius })));
  const swept = others.flatMap((neurons) =>
    ascending(sweepSamples).map((n) => ({ K: neurons, d, n, radius: Math.min(...radii) })),
  );
  const isNew = (cell: BallPlace): boolean =>
    !main.some(({ K: neurons, n, radius }) => neurons === cell.K && n === cell.n && radius === cell.radius);
  return [...main, ...swept.filter(isNew)];
}

function select(
  cells: readonly BallCell[],
  { K, n, radius }: Partial<BallPlace> & Pick<BallPlace, 'radius'>,
): BallCell[] {
  return cells.filter(
    ({ settings }) =>
      settings.radius === radius && (K ?? settings.K) === settings.K && (n ?? settings.n) === settings.n,
  );
}

function exponent(cells: readonly BallCell[], against: 'K' | 'n', measure: string): Estimate {
  return powerLawExponent(
    cells.map(({ settings, measures }) => ({ x: settings[against], estimate: measures[measure] })),
  );
}

function claims(cells: readonly BallCell[], values: BallValues): StatedClaim[] {
  const { K } = values;
  const radius = Math.min(...values.radius);
  const [n, sweepSamples] = [values.n, values.sweepSamples].map((sizes) => Math.max(...sizes));
  const largest = select(cells, { K, radius, n });
  return [
    ...largest.map(({ measures }) =>
      stateClaim(
        {
          id: 'positive-definite',
          source: SOURCE,
          statement: `K = ${K}, n = ${n}: the Hessian is positive definite at the least curved point found of the ball of radius ${radius}‖W*‖_F in at least 0.8 of the trials`,
        },
        () => measures['positiveAdversarial'],
        { low: 0.8, high: 1 },
      ),
    ),
    stateClaim(
      {
        id: 'lambda-max',
        source: SOURCE,
        statement: `λ_max in the ball of radius ${radius}‖W*‖_F is O(1/K): exponent of λ_max in K at most −0.9 (n = ${sweepSamples})`,
      },
      () => exponent(select(cells, { radius, n: sweepSamples }), 'K', 'lambdaMax'),
      { low: -Infinity, high: -0.9 },
    ),
    stateClaim(
      {
        id: 'concentration',
        source: 'fu2018, Lemma 3',
        statement: `K = ${K}: ‖∇²f_n(W*) − ∇²f(W*)‖ falls as n^(−1/2): exponent within −0.5 ± 0.1`,
      },
      () => exponent(select(cells, { K, radius }), 'n', 'hessianDeviation'),
      { low: -0.6, high: -0.4 },
    ),
  ];
}

/** λ_min and λ_max of the population Hessian at W*, if there is a closed form. */
function exactEnds(
  { loss, teacher, inputs, teacherScale, d }: BallValues,
  K: number,
): ReturnType<typeof orthonormalExtremes> | undefined {
  if (loss !== 'squared' || teacher !== 'orthonormal' || inputs !== 'gaussian') return undefined;
  return orthonormalExtremes(parseActivation('sigmoid'), teacherScale, K, d);
}

const NO_FORM: Noted = { ...UNKNOWN, note: 'no closed form but for squared loss, orthonormal W* and Gaussian inputs' };

/** Exponent in n of 1 − λ_min(∇²f_n(W*))/λ_min(∇²f(W*)). */
function biasExponent(main: readonly BallCell[], values: BallValues): Noted {
  const ends = exactEnds(values, values.K);
  if (ends === undefined) return NO_FORM;
  return powerLawExponent(
    main.map(({ settings, measures }) => {
      const { value, low, high } = scaled(measures['lambdaMinCentre'], 1 / ends.smallest);
      return { x: settings.n, estimate: { value: 1 - value, low: 1 - high, high: 1 - low } };
    }),
  );
}

/** Exponent in K of the ratio of λ_max to that of the population. */
function curveExponent(swept: readonly BallCell[], values: BallValues): Noted {
  if (exactEnds(values, values.K) === undefined) return NO_FORM;
  return powerLawExponent(
    swept.map(({ settings, measures }) => {
      const { largest } = exactEnds(values, settings.K) ?? { largest: Number.NaN };
      return { x: settings.K, estimate: scaled(measures['lambdaMax'], 1 / largest) };
    }),
  );
}

/** Claims that compare with the closed form of the population Hessian at W*. */
function exactClaims(cells: readonly BallCell[], values: BallValues): StatedClaim[] {
  const { K } = values;
  const radius = Math.min(...values.radius);
  const n = Math.max(...values.sweepSamples);
  return [
    stateClaim(
      {
        id: 'lambda-min-exact',
        source: `${SOURCE}, with the exact value`,
        statement: `K = ${K}: λ_min(∇²f_n(W*)) goes to that of the population: what is missing, 1 − λ_min/exact, falls with an exponent in n of at most −0.4`,
      },
      () =>
        biasExponent(
          select(cells, { K, radius }).filter(({ settings }) => values.n.includes(settings.n)),
          values,
        ),
      { low: -Infinity, high: -0.4 },
    ),
    stateClaim(
      {
        id: 'lambda-max-exact',
        source: `${SOURCE}, with the exact value`,
        statement: `λ_max in the ball of radius ${radius}‖W*‖_F follows that of the population over K (n = ${n}): exponent of their ratio in K within ± 0.05`,
      },
      () => curveExponent(select(cells, { radius, n }), values),
      { low: -0.05, high: 0.05 },
    ),
  ];
}

const WHERE = {
  Centre: 'at W*',
  Random: 'least over the random points of the ball',
  Adversarial: 'at the least curved point that the searches find in the ball',
  Fresh: 'at that same point, on a fresh training set',
} as const;

const measures: Measure[] = [
  ...Object.entries(WHERE).flatMap(([where, words]): Measure[] => [
    { name: `lambdaMin${where}`, of: `lambdaMin${where}`, description: `mean of λ_min ${words}`, estimate: mean },
    {
      name: `positive${where}`,
      of: `positive${where}`,
      description: `share of trials with λ_min > 0 ${words}`,
      estimate: rate,
      whenFailed: 0,
    },
  ]),
  {
    name: 'uniformityGap',
    of: 'uniformityGap',
    description: 'mean of λ_min on fresh samples minus λ_min on the samples that the point was chosen for',
    estimate: mean,
  },
  {
    name: 'lambdaMax',
    of: 'lambdaMax',
    description: 'mean of the largest λ_max over all these points',
    estimate: mean,
  },
  {
    name: 'hessianDeviation',
    of: 'hessianDeviation',
    description: 'mean of ‖∇²f_n(W*) − ∇²f_n′(W*)‖/√2 for two training sets',
    estimate: positiveMean,
  },
];

/** fu2018, Theorem 1: extreme eigenvalues of the empirical Hessian over the ball B(W*, r), against n, r and K. */
export const fu2018Thm1 = defineExperiment({
  id: 'fu2018-thm1',
  version: 1,
  paper: 'fu2018',
  source: `${SOURCE}, Lemmas 1 to 3`,
  title: 'Extreme eigenvalues of the empirical Hessian in a ball around the teacher',
  settings: SETTINGS,
  openChoices: [
    'Radius: the theorem has r = ρ(σ_K)/(c κ²λ √K L_φ²) with an unknown c; radii here are shares of ‖W*‖_F. With c = 1 and the default teacher r is 0.008‖W*‖_F.',
    'Erratum: Theorems 1 and 2 print √(K L_φ²) in r, Lemmas 2 to 4 √K L_φ²; the lemmas’ is taken.',
    'A uniform statement cannot be sampled: λ_min is minimised over the ball by moving to the least point of its linearisation, from several starts; what is found bounds the infimum from above.',
    'Law and scale of W* (not given): orthonormal rows of norm 2, so that κ = λ = 1.',
    'Concentration (Lemma 3) is measured at W*, from pairs of training sets; the lemma has the supremum over the ball.',
    'λ_max is the largest over W*, the random points and the points of the searches for λ_min.',
  ],
  cells: (values) => grid(values).map((settings) => ({ settings, trials: values.trials })),
  cost: ballCost,
  trial: ballTrial,
  draw: ballProblem,
  measures,
  claims: (cells, values) => [...claims(cells, values), ...exactClaims(cells, values)],
  figures,
});
