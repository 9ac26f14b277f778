/**
 * Derivatives of log f at P points of dimension d, C order: g₁ = ∇log f (P, d), G₂ = ∇²log f (P, d, d) and, where they
 * are not zero, 𝒢₃ (P, d, d, d) and 𝒢₄ (P, d, d, d, d). All are symmetric in their last axes. NaN marks an unknown
 * point.
 */
export interface LogDensityDerivatives {
  readonly points: number;
  readonly dimension: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third?: Float64Array;
  readonly fourth?: Float64Array;
}

/** Orders of the score function that `scoresFromDerivatives` knows. */
export const SCORE_ORDERS = [1, 2, 4] as const;
export type ScoreOrder = (typeof SCORE_ORDERS)[number];

/** Entries of the scores of one point. */
export function scoreSize(order: ScoreOrder, dimension: number): number {
  return dimension ** order;
}
