/**
 * One trial of soltanolkotabi2017-thm22, on one planted training set: where do descents end, and does every point on
 * their paths satisfy the bound on approximate minima?
 */
import { moved, outputsOf, type Network } from '../../../core/certificates/linearisation.js';
import { curvatureAt, newtonDescent, type Curvature } from '../../../core/certificates/newton.js';
import { logSchedule } from '../../../core/descent/descent.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { outputWeights } from '../../../core/networks/networks.js';
import { drawTeacher, frobeniusNorm } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import { keepInputs, keepStarts, keepTeaching } from '../../keeper.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';
import {
  CERTIFICATE,
  classOf,
  descentEnds,
  drawStartWeights,
  fixedOutput,
  leastCurvature,
  NEWTON,
  pushed,
  QUADRATIC,
  saddleOf,
  startingPoints,
  type FixedOutput,
  type Stationary,
} from './stationary.js';

/** The settings of a trial. */
export interface Thm22Settings {
  readonly K: number;
  readonly d: number;
  readonly n: number;
  readonly nu: number;
  readonly starts: number;
  readonly smallStart: number;
  readonly iterations: number;
}

/** A loss of at most this share of L(0) is zero. */
export const ZERO = 1e-12;
/** The steps along negative curvature, relative to the size of W, and the largest number of escapes. */
const ESCAPES = { most: 5, steps: [0.5, 0.1, 0.02, -0.02, -0.1, -0.5] } as const;

interface PlantedFixedOutput extends FixedOutput {
  /** N = ‖W*ᵀD_{v*}W*‖_* = ‖W*‖²_F for v* = 1 */
  readonly nuclear: number;
  /** ‖W‖_F of a network with the outputs of the teacher: ‖W*‖_F/√ν */
  readonly size: number;
}

export function runTrial(context: TrialContext<Thm22Settings>): TrialOutcome {
  const { starts, iterations } = context.settings;
  const { setting, saddles, starting } = drawSetting(context);
  let worst = 0;
  const ends = descentEnds(context, setting, starting, starts, {
    iterations,
    schedule: logSchedule(iterations, 2),
    look: (points) => {
      for (const point of points.slice(2 * starts)) worst = Math.max(worst, boundRatio(context, setting, point));
    },
  }).map((end) => secondOrderPoint(context, setting, end));
  return { status: 'ok', measures: { ...measuresOf(setting, saddles, ends), boundRatio: worst } };
}

interface Started {
  readonly setting: PlantedFixedOutput;
  readonly saddles: readonly Stationary[];
  /** W (K, d) of each start: random ones, those near the saddles, and small ones */
  readonly starting: readonly Float64Array[];
}

/** The planted training set of a trial, its saddles and its starts. */
export function drawSetting(context: TrialContext<Thm22Settings>): Started {
  const { starts, nu, smallStart, K } = context.settings;
  const setting = drawPlantedSet(context);
  const drawn = drawStartWeights(context, setting, 3 * starts);
  const size = drawn.length / (3 * starts);
  // W/√ν with v = ν has the same outputs as W with v = 1.
  const row = (l: number, scale = 1): Float64Array =>
    drawn.slice(l * size, (l + 1) * size).map((w) => (scale * w) / Math.sqrt(nu));
  const range = (from: number): number[] => Array.from({ length: starts }, (_, l) => from + l);
  const saddles = range(starts).map((l) => saddleOf(context, setting, row(l), l - starts));
  const starting = [
    ...range(0).map((l) => row(l)),
    ...saddles.map((saddle, l) => pushed(saddle, row(starts + l))),
    ...range(2 * starts).map((l) => row(l, smallStart)),
  ];
  keepStarts(context.keep, K, startingPoints(setting, starting));
  return { setting, saddles, starting };
}

function drawPlantedSet({ settings, stream, kernels, keep }: TrialContext<Thm22Settings>): PlantedFixedOutput {
  const { d, n, K, nu } = settings;
  const drawn = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data));
  keepInputs(keep, drawn);
  const teacher = drawTeacher(kernels, 'gaussian', d, d, 1 / Math.sqrt(d), stream(Purpose.teacher));
  const planted = { starts: 1, weights: teacher, outputWeights: outputWeights('sum', 1, d) };
  const labelsOf = (inputs: Parameters<typeof kernels.outputs>[0]): Float64Array =>
    kernels.outputs(inputs, { strides: 1, rows: d }, QUADRATIC, planted);
  const norm = frobeniusNorm(teacher);
  const set = fixedOutput(kernels, drawn, new Float64Array(K).fill(nu), labelsOf);
  const teaching = { problem: set.problem, teacher, teacherOutput: planted.outputWeights };
  keepTeaching(keep, teaching, { architecture: 'fcn', output: 'sum', labels: 'regression' });
  return { ...set, nuclear: norm ** 2, size: norm / Math.sqrt(nu) };
}

