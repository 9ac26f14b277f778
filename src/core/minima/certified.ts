/** The minimum at which the descent from one start ends, or why it ends at none. */
import type { LinearAlgebra, Points } from '../kernels/contract.js';
import { frobeniusNorm } from '../networks/teachers.js';
import { OUTCOME_RULES, startClass } from '../outcomes/classify.js';
import { settle, type Settled } from '../outcomes/settle.js';
import type { Risk } from '../risk/risk.js';
import type { Minimum } from './likeness.js';

/** Why a start is in no class of minima. */
export const OPEN_ENDS = {
  cap: 'not near a minimum with λ_min > 0',
  saddle: 'a stationary point with negative curvature',
  runaway: 'no finite minimiser on the way',
  diverged: 'the loss overflows',
  unclear: 'too close to another class for rounding',
} as const satisfies Readonly<Record<string, string>>;

export type OpenEnd = keyof typeof OPEN_ENDS;

/** A minimum with its certificate. */
export interface CertifiedMinimum extends Minimum {
  readonly gradientNorm: number;
  readonly lambdaMin: number;
}

type Kernels = Pick<LinearAlgebra, 'symmetricEigen' | 'multiply'>;

/**
 * The end of one descent, polished by Newton's method. It belongs to the minimum to which the polish leads only if it
 * lies near it; from elsewhere the descent might have led to another. v is held fixed. `startNorm`: ‖W_0‖_F.
 */
export function certifiedEnd(
  kernels: Kernels,
  risk: Risk,
  end: Points,
  startNorm: number,
  cancel?: Int32Array,
): CertifiedMinimum | OpenEnd {
  const [settled] = settle(kernels, risk, end, [startNorm], [false], cancel);
  if (settled === undefined) return 'diverged';
  const growth = frobeniusNorm(settled.weights) / startNorm;
  const name = startClass({ ...settled, diverged: false, growth, isNear: false });
  if (name !== 'other-minimum' && name !== 'recovered') return name;
  if (!isNear(end.weights, settled, frobeniusNorm(risk.evaluate(end).gradient))) return 'cap';
  return certified(risk, end, settled);
}

/** The largest ‖∇f‖/λ_min at the end of a descent, as a share of ‖W‖, and how many times this the polish may move it. */
const NEAR = { share: 0.01, times: 2 } as const;

/**
 * Where f is convex with curvature λ_min or more, the minimum is at most ‖∇f‖/λ_min away. An end is near its minimum
 * when that is little and the polish does not contradict.
 */
function isNear(weights: Float64Array, { weights: minimum, lambdaMin }: Settled, gradientNorm: number): boolean {
  const bound = Math.max(gradientNorm, OUTCOME_RULES.polish.tolerance) / lambdaMin;
  const moved = frobeniusNorm(weights.map((w, j) => w - minimum[j]));
  return bound <= NEAR.share * frobeniusNorm(minimum) && moved <= NEAR.times * bound;
}

/** Rounding of a loss, as a share of it. */
const ROUNDING = 1e-11;

function certified(risk: Risk, end: Points, { weights, lambdaMin }: Settled): CertifiedMinimum {
  const { loss: losses, gradient } = risk.evaluate({ ...end, weights });
  const [loss, gradientNorm] = [losses[0], frobeniusNorm(gradient)];
  const slope = Math.max(gradientNorm, OUTCOME_RULES.polish.tolerance);
  return {
    weights,
    outputWeights: end.outputWeights,
    loss,
    gradientNorm,
    lambdaMin,
    reach: slope / lambdaMin,
    lossError: slope ** 2 / lambdaMin + ROUNDING * loss + 10 * risk.rounding,
  };
}
