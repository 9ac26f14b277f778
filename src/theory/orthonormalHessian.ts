/** The population Hessian's ends at an orthonormal W*, in closed form. */
import type { Activation } from '../core/networks/activations.js';
import { quantities } from './quantities.js';

/**
 * λ_min and λ_max of E∇²f(W*) for f = ½E(y − (1/K) Σ φ(w_kᵀx))² and K < d orthonormal rows of norm s, φ′ even. Then α1 =
 * 0, and entries along each direction of x stand alone: outside of the rows β0 − α0² (K − 1 times) and β0 + (K − 1)α0²;
 * along a row the former (K − 2 times) and the eigenvalues of [[β2, √(K−1) α0α2], [√(K−1) α0α2, β0 + (K − 2)α0²]], all
 * over K².
 * @throws RangeError where φ′ is not even
 */
export function orthonormalExtremes(
  activation: Activation,
  s: number,
  K: number,
): { readonly smallest: number; readonly largest: number } {
  const { alpha, beta } = quantities(activation, s);
  const [[a0, a1, a2], [b0, b2]] = [alpha, beta];
  if (Math.abs(a1) > 1e-12 * Math.sqrt(b0)) throw new RangeError(`${activation.name}: φ′ must be even`);
  const [along, mixed] = [b0 + (K - 2) * a0 * a0, Math.sqrt(K - 1) * a0 * a2];
  const [middle, half] = [(b2 + along) / 2, Math.hypot((b2 - along) / 2, mixed)];
  const own = K === 1 ? [b0, b2] : [b0 - a0 * a0, b0 + (K - 1) * a0 * a0, middle - half, middle + half];
  return { smallest: Math.min(...own) / (K * K), largest: Math.max(...own) / (K * K) };
}
