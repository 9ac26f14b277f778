/** One trial of tracked descents: descent, Newton polish, and the distance to the polished point during the descent. */
import { curvatureAt } from '../../core/curvature/eigenvalues.js';
import { denseHessianFlops } from '../../core/curvature/hessian.js';
import { RunStatus, type DescentState, type Points } from '../../core/kernels/contract.js';
import { matchedDistance } from '../../core/matching/matching.js';
import { newtonPolish, type Polished } from '../../core/certificates/polish.js';
import { empiricalRisk } from '../../core/risk/risk.js';
import { weightedSlope } from '../../statistics/regression.js';
import {
  descendPlanted,
  drawPlanted,
  plantedCost,
  plantedShape,
  rowLength,
  type Planted,
  type PlantedSettings,
  type PlantedSize,
} from './planted.js';
import type { TrialContext, TrialOutcome } from '../spec.js';

/** A planted problem, its number of starts, and the interval between recorded distances. */
export interface TrackedSettings extends PlantedSettings {
  readonly starts: number;
  readonly every: number;
}

/** The largest ‖∇f_n(Ŵ_n)‖ that counts as zero. */
const CRITICAL = 1e-12;
/**
 * The gradient norm that the polish aims at. Ŵ_n must be known far more precisely than the last measured distances to
 * it.
 */
const POLISHED = 1e-16;
/** The end of a descent has reached Ŵ_n if it lies this close to it, relative to ‖W*‖_F. */
const SAME_POINT = 1e-4;
/**
 * The slope is fitted to distances below this share of the first distance, up to the end of the descent. There only the
 * slowest mode remains.
 */
const FIT_BELOW = 1e-6;
/**
 * Scaled times τ = t·|log(1 − ηλ_min)| at which the distance is a measure. By (9) the distance is at most e^(−τ) times
 * the first distance.
 */
export const SCALED_TIMES = [0, 2, 4, 6, 8, 10, 12, 14] as const;

/** The points of one descent, recorded at regular intervals. */
interface Track {
  readonly iterations: number[];
  readonly weights: Float64Array[];
}

/** The planted problem of a trial, with its starts. */
export function trackedProblem(context: TrialContext<TrackedSettings>): Planted {
  return drawPlanted(context, context.settings.starts);
}

/** @param planted the problem of the trial, from `trackedProblem` */
export function trackedTrial(context: TrialContext<TrackedSettings>, planted = trackedProblem(context)): TrialOutcome {
  const { kernels, cancel } = context;
  const { state, track } = trackedDescent(context, planted);
  if (state.status.includes(RunStatus.diverged))
    return { status: 'diverged', measures: { critical: 0, same: 0, estimationError: Infinity } };
  const found = newtonPolish(kernels, empiricalRisk(kernels, planted.problem), firstPoint(state), {
    tolerance: POLISHED,
    cancel,
  });
  const { smallest } = curvatureAt(kernels, planted.problem, { ...firstPoint(state), weights: found.weights }, cancel);
  const rate = Math.log(1 - state.stepSizes[0] * smallest);
  const distance = track.weights.map((weights) => distanceOf(weights, found.weights));
  return {
    status: 'ok',
    measures: {
      critical: found.gradientNorm <= CRITICAL && smallest > 0 ? 1 : 0,
      same: reachesOnePoint(state, found, planted) ? 1 : 0,
      estimationError: matchedDistance(found.weights, planted.teacher, planted.problem.shape.rows),
      gradientNorm: found.gradientNorm,
      lambdaMin: smallest,
      iterations: state.iterations[0],
      ...slopeMeasures(track.iterations, distance, rate),
      ...scaledDistances(track.iterations, distance, rate),
    },
    curves: { iteration: Float64Array.from(track.iterations), distance: Float64Array.from(distance) },
  };
}

function trackedDescent(
  context: TrialContext<TrackedSettings>,
  planted: Planted,
): { state: DescentState; track: Track } {
  const { every, iterations: last } = context.settings;
  const track: Track = { iterations: [], weights: [] };
  const look = (iteration: number, state: DescentState): void => {
    if (state.iterations[0] < iteration) return;
    track.iterations.push(iteration);
    track.weights.push(firstPoint(state).weights);
  };
  const schedule = Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every);
  return { state: descendPlanted(context, planted, { schedule, look, pointOnly: true }), track };
}

function firstPoint({ starts, weights, outputWeights }: Points): Points {
  return {
    starts: 1,
    weights: weights.slice(0, weights.length / starts),
    outputWeights: outputWeights.slice(0, outputWeights.length / starts),
  };
}

function distanceOf(a: Float64Array, b: Float64Array): number {
  return matchedDistance(a, b, 1);
}

function reachesOnePoint({ starts, weights }: Points, found: Polished, { teacher }: Planted): boolean {
  const size = weights.length / starts;
  const allowed = SAME_POINT * distanceOf(teacher, new Float64Array(size));
  return Array.from({ length: starts }, (_, l) =>
    distanceOf(weights.subarray(l * size, (l + 1) * size), found.weights),
  ).every((distance) => distance <= allowed);
}

/**
 * The relative difference between the slope of the log distance at the end and log(1 − ηλ_min), and the deviation of
 * the log distances from a line.
 */
function slopeMeasures(
  iterations: readonly number[],
  distance: readonly number[],
  rate: number,
): Record<string, number> {
  const late = iterations
    .map((t, i) => ({ t, log: Math.log(distance[i]) }))
    .filter(({ log }) => log <= Math.log(FIT_BELOW * distance[0]));
  if (late.length < 3) return { slopeDifference: Number.NaN, lineDeviation: Number.NaN };
  const { slope, chiSquare } = weightedSlope(
    late.map(({ t }) => t),
    late.map(({ log }) => log),
  );
  return { slopeDifference: slope.value / rate - 1, lineDeviation: Math.sqrt(chiSquare / late.length) };
}

/**
 * log₁₀ of the ratio of the distance to the first distance, at the scaled times. Between recorded iterations it is
 * interpolated linearly.
 */
function scaledDistances(
  iterations: readonly number[],
  distance: readonly number[],
  rate: number,
): Record<string, number> {
  const logAt = (t: number): number => {
    const next = iterations.findIndex((iteration) => iteration >= t);
    if (next <= 0) return next === 0 ? 0 : Number.NaN;
    const share = (t - iterations[next - 1]) / (iterations[next] - iterations[next - 1]);
    const [before, after] = [distance[next - 1], distance[next]].map((value) => Math.log10(value / distance[0]));
    return before + share * (after - before);
  };
  return Object.fromEntries(SCALED_TIMES.map((tau) => [`logDistance${tau}`, logAt(tau / -rate)]));
}

/** Drawing, polishing and recording take about as long for each sample as this many flops of a descent. Measured. */
const FLOPS_PER_SAMPLE = 2.5e5;

/**
 * Flops of the descents, of three dense Hessians, and of what each sample takes whatever the network is.
 * @param usual the number of iterations that few descents exceed
 */
export function trackedCost(settings: PlantedSize & Pick<TrackedSettings, 'starts'>, usual = 500): number {
  const { K, n, starts } = settings;
  const { rows } = plantedShape(settings);
  const length = rowLength(settings);
  const iterations = Math.min(settings.iterations, usual);
  const hessians = 3 * denseHessianFlops(n, length, K, rows * length);
  return plantedCost({ ...settings, iterations }, starts) + hessians + FLOPS_PER_SAMPLE * n;
}
