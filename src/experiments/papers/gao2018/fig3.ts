import { matchedDistance } from '../../../core/matching/matching.js';
import { parameterErrors } from '../../../core/landscape/parameterError.js';
import { meanShare, median } from '../../../statistics/means.js';
import { quantile } from '../../../statistics/quantiles.js';
import { rate } from '../../../statistics/rates.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { exact, type Estimate } from '../../../statistics/estimate.js';
import { stateClaim } from '../../claims.js';
import type { Cell, Measure, StatedClaim, TrialContext, TrialOutcome } from '../../spec.js';
import { defineExperiment } from '../../define.js';
import { errorSchedule } from './curves.js';
import { figures } from './fig3Figures.js';
import {
  cellOf,
  ENDS,
  NAMES,
  PUBLISHED,
  SETTINGS,
  type Fig3Settings,
  type Fig3Values,
  type Place,
  type PlaceSummary,
} from './fig3Settings.js';
import { descendAndWatch, isSquared, objectiveOf, type GaoLoss } from './losses.js';
import { drawRegression, identity, regressionCost, type GaoTeacher, type Regression } from './regression.js';

const SOURCE = 'gao2018, Section 4.1, Figure 3';
/** The planted problem of a trial, with its start. */
function problemOf(context: TrialContext<Fig3Settings>): Regression {
  const { loss } = context.settings;
  return drawRegression(context, isSquared(loss) ? 'squared' : loss);
}

function runTrial(context: TrialContext<Fig3Settings>): TrialOutcome {
  const { settings } = context;
  const { loss } = settings;
  const regression = problemOf(context);
  const { dimension: d, teacher } = regression;
  const objective = objectiveOf(context, regression, loss);
  const schedule = errorSchedule(settings.iterations);
  const { state, diverged, errors, losses } = descendAndWatch(context, regression, objective, loss, schedule);
  const error = errors[errors.length - 1];
  return {
    status: diverged ? 'diverged' : 'ok',
    measures: {
      parameterError: error,
      recovered: error <= settings.threshold ? 1 : 0,
      ...endMeasures(context, state.weights, diverged, teacher, d),
      recoveryError: diverged ? Infinity : matchedDistance(state.weights, teacher, d, { signs: true }) / Math.sqrt(d),
      finalLoss: state.loss[0],
      teacherLoss: lossAt(context, objective, teacher),
      steps: state.iterations[0],
    },
    curves: { step: Float64Array.from(schedule), parameterError: errors, loss: losses },
  };
}

/** Properties that e(A) does not measure: missing rows of A*, and convergence of the rows to the coordinate axes. */
function endMeasures(
  { kernels }: Pick<TrialContext, 'kernels'>,
  weights: Float64Array,
  diverged: boolean,
  teacher: Float64Array,
  d: number,
): Record<string, number> {
  if (diverged) return { strictError: Infinity, covered: 0, axesError: Infinity };
  const { strictError, covered } = parameterErrors(kernels, weights, teacher, d);
  return { strictError, covered, axesError: parameterErrors(kernels, weights, identity(d), d).error };
}

/**
 * The loss at A*. If it is lower than the loss at the end, the descent got stuck. If it is higher, the loss has its
 * minimum elsewhere.
 */
function lossAt(
  { kernels }: Pick<TrialContext, 'kernels'>,
  objective: ReturnType<typeof objectiveOf>,
  weights: Float64Array,
): number {
  if (objective.kind === 'landscape') return kernels.evaluateLandscape(objective.problem, weights).loss;
  return kernels.evaluate(objective.problem, { starts: 1, weights, outputWeights: objective.outputWeights }).loss[0];
}

function cells({ d, n, teacher: teachers, loss: losses, trials, trialsL2 }: Fig3Values): Cell<Place>[] {
  return teachers.flatMap((teacher) =>
    losses.map((loss) => ({ settings: { d, n, teacher, loss }, trials: isSquared(loss) ? trialsL2 : trials })),
  );
}

/** Plain descents on L and G converge long before the last step. */
function cost({ d, n, iterations, loss }: Fig3Settings): number {
  const updates = isSquared(loss) ? iterations : Math.min(iterations, 300);
  return regressionCost({ d, n }) + updates * n * d * (4 * d + 10);
}

const UNKNOWN = exact(Number.NaN);

function measureOf(all: readonly PlaceSummary[], teacher: GaoTeacher, loss: GaoLoss, name: string): Estimate {
  return cellOf(all, teacher, loss)?.measures[name] ?? UNKNOWN;
}

/** A loss is worse if its end is this factor farther from the teacher than the end of L. */
const FARTHER = 2;

/** Losses whose descents end farther from A* = I than those on L. */
const WORSE: readonly { readonly id: string; readonly loss: GaoLoss }[] = [
  { id: 'G-suboptimal', loss: 'G' },
  { id: 'l2-slow', loss: 'l2-adam' },
  { id: 'l2-descent-slow', loss: 'l2-descent' },
];

