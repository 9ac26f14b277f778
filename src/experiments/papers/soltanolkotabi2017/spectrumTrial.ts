/**
 * One trial of soltanolkotabi2017-spectrum: the Jacobian and its centred version at the planted network, and both sides
 * of the lemmas of Section 7.3 at a point near it.
 */
import {
  gradientOf,
  jacobianGram,
  linearise,
  moved,
  trainingRows,
  variableCount,
  type Linearisation,
  type Network,
  type TrainingRows,
} from '../../../core/certificates/linearisation.js';
import { hessianOf } from '../../../core/certificates/newton.js';
import { largestEigenvalues } from '../../../core/curvature/lanczos.js';
import { parseActivation, type Activation } from '../../../core/networks/activations.js';
import { drawInputs } from '../../../core/networks/inputs.js';
import { drawTeacher, frobeniusNorm } from '../../../core/networks/teachers.js';
import { Purpose } from '../../../core/streams.js';
import { expectation } from '../../../theory/expectation.js';
import { bendProperty, slopeProperty } from '../../../theory/properties.js';
import type { TrialContext, TrialOutcome } from '../../spec.js';

/** The settings of a trial. k = d. */
export interface SpectrumSettings {
  readonly activation: string;
  readonly d: number;
  readonly n: number;
  /** ‖W − W*‖_F of the point near W* */
  readonly distance: number;
}

/** The numbers of an activation that the bounds contain, for rows of norm 1. */
export interface Bounds {
  /** B = sup |φ′| */
  readonly slope: number;
  /** L = sup |φ″| */
  readonly bend: number;
  /** φ(0) */
  readonly atZero: number;
  /** μ = E φ′(g) */
  readonly mean: number;
  /** γ = E φ′(g)g */
  readonly curvature: number;
}

export function boundsOf(activation: Activation): Bounds {
  const { value, derivative } = activation;
  return {
    slope: slopeProperty(activation).bound,
    bend: bendProperty(activation).bound,
    atZero: value(0),
    mean: expectation(derivative),
    curvature: expectation((z) => derivative(z) * z),
  };
}

type Kernels = TrialContext['kernels'];

/** W* orthogonal and v* = 1, with labels of this network, and a point (W, v) near it. */
interface Setting {
  readonly rows: TrainingRows;
  readonly planted: Network;
  readonly near: Network;
  /** ‖v − v*‖_∞ */
  readonly outputDistance: number;
}

/** v − v* is uniform in a cube of half side ‖W − W*‖_F/√k. */
function drawSetting({ settings, stream, kernels }: TrialContext<SpectrumSettings>): Setting {
  const { d, n, distance } = settings;
  const inputs = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)).values.slice(0, n * d);
  const planted: Network = {
    activation: parseActivation(settings.activation),
    neurons: d,
    weights: drawTeacher(kernels, 'orthonormal', d, d, 1, stream(Purpose.teacher)),
    outputWeights: new Float64Array(d).fill(1),
    trainOutput: true,
  };
  const { values } = linearise(kernels, trainingRows(kernels, inputs, new Float64Array(n)), planted);
  const rows = trainingRows(kernels, inputs, kernels.multiply(planted.outputWeights, values, 1, n, d));
  const [towards, shift] = [new Float64Array(d * d), new Float64Array(d)];
  kernels.normals(stream(Purpose.start), 0, towards);
  kernels.uniforms(stream(Purpose.startOutput), 0, shift);
  const factor = distance / frobeniusNorm(towards);
  const outputs = shift.map((u) => ((2 * u - 1) * distance) / Math.sqrt(d));
  const direction = Float64Array.of(...towards.map((w) => factor * w), ...outputs);
  return { rows, planted, near: moved(planted, direction), outputDistance: largest(outputs) };
}

export function runTrial(context: TrialContext<SpectrumSettings>): TrialOutcome {
  const { settings, kernels } = context;
  const setting = drawSetting(context);
  const bounds = boundsOf(setting.planted.activation);
  return {
    status: 'ok',
    measures: { ...centring(kernels, setting, bounds, settings), ...nearby(kernels, setting, bounds, settings) },
  };
}

