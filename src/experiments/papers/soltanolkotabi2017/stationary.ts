/**
 * Stationary points of quadratic networks with fixed v, for Theorems 2.1 and 2.2: constructed points with
 * rank-deficient W, and the ends of descents.
 */
import { trainingRows, type Network, type TrainingRows } from '../../../core/certificates/linearisation.js';
import { curvatureAt, newtonDescent, type Curvature } from '../../../core/certificates/newton.js';
import { descentState, runDescent, type DescentOptions } from '../../../core/descent/descent.js';
import { stepSizes } from '../../../core/descent/stepsize.js';
import type { Inputs, NativeKernels, Points, PreparedInputs, Problem } from '../../../core/kernels/contract.js';
import { parseActivation } from '../../../core/networks/activations.js';
import { drawGaussianStarts } from '../../../core/networks/starts.js';
import { Purpose } from '../../../core/streams.js';
import type { TrialContext } from '../../spec.js';

export const QUADRATIC = parseActivation('quadratic');

/** Thresholds for the class of a stationary point, relative to L(0), to √(2Lλ_max) and to λ_max. */
export const CERTIFICATE = { gap: 1e-8, gradient: 1e-7, curvature: 1e-7 } as const;
export const NEWTON = { maxSteps: 400, tolerance: 1e-11, lossTarget: 0 } as const;
/** Size of the perturbation away from a saddle, relative to the entries of a start. */
const PUSH = 1e-3;

/** One training set with the v of its networks. */
export interface FixedOutput {
  readonly problem: Problem;
  readonly rows: TrainingRows;
  readonly v: Float64Array;
  /** L(0) = mean y²/2, the scale of all losses */
  readonly zeroLoss: number;
}

export interface Stationary {
  readonly network: Network;
  readonly curvature: Curvature;
}

type Context = Pick<TrialContext, 'kernels' | 'cancel'>;

/**
 * A training set of networks with fixed v.
 * @param drawn X, which is prepared here
 * @param labelsOf computes y (n) from the prepared inputs
 */
export function fixedOutput(
  kernels: NativeKernels,
  drawn: Inputs,
  v: Float64Array,
  labelsOf: (inputs: PreparedInputs) => Float64Array,
): FixedOutput {
  const inRows = drawn.values.slice(0, drawn.samples * drawn.dimension);
  const inputs = kernels.prepare(drawn);
  const labels = labelsOf(inputs);
  return {
    problem: { inputs, labels, shape: { strides: 1, rows: v.length }, activation: QUADRATIC, loss: 'squared' },
    rows: trainingRows(kernels, inRows, labels),
    v,
    zeroLoss: labels.reduce((sum, y) => sum + y * y, 0) / (2 * labels.length),
  };
}

/** W (starts, K, d) with N(0, 1/d) entries. */
export function drawStartWeights(
  { stream, kernels }: Pick<TrialContext, 'stream' | 'kernels'>,
  { v, rows: { dimension } }: FixedOutput,
  starts: number,
): Float64Array {
  return drawGaussianStarts(kernels, starts * v.length * dimension, 1 / Math.sqrt(dimension), stream(Purpose.start));
}

export function networkOf({ v }: FixedOutput, weights: Float64Array, outputWeights = v): Network {
  return { activation: QUADRATIC, neurons: outputWeights.length, weights, outputWeights, trainOutput: false };
}

/**
 * A stationary point with a rank-deficient W. All rows except `active` of them are zero, and they stay zero under the
 * gradient 2D_v W Σ rxxᵀ/n. The active rows are moved to a stationary point of the smaller network. l determines which
 * units are active, and thereby their signs. With no active unit the point is the saddle W = 0.
 */
export function saddleOf(
  { kernels, cancel }: Context,
  setting: FixedOutput,
  weights: Float64Array,
  l: number,
): Stationary {
  const { dimension } = setting.rows;
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

/** Weights slightly away from a stationary point, in the direction of a random start. */
export function pushed({ network }: Stationary, towards: Float64Array): Float64Array {
  return network.weights.map((w, j) => w + PUSH * towards[j]);
}

/** Networks with the fixed v as one batch of points. */
export function startingPoints({ v }: Pick<FixedOutput, 'v'>, weights: readonly Float64Array[]): Points {
  return {
    starts: weights.length,
    weights: Float64Array.from(weights.flatMap((own) => [...own])),
    outputWeights: new Float64Array(weights.length * v.length).map((_, at) => v[at % v.length]),
  };
}

/**
 * The ends of backtracking descents from the starts (L, K, d). The first `random` starts are random and have their own
 * step sizes. The other starts use the same step sizes, because the Jacobian is almost zero near the saddle W = 0, and
 * a step size computed there would be far too large for the rest of the descent.
 */
export function descentEnds(
  { kernels, cancel }: Context,
  setting: FixedOutput,
  starts: readonly Float64Array[],
  random: number,
  options: Pick<DescentOptions, 'iterations' | 'schedule'> & { readonly look?: (ends: Network[]) => void },
): Network[] {
  const { problem } = setting;
  const { look, ...rest } = options;
  const steps = stepSizes(
    kernels,
    problem,
    startingPoints(setting, starts.slice(0, random)),
    { kind: 'gauss-newton', factor: 1 },
    false,
  );
  const state = descentState(
    startingPoints(setting, starts),
    Float64Array.from(starts, (_, l) => steps[l % random]),
    false,
    { backtracking: true, lossTolerance: 1e-12 },
  );
  const networks = (): Network[] =>
    starts.map(({ length }, l) => networkOf(setting, state.weights.slice(l * length, (l + 1) * length)));
  runDescent(kernels, problem, state, { ...rest, tolerance: 0, cancel, ...(look && { look: () => look(networks()) }) });
  return networks();
}

/** λ_min divided by max(|λ_min|, |λ_max|). */
export function leastCurvature({ eigenvalues }: Curvature): number {
  return eigenvalues[0] / Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[eigenvalues.length - 1]));
}

export type PointClass = 'global' | 'saddle' | 'spurious' | 'unfinished';

/**
 * The class of a point. It is spurious if it is stationary without negative curvature, and if its loss is above `best`,
 * which is the loss of a known point.
 */
export function classOf({ curvature }: Stationary, best: number, zeroLoss: number): PointClass {
  if (curvature.loss - best <= CERTIFICATE.gap * zeroLoss) return 'global';
  if (!(curvature.relativeGradient <= CERTIFICATE.gradient)) return 'unfinished';
  return leastCurvature(curvature) < -CERTIFICATE.curvature ? 'saddle' : 'spurious';
}