function claims(all: readonly PlaceSummary[], values: Fig3Values): StatedClaim[] {
  const { teacher: teachers, loss: losses } = values;
  const asked = (teacher: GaoTeacher, ...names: readonly GaoLoss[]): boolean =>
    teachers.includes(teacher) && names.every((name) => losses.includes(name));
  const only = { published: PUBLISHED };
  const recovers = (id: string, source: string, teacher: GaoTeacher, what: string): StatedClaim =>
    stateClaim(
      {
        id,
        source,
        only,
        statement: `${what}: L ends at the teacher: e(A) ≤ ${values.threshold} for at least 0.9 of the seeds`,
      },
      () => measureOf(all, teacher, 'L', 'recoveredRate'),
      { low: 0.9, high: 1 },
    );
  const farther = ({ id, loss }: (typeof WORSE)[number]): StatedClaim =>
    stateClaim(
      {
        id,
        source: SOURCE,
        only,
        statement: `A* = I: ${NAMES[loss]} ends farther from the teacher than L: ratio of the medians of e(A) above ${FARTHER}`,
      },
      () =>
        ratioOf(measureOf(all, 'identity', loss, 'parameterError'), measureOf(all, 'identity', 'L', 'parameterError')),
      { low: FARTHER, high: Infinity },
    );
  return [
    ...(asked('identity', 'L') ? [recovers('L-recovers', SOURCE, 'identity', 'A* = I')] : []),
    ...WORSE.filter(({ loss }) => asked('identity', 'L', loss)).map(farther),
    ...(asked('rotated', 'L')
      ? [
          recovers(
            'L-recovers-rotated',
            'gao2018, Theorem 2 (any orthogonal A*) with S_4 = sgn(x)⊗⁴',
            'rotated',
            'A* a random rotation',
          ),
        ]
      : []),
  ];
}

const MEASURES: readonly Measure[] = [
  { name: 'parameterError', of: 'parameterError', description: 'median of e(A) at the end', estimate: median },
  {
    name: 'recoveredRate',
    of: 'recovered',
    description: 'share of seeds with e(A) ≤ threshold at the end',
    estimate: rate,
    whenFailed: 0,
  },
  {
    name: 'strictError',
    of: 'strictError',
    description: 'median of e(A) with max in place of min: near 0 only for a permutation of A*',
    estimate: median,
  },
  {
    name: 'covered',
    of: 'covered',
    description: 'mean share of the rows of A* that some row of A is (cosine at least 0.9)',
    estimate: meanShare,
  },
  {
    name: 'axesError',
    of: 'axesError',
    description: 'median of e(A) at the end with I in place of A*: distance from the coordinate axes',
    estimate: median,
  },
  {
    name: 'recoveryError',
    of: 'recoveryError',
    description: 'median of the distance of a row from its row of A*, modulo order and sign',
    estimate: median,
  },
  { name: 'finalLoss', of: 'finalLoss', description: 'median of the loss at the end', estimate: median },
  { name: 'teacherLoss', of: 'teacherLoss', description: 'median of the loss at A*', estimate: median },
  { name: 'steps', of: 'steps', description: 'median number of steps', estimate: median },
  ...ENDS.map((percent) => ({
    name: `errorPercentile${percent}`,
    of: 'parameterError',
    description: `percentile ${percent} of e(A) at the end`,
    estimate: quantile(percent / 100),
  })),
];

/** gao2018, Figure 3: the losses L, G and ℓ2 from random starts on Laplace inputs. */
export const gao2018Fig3 = defineExperiment({
  id: 'gao2018-fig3',
  version: 1,
  paper: 'gao2018',
  source: SOURCE,
  title: 'Parameter error against step for the losses L, G and ℓ2 on Laplace inputs',
  settings: SETTINGS,
  openChoices: [
    'Rows are divided by their norm after every step and λ = 0, as in the authors’ scripts (the paper’s λ does not appear there); rows=free and penalty=λ give the printed form.',
    'ℓ2 with Adam made the published curve; the paper says gradient descent, which is beside it.',
    'The start (not given): entries N(0, 1/d), as in the authors’ scripts. The figure shows one run; here each curve is a band over seeds.',
    'Plain descents stop early when a step moves A by less than 1e-12; their curves go on with the value at the end.',
    'A random rotation as teacher is not in the paper: with S_4 = sgn(x)⊗⁴ the loss L leads to the coordinate axes whatever A* is (docs/papers/gao2018.md).',
    'Below paper scale d is smaller and the step longer: the gradient grows as d².',
  ],
  cells,
  cost,
  shares: () => false,
  trial: runTrial,
  draw: problemOf,
  measures: MEASURES,
  alsoStored: ['loss'],
  curves: [{ name: 'parameterError', of: 'parameterError', at: 'step', description: 'e(A) against the step' }],
  claims,
  figures,
});
