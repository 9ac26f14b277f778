import type { LossName } from '../../core/losses.js';
import { requireTeacher, type TeacherLaw } from '../../core/teachers.js';
import type { Estimate } from '../../statistics/estimate.js';
import { mean, positiveMean } from '../../statistics/means.js';
import { rate } from '../../statistics/rates.js';
import { powerLawExponent } from '../../statistics/regression.js';
import { stateClaim } from '../claims.js';
import { everywhere, numberOf, PLANTED_PARAMETERS } from '../planted.js';
import type { CellSummary, Experiment, Measure, ParameterValues, StatedClaim } from '../spec.js';
import { numbersOf } from '../sampleGrid.js';
import { figures } from './thm1Figures.js';
import { runTrial, trialCost } from './thm1Trial.js';

const SOURCE = 'fu2018, Theorem 1';

interface BallCell {
  readonly K: number;
  readonly d: number;
  readonly n: number;
  readonly radius: number;
}

/** K against all n and radii; the other numbers of neurons at the smallest radius only. */
function grid(values: ParameterValues): BallCell[] {
  const [K, d, radii] = [values['K'] as number, values['d'] as number, numbersOf(values, 'radius')];
  const sweep = numbersOf(values, 'sweep');
  for (const neurons of [K, ...sweep]) requireTeacher(values['teacher'] as TeacherLaw, neurons, d);
  const main = radii.flatMap((radius) => numbersOf(values, 'n').map((n) => ({ K, d, n, radius })));
  const others = sweep.flatMap((neurons) => numbersOf(values, 'sweepSamples').map((n) => ({ K: neurons, d, n, radius: Math.min(...radii) })));
  const isNew = (cell: BallCell): boolean => !main.some(({ K: neurons, n, radius }) => neurons === cell.K && n === cell.n && radius === cell.radius);
  return [...main, ...others.filter(isNew)];
}

function select(cells: readonly CellSummary[], wanted: Partial<BallCell>): CellSummary[] {
  return cells.filter(({ settings }) => Object.entries(wanted).every(([name, value]) => settings[name] === value));
}

function exponent(cells: readonly CellSummary[], against: string, measure: string): Estimate {
  return powerLawExponent(cells.map(({ settings, measures }) => ({ x: numberOf(settings, against), estimate: measures[measure] })));
}

function claims(cells: readonly CellSummary[], values: ParameterValues): StatedClaim[] {
  const [K, radius] = [values['K'] as number, Math.min(...numbersOf(values, 'radius'))];
  const [n, sweepSamples] = ['n', 'sweepSamples'].map((name) => Math.max(...numbersOf(values, name)));
  const largest = select(cells, { K, radius, n });
  return [
    ...largest.map(({ measures }) => stateClaim({
      id: 'positive-definite', source: SOURCE,
      statement: `K = ${K}, n = ${n}: the Hessian is positive definite at the least curved point found of the ball of radius ${radius}‖W*‖_F in at least 0.8 of the trials`,
    }, () => measures['positiveAdversarial'], { low: 0.8, high: 1 })),
    stateClaim({ id: 'lambda-max', source: SOURCE, statement: `λ_max in the ball of radius ${radius}‖W*‖_F is O(1/K): exponent of λ_max in K at most −0.9 (n = ${sweepSamples})` },
      () => exponent(select(cells, { radius, n: sweepSamples }), 'K', 'lambdaMax'), { low: -Infinity, high: -0.9 }),
    stateClaim({ id: 'concentration', source: 'fu2018, Lemma 3', statement: `K = ${K}: ‖∇²f_n(W*) − ∇²f(W*)‖ falls as n^(−1/2): exponent within −0.5 ± 0.1` },
      () => exponent(select(cells, { K, radius }), 'n', 'hessianDeviation'), { low: -0.6, high: -0.4 }),
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
    { name: `positive${where}`, of: `positive${where}`, description: `share of trials with λ_min > 0 ${words}`, estimate: rate, whenFailed: 0 },
  ]),
  { name: 'uniformityGap', of: 'uniformityGap', description: 'mean of λ_min on fresh samples minus λ_min on the samples that the point was chosen for', estimate: mean },
  { name: 'lambdaMax', of: 'lambdaMax', description: 'mean of the largest λ_max over all these points', estimate: mean },
  { name: 'hessianDeviation', of: 'hessianDeviation', description: 'mean of ‖∇²f_n(W*) − ∇²f_n′(W*)‖/√2 for two training sets', estimate: positiveMean },
];

