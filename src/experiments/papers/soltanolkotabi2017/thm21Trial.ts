/**
 * One trial of soltanolkotabi2017-thm21: one training set with arbitrary labels; what are the stationary points that
 * are found?
 */
import { parseActivation } from '../../../core/networks/activations.js';
import { definiteOptimum, symmetricOptimum, type LiftedOptimum } from '../../../core/certificates/lifted.js';
import { trainingRows, type Network, type TrainingRows } from '../../../core/certificates/linearisation.js';
import { curvatureAt, newtonDescent, type Curvature } from '../../../core/certificates/newton.js';
import { polishedOutcome } from '../../../core/certificates/outcome.js';
import { descentState, runDescent } from '../../../core/descent/descent.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import type { Points, Problem } from '../../../core/kernels/contract.js';
import { drawLabels } from '../../../core/networks/labels.js';
import { drawGaussianStarts } from '../../../core/networks/starts.js';
import { stepSizes } from '../../../core/descent/stepsize.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

/**
 * `assumed`: k = 2d, d units of either sign. `one-sign`: k = 2d, all positive. `few-negative`: k = 2d, one negative
 * unit. `narrow`: k = d − 1 with both signs.
 */
export const REGIMES = ['assumed', 'one-sign', 'few-negative', 'narrow'] as const;
export type Regime = (typeof REGIMES)[number];

/** What a trial sees. */
interface Thm21Settings {
  readonly regime: Regime;
  readonly d: number;
  readonly n: number;
  readonly starts: number;
  readonly iterations: number;
}

/** v of a regime in dimension d. */
export function outputsOfRegime(regime: Regime, dimension: number): Float64Array {
  const neurons = regime === 'narrow' ? dimension - 1 : 2 * dimension;
  const negative = { assumed: dimension, 'one-sign': 0, 'few-negative': 1, narrow: Math.floor(neurons / 2) }[regime];
  return Float64Array.from({ length: neurons }, (_, u) => (u < neurons - negative ? 1 : -1));
}

/** Thresholds of a stationary point's class, over L(0), over √(2Lλ_max) and over λ_max. */
const CERTIFICATE = { gap: 1e-8, gradient: 1e-7, curvature: 1e-7 } as const;
/** Size of the push away from a saddle, over the entries of a start. */
const PUSH = 1e-3;
const NEWTON = { maxSteps: 400, tolerance: 1e-11, lossTarget: 0 } as const;

interface Setting {
  readonly problem: Problem;
  readonly rows: TrainingRows;
  readonly v: Float64Array;
  /** L(0) = mean y²/2: the scale of losses */
  readonly zeroLoss: number;
}

interface Stationary {
  readonly network: Network;
  readonly curvature: Curvature;
}

type PointClass = 'global' | 'saddle' | 'spurious' | 'unfinished';

export function runTrial(context: TrialContext<Thm21Settings>): TrialOutcome {
  const setting = drawSetting(context);
  const { starts } = context.settings;
  const random = drawStartWeights(context, setting, 2 * starts);
  const size = random.length / (2 * starts);
  const saddles = Array.from({ length: starts }, (_, l) =>
    saddleOf(context, setting, random.slice((starts + l) * size, (starts + l + 1) * size), l),
  );
  const fromSaddles = saddles.map(({ network }, l) =>
    network.weights.map((w, j) => w + PUSH * random[(starts + l) * size + j]),
  );
  const begins = Float64Array.from([
    ...random.subarray(0, starts * size),
    ...fromSaddles.flatMap((weights) => [...weights]),
  ]);
  const ends = endsOf(context, setting, begins, 2 * starts);
  const convex = liftedOptimum(context, setting);
  return { status: 'ok', measures: measuresOf(setting, convex, saddles, ends) };
}

function drawSetting({ settings, stream, kernels }: TrialContext<Thm21Settings>): Setting {
  const { d: dimension, n: samples } = settings;
  const v = outputsOfRegime(settings.regime, dimension);
  const drawn = drawInputs(kernels, 'gaussian', samples, dimension, stream(Purpose.data));
  const inRows = drawn.values.slice(0, samples * dimension);
  const labels = drawLabels(kernels, 'random', new Float64Array(samples), stream(Purpose.labels));
  const problem: Problem = {
    inputs: kernels.prepare(drawn),
    labels,
    shape: { strides: 1, rows: v.length },
    activation: parseActivation('quadratic'),
    loss: 'squared',
  };
  return {
    problem,
    rows: trainingRows(kernels, inRows, labels),
    v,
    zeroLoss: labels.reduce((sum, y) => sum + y * y, 0) / (2 * samples),
  };
}

function drawStartWeights(
  { settings, stream, kernels }: TrialContext<Thm21Settings>,
  { v }: Setting,
  starts: number,
): Float64Array {
  const dimension = settings.d;
  return drawGaussianStarts(kernels, starts * v.length * dimension, 1 / Math.sqrt(dimension), stream(Purpose.start));
}

function networkOf({ problem, v }: Setting, weights: Float64Array, outputWeights = v): Network {
  return { activation: problem.activation, neurons: outputWeights.length, weights, outputWeights, trainOutput: false };
}

/**
 * A stationary point with a rank-deficient W: all rows are zero but `active` of them, which stay zero under the
 * gradient 2D_v W Σ rxxᵀ/n, and the others are brought to a stationary point of their own. Which units are active runs
 * through the signs; none at all is the saddle W = 0.
 */
