/** One training set for a single sigmoid: is it separable, and where do descents on two losses end? */
import { marginsOf, separationOf } from '../../../core/certificates/separation.js';
import { descentState, runDescent } from '../../../core/descent/descent.js';
import { stepSizes } from '../../../core/descent/stepsize.js';
import { RunStatus, type Points } from '../../../core/kernels/contract.js';
import { standardDeviationOfRuns } from '../../../core/matching/measures.js';
import type { LossName } from '../../../core/networks/losses.js';
import { repeated } from '../../../core/networks/networks.js';
import { drawStarts } from '../../../core/networks/starts.js';
import { frobeniusNorm } from '../../../core/networks/teachers.js';
import { isAtMinimum } from '../../../core/outcomes/classes.js';
import { OUTCOME_RULES } from '../../../core/outcomes/classify.js';
import { Purpose } from '../../../core/streams.js';
import { empiricalRisk } from '../../../core/risk/risk.js';
import { outcomesOf, type Outcomes } from '../../common/outcomes.js';
import { drawTrainingSet, type Planted } from '../../common/planted.js';
import { keepEnds, keepStarts, keepSteps } from '../../keeper.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import type { RunawaySettings } from './runawaySettings.js';

type Context = TrialContext<RunawaySettings>;

/** The training set of a trial, with w = 0 and the starts of the ball. */
export function runawayProblem(context: Context): Planted {
  const { settings, kernels, stream, keep } = context;
  const { d, n, norm, radius, starts: count } = settings;
  const drawn = drawTrainingSet({
    ...context,
    settings: { K: 1, d, n, teacher: 'orthonormal', teacherScale: norm, inputs: 'gaussian', labels: 'classification' },
  });
  const weights = new Float64Array((1 + count) * d);
  weights.set(ballAroundZero(kernels, d, count, radius, stream(Purpose.start)), d);
  const starts = { starts: 1 + count, weights, outputWeights: repeated(drawn.teacherOutput, 1 + count) };
  keepStarts(keep, 1, starts);
  return { ...drawn, starts };
}

/** Starts around a centre at distance R from 0, moved so that the centre is 0. */
function ballAroundZero(
  kernels: Context['kernels'],
  d: number,
  count: number,
  radius: number,
  stream: ReturnType<Context['stream']>,
): Float64Array {
  const centre = new Float64Array(d);
  centre[0] = radius;
  const around = drawStarts(kernels, 'ball', centre, count, 1, stream);
  return around.map((w, at) => w - centre[at % d]);
}

/**
 * Where the descents from all starts end on one loss. The step is 1/λ_max of the Hessian at w = 0, where the sigmoid is
 * steepest: for both losses it is below 2/λ_max of every Hessian, so no step raises the loss.
 */
function endsOf(context: Context, { problem: drawn, starts }: Planted, loss: LossName, reach: number): Outcomes {
  const { settings, kernels, cancel, keep } = context;
  const problem = { ...drawn, loss };
  const { dimension } = problem.inputs;
  const origin: Points = { starts: 1, weights: new Float64Array(dimension), outputWeights: Float64Array.of(1) };
  const [step] = stepSizes(kernels, problem, origin, { kind: 'auto', factor: 1 }, false);
  const state = descentState(starts, new Float64Array(starts.starts).fill(step), false);
  keepSteps(keep, state.stepSizes);
  runDescent(kernels, problem, state, { iterations: settings.iterations, tolerance: 1e-12, cancel });
  keepEnds(keep, 1, state);
  return outcomesOf(
    context,
    empiricalRisk(kernels, problem),
    {
      starts,
      ends: state,
      diverged: Array.from(state.status, (status) => status === RunStatus.diverged),
      converged: Array.from(state.status, (status) => status === RunStatus.converged),
    },
    { polish: true, isNear: () => false, leastNorm: reach / OUTCOME_RULES.growth },
  );
}

