/**
 * RecMag and RecMagSign: signs, magnitudes and output weights from the directions (fu2018, Appendix C; zhong2017,
 * Section 5).
 */
import type { Activation } from '../networks/activations.js';
import { refuse } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { matrixMoment, vectorMoment, type MomentOrder } from './contractions.js';
import { dot, row, symmetricSolution } from './dense.js';
import type { HermiteMoments } from './orders.js';
import type { Samples } from './samples.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'symmetricEigen'>;

const [SMALLEST_NORM, LARGEST_NORM] = [1e-6, 1e6];
/** Share of the supremum of |m_j|: an estimate above it says only that the norm is large. */
const CLIP = 0.998;

/** σ in 1e-6 … 1e6 with |m_j(σ)| = value; |m_j| must increase. Values below and near or above its range are clipped. */
export function normOfMoment(moments: HermiteMoments, order: MomentOrder, value: number): number {
  const size = (sigma: number): number => Math.abs(moments(sigma)[order - 1]);
  const target = Math.min(value, CLIP * size(LARGEST_NORM));
  if (!(target > size(SMALLEST_NORM))) return SMALLEST_NORM;
  // In logarithms: m_j is a power of σ where σ is small, and stays one for homogeneous φ.
  return Math.exp(
    increasingRoot((at) => Math.log(size(Math.exp(at)) / target), Math.log(SMALLEST_NORM), Math.log(LARGEST_NORM)),
  );
}

const [HALVINGS, MOST_SECANTS] = [6, 60];
const ROOT_TOLERANCE = 1e-13;

/**
 * The root of an increasing function that is negative at `low` and positive at `high`: bisection, then Illinois' false
 * position.
 */
function increasingRoot(f: (at: number) => number, low: number, high: number): number {
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  let [a, fa, b, fb] = [low, f(low), high, f(high)];
  for (let step = 0; step < MOST_SECANTS && Math.abs(fb) > ROOT_TOLERANCE; step++) {
    const next = b - (fb * (b - a)) / (fb - fa);
    const value = f(next);
    if (value < 0 === fb < 0) fa /= 2;
    else [a, fa] = [b, fb];
    [b, fb] = [next, value];
  }
  return b;
}

/**
 * How |z_i| becomes ‖w_i‖: `inverted` solves |m_{l₁}(‖w_i‖)| = |z_i|; `as-coded` is what the code behind zhong2017's
 * figures computes for φ with m_1(σ) = cσ²: √|z_i|/c in place of √(|z_i|/c), which multiplies W₀ by 1/√c, 1.12 for
 * squared ReLU.
 */
export type Magnitudes = 'inverted' | 'as-coded';

/**
 * What `as-coded` multiplies the correct W₀ by.
 * @throws InputError when m_1 is not cσ²
 */
export function codedFactor({ name }: Activation, moments: HermiteMoments): number {
  const [one, two] = [moments(1)[0], moments(2)[0]];
  if (!(one > 0 && Math.abs(two / one - 4) < 1e-9))
    refuse('the activation of magnitudes as coded', 'one with m_1(σ) = cσ², as squared-relu', name);
  return 1 / Math.sqrt(one);
}

/** What the magnitudes are recovered from. */
export interface Recovery {
  readonly samples: Samples;
  readonly moments: HermiteMoments;
  /** l₁ */
  readonly order: MomentOrder;
  /** α (d) */
  readonly direction: Float64Array;
  /** (K, d): V u_i, unit rows */
  readonly directions: Float64Array;
}

/**
 * W (K, d) for known v (K): z = argmin ‖Σ_i z_i v_i V u_i − Q_1‖ with Q_1 = M_{l₁}(I, α, …, α), then ‖w_i‖ from
 * |z_i| = |m_{l₁}(‖w_i‖) (αᵀV u_i)^{l₁−1}| and, for odd l₁, the sign of w_i from that of z_i. For even l₁ the sign is not in Q_1.
 */
export function recoverMagnitudes(kernels: Kernels, recovery: Recovery, outputWeights: Float64Array): Float64Array {
  const { samples, moments, order, direction, directions } = recovery;
  const neurons = outputWeights.length;
  const z = vectorCoefficients(kernels, directions, neurons, vectorMoment(kernels, samples, order, direction)).map(
    (value, i) => value / outputWeights[i],
  );
  const weights = new Float64Array(directions.length);
  z.forEach((value, i) => {
    const unitDirection = row(directions, i, samples.dimension);
    const norm = normOfMoment(moments, order, Math.abs(value) / Math.abs(dot(direction, unitDirection)) ** (order - 1));
    const sign = order % 2 === 1 && value * moments(norm)[order - 1] < 0 ? -1 : 1;
    weights.set(
      unitDirection.map((entry) => sign * norm * entry),
      i * samples.dimension,
    );
  });
  return weights;
}

/**
 * v ∈ {−1, +1}^K from an even moment: r = argmin ‖Σ_i r_i V u_i (V u_i)ᵀ − M_j(I, I, α, …)‖ and v_i = sign(r_i m_j),
 * whatever the signs of the u_i. With an odd moment in its place, as zhong2017 allows, only the product of v_i and the
 * sign of w_i would show.
 */
export function recoverSigns(
  kernels: Kernels,
  { samples, moments, direction, directions }: Recovery,
  neurons: number,
  even: 2 | 4,
): Float64Array {
  const r = matrixCoefficients(kernels, directions, neurons, matrixMoment(kernels, samples, even, direction));
  return r.map((value) => (value * moments(1)[even - 1] < 0 ? -1 : 1));
}

/** argmin ‖Σ_i z_i a_i − q‖ for rows a_i (k, d). */
function vectorCoefficients(kernels: Kernels, rows: Float64Array, count: number, target: Float64Array): Float64Array {
  return symmetricSolution(
    kernels,
    gram(kernels, rows, count),
    kernels.multiply(rows, target, count, 1, target.length),
  );
}

/** argmin ‖Σ_i r_i a_i a_iᵀ − Q‖_F for rows a_i (k, d). */
function matrixCoefficients(kernels: Kernels, rows: Float64Array, count: number, target: Float64Array): Float64Array {
  const dimension = rows.length / count;
  const images = kernels.multiply(rows, target, count, dimension, dimension);
  const right = Float64Array.from({ length: count }, (_, i) => dot(row(images, i, dimension), row(rows, i, dimension)));
  return symmetricSolution(
    kernels,
    gram(kernels, rows, count).map((value) => value * value),
    right,
  );
}

function gram(kernels: Kernels, rows: Float64Array, count: number): Float64Array {
  return kernels.multiply(rows, rows, count, count, rows.length / count, false, true);
}
