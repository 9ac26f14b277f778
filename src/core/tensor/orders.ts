import type { Activation } from '../networks/activations.js';
import { refuse } from '../../base/errors.js';
import type { MomentOrder } from './contractions.js';

/** m_j(σ) = E[φ(σz) He_j(z)], j = 1 … 4, z ~ N(0, 1), for σ from 1e-6 to 1e6. */
export type HermiteMoments = (sigma: number) => readonly [number, number, number, number];

/** Which moments of an activation the tensor method works with. */
export interface Orders {
  /** j₂ = min{j ≥ 2 | M_j ≠ 0} */
  readonly matrix: 2 | 3 | 4;
  /** j₃ = min{j ≥ 3 | M_j ≠ 0} */
  readonly tensor: 3 | 4;
  /** l₁ = min{j ≥ 1 | M_j ≠ 0} */
  readonly vector: MomentOrder;
  /** the first even order ≥ 2 with M_j ≠ 0; undefined when φ is odd up to a constant */
  readonly even: 2 | 4 | undefined;
}

/** Norms from tiny to huge: an activation of slope b has its bend near σ = 1/b, which may be 1e6. */
const NORMS = [1e-2, 1, 1e2, 1e4, 1e6];
/** m_j counts as zero when it is below this share of the largest |m_i| at each of these norms. */
const ZERO = 1e-9;

/** Whether M_1 … M_4 vanish whatever the weights, decided from the m_j. */
export function vanishing(moments: HermiteMoments): boolean[] {
  const rows = NORMS.map((sigma) => {
    const m = moments(sigma).map(Math.abs);
    return m.map((value) => value <= ZERO * Math.max(...m));
  });
  return [0, 1, 2, 3].map((at) => rows.every((zero) => zero[at]));
}

/**
 * The orders of fu2018, Definition 3 and Appendix C.
 * @throws InputError when M_3 = M_4 = 0, as for linear and quadratic: no tensor has the directions as its factors
 */
export function momentOrders(activation: Activation, moments: HermiteMoments): Orders {
  const zero = vanishing(moments);
  const first = <T extends MomentOrder>(...orders: T[]): T | undefined => orders.find((order) => !zero[order - 1]);
  const tensor = first(3, 4);
  if (tensor === undefined) {
    return refuse(
      'the activation of a tensor initialization',
      'one whose third or fourth moment is not zero (zhong2017, Assumption 5.3, part 2)',
      `${activation.name}, for which M_3 = M_4 = 0: what is left, M_1 and M_2, shows at most the span of the w_i`,
    );
  }
  return { matrix: first(2, 3, 4) ?? tensor, tensor, vector: first(1, 2, 3, 4) ?? tensor, even: first(2, 4) };
}
