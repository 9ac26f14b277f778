/**
 * Descents on the population risk F(W, v) = ½E(Σ_i v_i φ(w_iᵀx) − Σ_j v*_j φ(u_jᵀx))², x ~ N(0, I), of fully connected
 * networks. The formulas are in core/risk.
 */
import type { Activation } from '../networks/activations.js';
import type { Points } from './problem.js';
import type { DescentState, Evaluation } from './state.js';

/** A network Σ_k v_k φ(w_kᵀx). */
export interface Rows {
  /** (K, d) */
  readonly weights: Float64Array;
  /** (K) */
  readonly outputWeights: Float64Array;
}

/** The risk for one teacher. Its students may have any number of rows of its length. */
export interface PopulationProblem {
  readonly activation: Activation;
  readonly dimension: number;
  readonly teacher: Rows;
}

export interface PopulationKernels {
  /**
   * F, ∂F/∂W and ∂F/∂v at each point.
   * @throws InputError natively, for an activation without a closed form
   */
  evaluatePopulation(problem: PopulationProblem, points: Points): Evaluation;

  /**
   * `DescentKernels.descend` on F, without backtracking and signs of v.
   * @throws InputError natively, for an activation without a closed form
   */
  descendPopulation(
    problem: PopulationProblem,
    state: DescentState,
    updates: number,
    tolerance: number,
    cancel?: Int32Array,
  ): number;
}
