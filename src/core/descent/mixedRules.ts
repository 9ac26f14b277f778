/** The rules by which a start of a mixed descent may make its steps in float32, see mixed.ts. */
import {
  DIVERGENCE_FACTOR,
  DIVERGENCE_FLOOR,
  type DescentState,
  type Gradient,
  type Problem,
} from '../kernels/contract.js';
import { lossOf } from '../networks/losses.js';
import type { Extremes } from '../kernels/singleContract.js';

/**
 * A float32 gradient is trusted while its error is at most this share of the gradient: its direction is then off by at
 * most 30°, and a small step along it lowers the loss. The errors at successive points are as good as independent.
 */
export const LARGEST_ERROR = 1 / 2;
/**
 * A start that comes within this factor of a stop rule goes on in float64, so that it stops at the step that first
 * meets it.
 */
const NEAR = 2;

/** The stop rules of one start. */
export interface StopRules {
  readonly tolerance: number;
  /** the loss above which it diverges; 0 where float32 steps cannot watch it */
  readonly lossLimit: number;
}

export function stopRules({ loss }: Problem, tolerance: number, firstLoss: number): StopRules {
  const limit = DIVERGENCE_FACTOR * Math.max(firstLoss, DIVERGENCE_FLOOR);
  const { largest = 0 } = lossOf(loss);
  return { tolerance, lossLimit: limit < largest ? 0 : limit };
}

export function noExtremes(starts: number): Extremes {
  return { leastNorm: new Float64Array(starts).fill(Infinity), largestLoss: new Float64Array(starts) };
}

/** Whether a start came near a rule on its way through a round. */
export function cameNear(
  { leastNorm, largestLoss }: Extremes,
  start: number,
  { tolerance, lossLimit }: StopRules,
): boolean {
  return leastNorm[start] <= NEAR * tolerance || largestLoss[start] >= lossLimit / NEAR;
}

/** How far a float32 gradient is from the float64 one at the same point. */
interface Compared {
  /** ‖g₆₄‖ */
  readonly norm: number;
  /** ‖g₃₂ − g₆₄‖ */
  readonly error: number;
}

/** True when the float32 gradient at a point with this loss is accurate enough and no stop rule is near. */
export function isTrusted({ norm, error }: Compared, loss: number, { tolerance, lossLimit }: StopRules): boolean {
  return loss < lossLimit && error <= LARGEST_ERROR * norm && norm > NEAR * tolerance && norm < Infinity;
}

/** The comparison for one start, over W and over v when trained. */
export function compare(
  exact: Gradient,
  single: Gradient,
  { starts, trainOutput }: DescentState,
  start: number,
): Compared {
  let [squares, errors] = [0, 0];
  for (const name of trainOutput ? (['gradient', 'outputGradient'] as const) : (['gradient'] as const)) {
    const length = exact[name].length / starts;
    for (let j = start * length; j < (start + 1) * length; j++) {
      squares += exact[name][j] ** 2;
      errors += (single[name][j] - exact[name][j]) ** 2;
    }
  }
  return { norm: Math.sqrt(squares), error: Math.sqrt(errors) };
}