function saddleOf(
  { kernels, cancel }: Pick<TrialContext, 'kernels' | 'cancel'>,
  setting: Setting,
  weights: Float64Array,
  l: number,
): Stationary {
  const dimension = setting.rows.dimension;
  const active = l % Math.min(dimension, setting.v.length);
  const first = l % 2 === 0 ? 0 : setting.v.length - active;
  const part = (values: Float64Array, width: number): Float64Array =>
    values.slice(first * width, (first + active) * width);
  const full = new Float64Array(weights.length);
  if (active > 0) {
    const reduced = newtonDescent(
      kernels,
      setting.rows,
      networkOf(setting, part(weights, dimension), part(setting.v, 1)),
      { ...NEWTON, cancel },
    );
    full.set(reduced.network.weights, first * dimension);
  }
  const network = networkOf(setting, full);
  return { network, curvature: curvatureAt(kernels, setting.rows, network) };
}

/** Descent from every start, then Newton to a stationary point. */
function endsOf(
  { settings, kernels, cancel }: TrialContext<Thm21Settings>,
  setting: Setting,
  weights: Float64Array,
  starts: number,
): Stationary[] {
  const outputWeights = new Float64Array(starts * setting.v.length).map((_, at) => setting.v[at % setting.v.length]);
  const points: Points = { starts, weights, outputWeights };
  const state = descentState(points, stepsOf(kernels, setting.problem, points), false, {
    backtracking: true,
    lossTolerance: 1e-12,
  });
  runDescent(kernels, setting.problem, state, { iterations: settings.iterations, tolerance: 0, cancel });
  const size = weights.length / starts;
  return Array.from({ length: starts }, (_, l) => {
    const end = networkOf(setting, state.weights.slice(l * size, (l + 1) * size));
    const polished = polishedOutcome(kernels, setting.rows, end, {
      firstLoss: setting.zeroLoss,
      newtonSteps: NEWTON.maxSteps,
      cancel,
    });
    return newtonDescent(kernels, setting.rows, polished.network, { ...NEWTON, cancel });
  });
}

/**
 * The steps of the random starts, the first half, for both halves: near the saddle W = 0 the Jacobian is near zero, and
 * its step would be far too long for what follows.
 */
function stepsOf(
  kernels: TrialContext['kernels'],
  problem: Problem,
  { starts, weights, outputWeights }: Points,
): Float64Array {
  const half = starts / 2;
  const random = {
    starts: half,
    weights: weights.subarray(0, weights.length / 2),
    outputWeights: outputWeights.subarray(0, outputWeights.length / 2),
  };
  const steps = stepSizes(kernels, problem, random, { kind: 'gauss-newton', factor: 1 }, false);
  return Float64Array.from({ length: starts }, (_, l) => steps[l % half]);
}

/** The convex optimum that bounds the loss from below: over all M, or over those of one sign. */
function liftedOptimum(context: Pick<TrialContext, 'kernels' | 'stream'>, { rows, v }: Setting): LiftedOptimum {
  if (v.some((value) => value < 0)) return symmetricOptimum(context.kernels, rows);
  const start = drawGaussianStarts(
    context.kernels,
    (rows.dimension + 1) * rows.dimension,
    1,
    context.stream(Purpose.algorithm),
  );
  return definiteOptimum(context.kernels, rows, start);
}

function measuresOf(
  setting: Setting,
  convex: LiftedOptimum,
  saddles: readonly Stationary[],
  ends: readonly Stationary[],
): Record<string, number> {
  const best = Math.min(...[...saddles, ...ends].map(({ curvature }) => curvature.loss));
  const classes = [...saddles, ...ends].map((point) => classOf(point, best, setting.zeroLoss));
  const count = (name: PointClass, from = 0): number => classes.slice(from).filter((found) => found === name).length;
  const strict = saddles.filter((_, l) => classes[l] !== 'global').map(({ curvature }) => leastCurvature(curvature));
  return {
    globalPoints: count('global'),
    saddlePoints: count('saddle'),
    spuriousPoints: count('spurious'),
    unfinishedPoints: count('unfinished'),
    noSpurious: count('spurious') === 0 ? 1 : 0,
    endsGlobal: count('global', saddles.length) / ends.length,
    attainsConvex: best - convex.lowerBound <= CERTIFICATE.gap * setting.zeroLoss ? 1 : 0,
    bestLoss: best / setting.zeroLoss,
    convexLoss: convex.loss / setting.zeroLoss,
    convexGap: (convex.loss - convex.lowerBound) / setting.zeroLoss,
    worstLoss: Math.max(...ends.map(({ curvature }) => curvature.loss)) / setting.zeroLoss,
    saddleCurvature: strict.length === 0 ? Number.NaN : Math.max(...strict),
    allStrict: strict.every((curvature) => curvature < -CERTIFICATE.curvature) ? 1 : 0,
  };
}

/** λ_min/λ_max, with the larger size of the two below. */
function leastCurvature({ eigenvalues }: Curvature): number {
  return eigenvalues[0] / Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[eigenvalues.length - 1]));
}

/** Spurious is certain: stationary without negative curvature, while a lower point is known. */
function classOf({ curvature }: Stationary, best: number, zeroLoss: number): PointClass {
  if (curvature.loss - best <= CERTIFICATE.gap * zeroLoss) return 'global';
  if (!(curvature.relativeGradient <= CERTIFICATE.gradient)) return 'unfinished';
  return leastCurvature(curvature) < -CERTIFICATE.curvature ? 'saddle' : 'spurious';
}

/** Flops of the descents, and of about 60 Newton steps of 30 p³ with p = kd for each end. */
export function trialCost({ regime, d, n, starts, iterations }: Thm21Settings): number {
  const neurons = outputsOfRegime(regime, d).length;
  return 2 * starts * (iterations * n * neurons * (4 * d + 20) + 60 * 30 * (neurons * d) ** 3);
}