/** Propositions 7.1 and 7.2: σ²_min and σ_max of J and of J̃. */
function centring(
  kernels: Kernels,
  { rows, planted }: Setting,
  { bend, mean, curvature }: Bounds,
  { d, n }: SpectrumSettings,
): Record<string, number> {
  const at = linearise(kernels, rows, planted);
  const whole = extremesOf(kernels, rows, planted, at.slopes);
  const centred = extremesOf(
    kernels,
    rows,
    planted,
    at.slopes.map((slope) => slope - mean),
  );
  // (7.4) without the terms whose constant is not printed, which would only make it weaker.
  const least = centred.smallest ** 2 - 4 * Math.sqrt(3) * n * bend ** 2;
  return {
    smallestKept: whole.smallest / centred.smallest,
    smallestHolds: Number(whole.smallest ** 2 >= least),
    smallestSays: Number(least > 0),
    largestHolds: Number(whole.largest <= centred.largest + 3 * Math.sqrt(n) * mean * Math.sqrt(d)),
    centredSmallest: centred.smallest / d,
    halfHolds: Number(centred.smallest >= (d / 2) * (curvature || 1)),
    centredLargest: centred.largest / (d + Math.sqrt(n * d) * curvature),
  };
}

/** Lemmas 7.11 to 7.14 at the point near the planted network. */
function nearby(
  kernels: Kernels,
  { rows, planted, near, outputDistance }: Setting,
  { slope, bend, atZero }: Bounds,
  { d, n, distance }: SpectrumSettings,
): Record<string, number> {
  const [from, to] = [linearise(kernels, rows, planted), linearise(kernels, rows, near)];
  const change = extremesOf(
    kernels,
    rows,
    planted,
    to.slopes.map((value, i) => value - from.slopes[i]),
  ).largest;
  const apart = spectralNorm(
    kernels,
    near.weights.map((w, j) => w - planted.weights[j]),
    d,
  );
  const outputGradient = gradientOf(kernels, rows, near, to).subarray(d * d);
  const lossBound = d * distance ** 2 + 2 * (atZero ** 2 + 2 * slope ** 2) * d ** 2 * outputDistance ** 2;
  const gradientBound = (4 * atZero ** 2 + 256 * slope ** 2) * to.loss;
  const most = largestCurvature(kernels, rows, near);
  const outputMost = largest(near.outputWeights);
  return {
    perturbation: change / (Math.sqrt(n * d) * (apart + outputDistance)),
    gradientShare: largest(outputGradient) ** 2 / gradientBound,
    lossShare: to.loss / lossBound,
    smoothness: most / d,
    smoothnessShare: most / ((8 * outputMost ** 2 * slope * bend + 4 * slope ** 2 + 2 * atZero ** 2) * d),
  };
}

/** σ_min and σ_max of the Khatri–Rao product of given slopes (k, n) and the inputs. */
function extremesOf(
  kernels: Kernels,
  rows: TrainingRows,
  network: Network,
  slopes: Linearisation['slopes'],
): { readonly smallest: number; readonly largest: number } {
  const at = { ...linearise(kernels, rows, network), slopes };
  const gram = jacobianGram(kernels, rows, { ...network, trainOutput: false }, at);
  const { values } = kernels.symmetricEigen(gram, rows.samples);
  return { smallest: Math.sqrt(Math.max(0, values[0])), largest: Math.sqrt(values[values.length - 1]) };
}

/** λ_max(∇²L) in (W, v). */
function largestCurvature(kernels: Kernels, rows: TrainingRows, network: Network): number {
  const size = variableCount(rows, network);
  const hessian = hessianOf(kernels, rows, network, linearise(kernels, rows, network));
  return largestEigenvalues(kernels, (vector) => kernels.multiply(hessian, vector, size, 1, size), 1, size)[0];
}

function spectralNorm(kernels: Kernels, matrix: Float64Array, size: number): number {
  return kernels.svd(matrix, size, size).s[0];
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
