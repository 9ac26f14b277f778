/** The third derivative of the population risk at an orthonormal W*, in closed form. */
import type { Activation } from '../core/networks/activations.js';
import { expectation } from './expectation.js';
import { requireEvenSlope } from './orthonormalHessian.js';
import { quantities } from './quantities.js';

/** A direction of unit Frobenius norm (K, d), and ∇³f(W*)[D, D, D] there. */
export interface CubicPoint {
  readonly direction: Float64Array;
  readonly value: number;
}

/** Coefficients of the cubic form of K neurons, from α_q, η_q = E[φ″(sz) z^q] and μ_q = E[φ′(sz) φ″(sz) z^q]. */
interface Coefficients {
  readonly cubes: number;
  readonly norms: number;
  readonly u: number;
  readonly v: number;
  readonly w: number;
}

/** Iterations of the power method; it ends before when the direction moves by less than `STILL`. */
const ITERATIONS = 2000;
const STILL = 1e-9;

/**
 * ∇³f(W*)[D, D, D] and its gradient in D for f = ½E(y − (1/K) Σ φ(w_kᵀx))², x ~ N(0, I), the rows of W* being s times
 * the first K ≤ d unit vectors, φ′ even. The residual is zero at W*, so the form is (3/K²) Σ_ij E[φ′(s x_i) D_iᵀx φ″(s
 * x_j) (D_jᵀx)²]. Of i ≠ j only what is odd in x_j and even in x_i remains. Derivation: docs/derivations/third-derivative.md.
 * @throws RangeError where φ′ is not even
 */
export function orthonormalCubic(
  activation: Activation,
  s: number,
  K: number,
): (direction: Float64Array) => { readonly value: number; readonly gradient: Float64Array } {
  const coefficients = coefficientsOf(activation, s);
  return (direction) => {
    const gradient = cubicGradient(coefficients, K, direction);
    for (let at = 0; at < gradient.length; at++) gradient[at] *= 3 / (K * K);
    return { value: dot(gradient, direction) / 3, gradient };
  };
}

/**
 * The Lipschitz constant of ∇²f at W*: max ‖∇³f(W*)[D]‖ over unit D. For a symmetric form it is max |∇³f(W*)[D, D, D]|
 * (Banach 1938). The shifted power method climbs from the given start; the form is odd, so its value is positive.
 */
export function steepestDirection(form: ReturnType<typeof orthonormalCubic>, start: Float64Array): CubicPoint {
  let direction = unit(start);
  let { value, gradient } = form(direction);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const shift = Math.abs(value);
    const sign = value < 0 ? -1 : 1;
    const next = unit(direction.map((entry, at) => (sign * gradient[at]) / 3 + shift * entry));
    const moved = Math.hypot(...next.map((entry, at) => entry - direction[at]));
    direction = next;
    ({ value, gradient } = form(direction));
    if (moved < STILL) break;
  }
  return value < 0 ? { direction: direction.map((entry) => -entry), value: -value } : { direction, value };
}

function coefficientsOf(activation: Activation, s: number): Coefficients {
  const { alpha, beta } = quantities(activation, s);
  const [a0, a1, a2] = alpha;
  requireEvenSlope(activation, a1, beta[0]);
  const first = (z: number): number => activation.derivative(s * z);
  const second = (z: number): number => activation.secondDerivative(s * z);
  const [eta1, eta3] = [expectation((z) => second(z) * z), expectation((z) => second(z) * z ** 3)];
  const [mu1, mu3] = [1, 3].map((q) => expectation((z) => first(z) * second(z) * z ** q));
  return { cubes: mu3 - 3 * mu1, norms: 3 * mu1, u: (a2 - a0) * eta1, v: a0 * (eta3 - 3 * eta1), w: a0 * eta1 };
}

/**
 * The gradient of Σ_j cubes·t_jj³ + norms·t_jj N_j + Σ_{i≠j} [u t_ij t_ji² + v t_ij t_jj² + w t_ij N_j + 2u t_jj t_ii
 * t_ji + 2w t_jj t_iᵀt_j] in the entries of D, with rows t_j and N_j = ‖t_j‖².
 */
function cubicGradient({ cubes, norms, u, v, w }: Coefficients, K: number, t: Float64Array): Float64Array {
  const d = t.length / K;
  const rows = Array.from({ length: K }, (_, j) => t.subarray(j * d, (j + 1) * d));
  const own = rows.map((row, j) => row[j]);
  const squares = rows.map((row) => dot(row, row));
  const columns = own.map((diagonal, j) => rows.reduce((sum, row) => sum + row[j], -diagonal));
  const total = new Float64Array(d);
  const weighted = new Float64Array(d);
  rows.forEach((row, i) =>
    row.forEach((entry, at) => {
      total[at] += entry;
      weighted[at] += own[i] * entry;
    }),
  );
  const gradient = new Float64Array(t.length);
  rows.forEach((row, j) => {
    const out = gradient.subarray(j * d, (j + 1) * d);
    const along = 2 * (norms * own[j] + w * columns[j]) - 4 * w * own[j];
    for (let at = 0; at < d; at++) out[at] = along * row[at] + 2 * w * (own[j] * total[at] + weighted[at]);
    out[j] += 3 * cubes * own[j] ** 2 + norms * squares[j] + 2 * v * own[j] * columns[j];
    out[j] += 2 * w * (dot(row, total) - squares[j]);
    for (let i = 0; i < K; i++) {
      if (i === j) continue;
      const other = rows[i][j];
      out[j] += 2 * u * own[i] * (row[i] + other);
      out[i] += u * (other ** 2 + 2 * row[i] * other) + v * own[i] ** 2 + w * squares[i] + 2 * u * own[j] * own[i];
    }
  });
  return gradient;
}

function unit(a: Float64Array): Float64Array {
  const length = Math.sqrt(dot(a, a));
  return a.map((entry) => entry / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, entry, at) => sum + entry * b[at], 0);
}
