/** The population Hessian's ends at an orthonormal W*, in closed form. */
import type { Activation } from '../core/networks/activations.js';
import { quantities } from './quantities.js';

/**
 * λ_min and λ_max of E∇²f(W*) for f = ½E(y − (1/K) Σ φ(w_kᵀx))² and K ≤ d orthonormal rows of norm s, φ′ even. Then α1 =
 * 0, and entries along each direction of x stand alone: outside of the rows, where K < d, β0 − α0² (K − 1 times) and β0 +
 * (K − 1)α0²; along a row the former (K − 2 times) and, for K > 1, the eigenvalues of [[β2, √(K−1) α0α2], [√(K−1) α0α2,
 * β0 + (K − 2)α0²]], all over K². For K = 1 a row has β2 alone.
 * @throws RangeError where φ′ is not even, or K > d
 */
export function orthonormalExtremes(
  activation: Activation,
  s: number,
  K: number,
  d: number,
): { readonly smallest: number; readonly largest: number } {
  if (K > d) throw new RangeError(`at most ${d} rows are orthonormal, got ${K}`);
  const { alpha, beta } = quantities(activation, s);
  const [[a0, a1, a2], [b0, b2]] = [alpha, beta];
  requireEvenSlope(activation, a1, b0);
  const [along, mixed] = [b0 + (K - 2) * a0 * a0, Math.sqrt(K - 1) * a0 * a2];
  const [middle, half] = [(b2 + along) / 2, Math.hypot((b2 - along) / 2, mixed)];
  const outside = K < d ? [b0 + (K - 1) * a0 * a0] : [];
  const repeated = K > 2 || (K === 2 && d > 2) ? [b0 - a0 * a0] : [];
  const own = [...outside, ...repeated, ...(K === 1 ? [b2] : [middle - half, middle + half])];
  return { smallest: Math.min(...own) / (K * K), largest: Math.max(...own) / (K * K) };
}

/**
 * Forms of an orthonormal W* use α1 = E[φ′(sz) z] = 0.
 * @throws RangeError where φ′ is not even
 */
export function requireEvenSlope({ name }: Activation, alpha1: number, beta0: number): void {
  if (Math.abs(alpha1) > 1e-12 * Math.sqrt(beta0)) throw new RangeError(`${name}: φ′ must be even`);
}
