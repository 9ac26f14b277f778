/**
 * Expectations over jointly Gaussian local fields u ~ N(0, C) for φ(u) = A erf(qu). With t = 2q²,
 *
 *   φ′(u) = s e^{−tu²/2},   s = A √(2t/π),
 *
 * so that a factor φ′(u_i) turns the law of the fields into another centred Gaussian law: with weight
 * 1/√(1 + t c_ii) it has the covariance C − t c_i c_iᵀ/(1 + t c_ii), c_i the column i of C. Everything below is such
 * tilts, followed by E[φ(u) φ(u′)], which is an arcsine. Derivation: docs/derivations/online-sgd.md.
 */
import type { Activation } from '../../core/networks/activations.js';

/** A law of fields up to a factor: E[weight·F] over N(0, C). */
export interface Tilted {
  readonly weight: number;
  /** C (P, P), symmetric */
  readonly covariance: Float64Array;
}

/** Expectations of one activation over P fields. */
export interface Fields {
  /** E[φ(u_i) φ(u_j)] (Saad and Solla's I₂) */
  readonly pair: (covariance: Float64Array, i: number, j: number) => number;
  /** the law with the factor φ′(u_i) */
  readonly tilt: (law: Tilted, i: number) => Tilted;
  /** E[u_n φ(u_j)] = c_nj E[φ′(u_j)], by Stein's identity */
  readonly linear: (covariance: Float64Array, n: number, j: number) => number;
}

/**
 * The expectations over P fields.
 * @throws RangeError for an activation that is no error function
 */
export function fieldsOf(activation: Activation, P: number): Fields {
  if (activation.kind !== 'erf') throw new RangeError(`${activation.name}: φ must be an erf`);
  const [amplitude, rate] = activation.parameters;
  const t = 2 * rate * rate;
  const slope = amplitude * Math.sqrt((2 * t) / Math.PI);
  return {
    pair: (C, i, j) => {
      const [first, second, c] = [1 + t * C[i * P + i], 1 + t * C[j * P + j], t * C[i * P + j]];
      return ((2 * amplitude * amplitude) / Math.PI) * Math.atan2(c, Math.sqrt(first * second - c * c));
    },
    tilt: ({ weight, covariance: C }, i) => {
      const spread = 1 + t * C[i * P + i];
      return {
        weight: (weight * slope) / Math.sqrt(spread),
        covariance: C.map((c, at) => c - (t * C[Math.floor(at / P) * P + i] * C[i * P + (at % P)]) / spread),
      };
    },
    linear: (C, n, j) => (C[n * P + j] * slope) / Math.sqrt(1 + t * C[j * P + j]),
  };
}
