/**
 * One trial on a ball around the teacher: curvature at W*, at random points of the ball, and at the point where a
 * search finds the least curvature.
 */
import { ballPoint, leastCurvature, type BallPoint } from '../../core/curvature/adversary.js';
import { denseExtremes } from '../../core/curvature/eigenvalues.js';
import { denseHessian, denseHessianFlops } from '../../core/curvature/hessian.js';
import type { Points, Problem } from '../../core/kernels/contract.js';
import { Purpose } from '../../core/streams.js';
import { frobeniusNorm } from '../../core/networks/teachers.js';
import {
  drawPlanted,
  drawTrainingSet,
  plantedShape,
  rowLength,
  type NearbySettings,
  type NetworkSettings,
  type Planted,
  type TrainingSettings,
} from './planted.js';
import type { TrialContext, TrialOutcome } from '../spec.js';

/** A planted problem, and how the ball around its teacher is searched. */
export interface BallSettings extends TrainingSettings, NearbySettings {
  readonly points: number;
  readonly restarts: number;
  readonly moves: number;
}

/** Approximate number of dense Hessians that one search computes. */
const HESSIANS_PER_SEARCH = 20;

/** Purposes of the streams of a second training set. */
const FRESH: ReadonlyMap<number, number> = new Map([
  [Purpose.data, Purpose.freshData],
  [Purpose.labels, Purpose.freshLabels],
]);

/** The planted problem of a trial; its starts are the random points of the ball. */
export function ballProblem(context: TrialContext<BallSettings>): Planted {
  return drawPlanted(context, context.settings.points);
}

/** @param planted the problem of the trial, from `ballProblem` */
export function ballTrial(context: TrialContext<BallSettings>, planted = ballProblem(context)): TrialOutcome {
  const { kernels, cancel } = context;
  const centre = pointOf(planted, planted.teacher);
  const look = (problem: Problem, weights: Float64Array): BallPoint =>
    ballPoint(kernels, problem, pointOf(planted, weights), cancel);
  const atCentre = look(planted.problem, planted.teacher);
  const random = startsOf(planted).map((weights) => look(planted.problem, weights));
  const worst = least(searches(context, planted, centre, [atCentre, ...random]));
  const fresh = freshProblem(context);
  const atFresh = look(fresh, worst.weights);
  return {
    status: 'ok',
    measures: {
      ...signed('Centre', atCentre.smallest),
      ...signed('Random', least(random).smallest),
      ...signed('Adversarial', worst.smallest),
      ...signed('Fresh', atFresh.smallest),
      uniformityGap: atFresh.smallest - worst.smallest,
      lambdaMax: Math.max(...[atCentre, worst, ...random].map(({ largest }) => largest)),
      hessianDeviation: deviation(context, planted.problem, fresh, centre),
    },
  };
}

function signed(where: string, lambdaMin: number): Record<string, number> {
  return { [`lambdaMin${where}`]: lambdaMin, [`positive${where}`]: lambdaMin > 0 ? 1 : 0 };
}

function pointOf({ starts, teacher }: Planted, weights: Float64Array): Points {
  return {
    starts: 1,
    weights,
    outputWeights: starts.outputWeights.slice(
      0,
      (starts.outputWeights.length * teacher.length) / starts.weights.length,
    ),
  };
}

function startsOf({ starts, teacher }: Planted): Float64Array[] {
  return Array.from({ length: starts.starts }, (_, l) =>
    starts.weights.slice(l * teacher.length, (l + 1) * teacher.length),
  );
}

/** Searches for the least curvature, started from the first points, one search for each restart. */
function searches(
  { settings, kernels, cancel }: TrialContext<BallSettings>,
  { problem, teacher }: Planted,
  centre: Points,
  from: readonly BallPoint[],
): BallPoint[] {
  const radius = settings.radius * frobeniusNorm(teacher);
  const options = { moves: settings.moves, cancel };
  return from
    .slice(0, settings.restarts)
    .map((start) => leastCurvature(kernels, problem, centre, radius, start, options));
}

function least(points: readonly BallPoint[]): BallPoint {
  return points.reduce((best, point) => (point.smallest < best.smallest ? point : best));
}

/** A second training set of the same teacher. */
export function freshProblem(context: TrialContext<TrainingSettings>): Problem {
  const stream: typeof context.stream = (purpose) => context.stream(FRESH.get(purpose) ?? purpose);
  return drawTrainingSet({ ...context, keep: undefined, stream }).problem;
}

/**
 * ‖∇²f_n(W*) − ∇²f_n′(W*)‖/√2 for two independent training sets. It is distributed like ‖∇²f_n(W*) − ∇²f(W*)‖ once the
 * entries are approximately Gaussian. It needs no approximation of the population Hessian.
 */
function deviation(
  { kernels, cancel }: Pick<TrialContext, 'kernels' | 'cancel'>,
  one: Problem,
  other: Problem,
  centre: Points,
): number {
  const [a, b] = [one, other].map((problem) => denseHessian(kernels, problem, centre, cancel));
  const { smallest, largest } = denseExtremes(
    kernels,
    a.map((value, i) => value - b[i]),
    centre.weights.length,
  );
  return Math.max(-smallest, largest) / Math.SQRT2;
}

/** Floating point operations of a trial: its Hessians and its data. */
export function ballCost(settings: NetworkSettings & Pick<BallSettings, 'n' | 'points' | 'restarts'>): number {
  const { K, d, n, points, restarts } = settings;
  const hessians = 4 + points + HESSIANS_PER_SEARCH * restarts;
  const length = rowLength(settings);
  return hessians * denseHessianFlops(n, length, K, plantedShape(settings).rows * length) + 200 * n * d;
}