/** Minima of the cross entropy may lie this much farther out: close to separability they go to infinity. */
const LOGISTIC_REACH = 10;

/** The fate of a start. `unsettled`: neither at a certified minimum nor certainly on its way to infinity. */
type Fate = 'finite' | 'runaway' | 'unsettled';

/**
 * The fates of all starts. Positive margins at the end of a start prove that it runs away: then no point is stationary.
 * Otherwise its norm decides.
 */
function fatesOf({ kernels }: Context, { problem }: Planted, { classes, weights }: Outcomes): Fate[] {
  return classes.map((name, l) => {
    if (isAtMinimum(name)) return 'finite';
    const isProved = marginsOf(kernels, problem, rowOf(weights, l, classes.length)).every((margin) => margin > 0);
    return isProved || name === 'runaway' ? 'runaway' : 'unsettled';
  });
}

function rowOf(weights: Float64Array, l: number, rows: number): Float64Array {
  const length = weights.length / rows;
  return weights.subarray(l * length, (l + 1) * length);
}

/** The least loss at infinity that is known: half the share of errors of the best direction among the ends. */
function lossAtInfinity({ kernels }: Context, { problem }: Planted, ends: readonly Outcomes[]): number {
  const errors = ends.flatMap(({ classes, weights }) =>
    classes.map((_, l) => {
      const margins = marginsOf(kernels, problem, rowOf(weights, l, classes.length));
      return margins.filter((margin) => !(margin > 0)).length;
    }),
  );
  return Math.min(...errors) / (2 * problem.inputs.samples);
}

export function runawayTrial(context: Context): TrialOutcome {
  const planted = runawayProblem(context);
  const separation = separationOf(context.kernels, planted.problem, context.cancel);
  const { reach } = context.settings;
  const logistic = endsOf({ ...context, keep: undefined }, planted, 'cross-entropy', LOGISTIC_REACH * reach);
  const squared = endsOf(context, planted, 'squared', reach);
  const isKnown = separation !== 'unknown';
  const isFinite = logistic.classes.map(isAtMinimum);
  const fates = fatesOf(context, planted, squared);
  return {
    status: 'ok',
    measures: {
      overlapping: isKnown ? indicator(separation === 'overlapping') : Number.NaN,
      logisticAgrees: isKnown ? indicator(isFinite.every((own) => own === (separation === 'overlapping'))) : Number.NaN,
      separableFinite: separation === 'separable' ? indicator(fates.includes('finite')) : Number.NaN,
      finite: indicator(fates[0] === 'finite'),
      ballFinite: fates.slice(1).filter((fate) => fate === 'finite').length / (fates.length - 1),
      unsettled: fates.filter((fate) => fate === 'unsettled').length / fates.length,
      ...togetherOf(context, planted, squared, fates, [logistic, squared]),
    },
  };
}

/** How the starts of the squared loss end together. */
function togetherOf(
  context: Context,
  planted: Planted,
  { classes, weights }: Outcomes,
  fates: readonly Fate[],
  ends: readonly Outcomes[],
): Record<string, number> {
  const isOne =
    fates.every((fate) => fate === 'finite') &&
    standardDeviationOfRuns(weights, classes.length) <= OUTCOME_RULES.sameMinimum;
  const point = { starts: 1, weights: rowOf(weights, 0, classes.length), outputWeights: Float64Array.of(1) };
  const { loss } = context.kernels.evaluate({ ...planted.problem, loss: 'squared' }, point);
  return {
    oneMinimum: indicator(isOne),
    mixed: indicator(fates.includes('finite') && fates.includes('runaway')),
    infinityLower: isOne ? indicator(lossAtInfinity(context, planted, ends) < loss[0]) : Number.NaN,
    error: isOne ? frobeniusNorm(point.weights.map((w, j) => w - planted.teacher[j])) : Number.NaN,
  };
}

function indicator(isTrue: boolean): number {
  return isTrue ? 1 : 0;
}
