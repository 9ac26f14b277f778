import type { Activation } from '../networks/activations.js';
import { refuse } from '../../base/errors.js';
import type { LinearAlgebra } from '../kernels/contract.js';
import { networkShape } from '../networks/networks.js';
import { norm } from './dense.js';
import { normOfMoment } from './magnitudes.js';
import { vanishing, type HermiteMoments } from './orders.js';
import { requireDecidable } from './requirements.js';
import { centred, firstMoment, type Samples } from './samples.js';

/**
 * w₀ (m) of a non-overlapping cnn f(x) = Σ_k v_k φ(wᵀx^{(k)}). Every stride has E[y x^{(k)}] = v_k m_1(‖w‖) w̄, so q =
 * Σ_k E[y x^{(k)}] / Σ_k v_k has the direction of w, up to the sign of m_1, and ‖w‖ solves |m_1(‖w‖)| = ‖q‖: no sign or
 * order of neurons is ambiguous. fu2019 does not print its initialization; this is derived, docs/derivations/tensor.md.
 * @param outputWeights (K), Σ_k v_k ≠ 0
 * @throws InputError when K does not divide d, m_1 vanishes (quadratic), samples are too few or of deficient rank, or
 *   all labels are equal
 */
export function stridedInitialization(
  kernels: LinearAlgebra,
  samples: Samples,
  activation: Activation,
  moments: HermiteMoments,
  outputWeights: Float64Array,
): Float64Array {
  if (vanishing(moments)[0])
    refuse(
      'the activation of a cnn initialization',
      'one whose first moment is not zero',
      `${activation.name}, for which M_1 = 0`,
    );
  const { strides } = networkShape('cnn', outputWeights.length, samples.dimension);
  const pieces = piecesOf(samples, strides);
  requireDecidable(kernels, pieces, 1);
  const total = outputWeights.reduce((sum, v) => sum + v, 0);
  const q = firstMoment(kernels, pieces, centred(pieces).labels).map((value) => (strides * value) / total);
  const length = normOfMoment(moments, 1, norm(q));
  const factor = (Math.sign(moments(length)[0]) * length) / norm(q);
  return q.map((value) => factor * value);
}

/** The n inputs of K strides as nK inputs of length m, over the same numbers. */
function piecesOf({ count, dimension, inputs, labels }: Samples, strides: number): Samples {
  const repeated = Float64Array.from({ length: count * strides }, (_, i) => labels[Math.floor(i / strides)]);
  return { count: count * strides, dimension: dimension / strides, inputs, labels: repeated };
}