/**
 * A stationary point reached from the end of a descent. Newton's method may converge to a saddle with small negative
 * curvature. In that case a step along the negative curvature leaves the saddle. Its length and sign are those that
 * give the lowest loss. At a saddle near W = 0 the teacher gives the scale of the step, because ‖W‖_F is no scale there.
 */
function secondOrderPoint(
  { kernels, cancel }: Pick<TrialContext, 'kernels' | 'cancel'>,
  { rows, zeroLoss, size }: PlantedFixedOutput,
  end: Network,
): Stationary {
  let point = newtonDescent(kernels, rows, end, { ...NEWTON, cancel });
  for (let left = ESCAPES.most; left > 0 && classOf(point, 0, zeroLoss) === 'saddle'; left--) {
    const { network, curvature } = point;
    const along = curvature.eigenvectors.slice(0, network.weights.length);
    const scale = Math.max(size, frobeniusNorm(network.weights));
    const tried = ESCAPES.steps.map((step) => moved(network, along, step * scale));
    const losses = tried.map((candidate) => outputsOf(kernels, rows, candidate).loss);
    point = newtonDescent(kernels, rows, tried[losses.indexOf(Math.min(...losses))], { ...NEWTON, cancel });
  }
  return point;
}

/** The ratio of the loss to the bound of Theorem 2.2 at this point; 0 at a loss of zero, and NaN for k ≤ d. */
function boundRatio(
  { kernels, settings }: Pick<TrialContext<Thm22Settings>, 'kernels' | 'settings'>,
  setting: PlantedFixedOutput,
  point: Network,
): number {
  if (settings.K <= settings.d) return Number.NaN;
  const curvature = curvatureAt(kernels, setting.rows, point);
  return curvature.loss <= ZERO * setting.zeroLoss
    ? 0
    : curvature.loss / approximateMinimumBound(curvature, setting.nuclear, settings.nu);
}

/**
 * The largest loss of a point with ‖∇L‖_F = ε_g and ∇²L ⪰ −ε_H I:
 * (ε_g/√ν) max(√(1 + 14N), 4ε_g/√ν) + ε_H N/(2ν). Source: soltanolkotabi2017, Theorem 2.2 after (2.1), and (6.28).
 */
export function approximateMinimumBound(
  { gradientNorm, eigenvalues }: Pick<Curvature, 'gradientNorm' | 'eigenvalues'>,
  nuclear: number,
  nu: number,
): number {
  const gradient = gradientNorm / Math.sqrt(nu);
  const curvature = Math.max(0, -eigenvalues[0]);
  return gradient * Math.max(Math.sqrt(1 + 14 * nuclear), 4 * gradient) + (curvature * nuclear) / (2 * nu);
}

function measuresOf(
  { zeroLoss }: FixedOutput,
  saddles: readonly Stationary[],
  ends: readonly Stationary[],
): Record<string, number> {
  const points = [...saddles, ...ends];
  // The planted network has loss 0. Therefore any other stationary point without negative curvature is spurious.
  const classes = points.map((point) => classOf(point, 0, zeroLoss));
  const count = (name: (typeof classes)[number]): number => classes.filter((found) => found === name).length;
  const losses = ends.map(({ curvature }) => curvature.loss / zeroLoss);
  const atZero = losses.filter((loss) => loss <= ZERO).length / losses.length;
  return {
    zeroEnds: atZero,
    allZero: atZero === 1 ? 1 : 0,
    noneZero: atZero === 0 ? 1 : 0,
    noSpurious: count('spurious') === 0 ? 1 : 0,
    allFinished: count('unfinished') === 0 ? 1 : 0,
    allStrict: saddles.every(
      (saddle) => saddle.curvature.loss <= ZERO * zeroLoss || leastCurvature(saddle.curvature) < -CERTIFICATE.curvature,
    )
      ? 1
      : 0,
    worstLoss: Math.max(...losses),
  };
}

/**
 * Flops of the descents, of about 30 Newton steps for each end and saddle, and of a Hessian at each point of the
 * schedule. Each takes n p² + 10 p³ with p = kd, for the Jacobian product and the eigenvalues.
 */
export function trialCost({ K, d, n, starts, iterations }: Thm22Settings): number {
  const variables = K * d;
  const hessians = starts * (4 * 30 + 2 * Math.log2(iterations));
  return 3 * starts * iterations * n * K * (4 * d + 20) + hessians * (2 * n * variables ** 2 + 10 * variables ** 3);
}