const LOSSES = ['squared', 'cross-entropy'] as const satisfies readonly LossName[];
const { K, teacher, teacherScale, inputs, labels, startLaw, radius } = PLANTED_PARAMETERS;

/** fu2018, Theorem 1: extreme eigenvalues of the empirical Hessian over the ball B(W*, r), against n, r and K. */
export const fu2018Thm1: Experiment = {
  id: 'fu2018-thm1',
  version: 1,
  paper: 'fu2018',
  source: `${SOURCE}, Lemmas 1 to 3`,
  title: 'Extreme eigenvalues of the empirical Hessian in a ball around the teacher',
  parameters: {
    K, teacher, teacherScale, inputs, labels,
    loss: { description: 'loss ℓ', kind: 'choice', words: LOSSES, default: everywhere('squared') },
    startLaw: { ...startLaw, description: 'law of the random points of the ball' },
    radius: { ...radius, list: true, min: 1e-6, description: 'radii of the ball, divided by the Frobenius norm of W*', default: { smoke: [0.01, 0.1], quick: [0.01, 0.05, 0.1], paper: [0.01, 0.02, 0.05, 0.1] } },
    d: { description: 'input dimension', kind: 'integer', min: 1, max: 200, default: { smoke: 4, quick: 10, paper: 20 } },
    n: {
      description: 'sample sizes', kind: 'integer', list: true, min: 1, max: 1e7,
      default: { smoke: [500, 2000, 8000], quick: [4000, 8000, 16000, 32000, 64000], paper: [4000, 8000, 16000, 32000, 128000, 512000] },
    },
    sweep: { description: 'numbers of neurons at the smallest radius, for the exponent of λ_max in K', kind: 'integer', list: true, min: 1, max: 64, default: { smoke: [2, 4], quick: [2, 3, 4, 6], paper: [2, 3, 4, 6, 8] } },
    sweepSamples: { description: 'sample sizes of those', kind: 'integer', list: true, min: 1, max: 1e7, default: { smoke: [2000], quick: [16000], paper: [32000, 128000] } },
    trials: { description: 'training sets per cell', kind: 'integer', min: 1, max: 1e6, default: { smoke: 4, quick: 16, paper: 40 } },
    points: { description: 'random points of the ball', kind: 'integer', min: 1, max: 1e4, default: { smoke: 2, quick: 4, paper: 8 } },
    restarts: { description: 'searches for the least curved point: from W*, then from the random points', kind: 'integer', min: 1, max: 1e4, default: { smoke: 2, quick: 2, paper: 4 } },
    moves: { description: 'largest number of moves of a search', kind: 'integer', min: 1, max: 1e4, default: everywhere(20) },
  },
  openChoices: [
    'Radius: the theorem has r = ρ(σ_K)/(c κ²λ √K L_φ²) with an unknown c; radii here are shares of ‖W*‖_F. With c = 1 and the default teacher r is 0.008‖W*‖_F.',
    'Erratum: Theorems 1 and 2 print √(K L_φ²) in r, Lemmas 2 to 4 √K L_φ²; the lemmas’ is taken.',
    'A uniform statement cannot be sampled: λ_min is minimised over the ball by moving to the least point of its linearisation, from several starts; what is found bounds the infimum from above.',
    'Law and scale of W* (not given): orthonormal rows of norm 2, so that κ = λ = 1.',
    'Concentration (Lemma 3) is measured at W*, from pairs of training sets; the lemma has the supremum over the ball.',
    'λ_max is the largest over W*, the random points and the points of the searches for λ_min.',
  ],
  cells: (values) => grid(values).map(({ K: neurons, d, n, radius: share }) => ({ settings: { K: neurons, d, n, radius: share }, trials: values['trials'] as number })),
  cost: trialCost,
  runTrial,
  measures,
  claims,
  figures,
};
