/**
 * The landscape losses of gao2018 and the descents on them. With S_4 = ∇⁴f/f the fourth score of the input law,
 * t_1(x, u, v) = S_4(x)(u, u, v, v) and t_2(x, u) = S_4(x)(u, u, u, u), the loss of rows a_1 … a_k of A (k, d) is
 *
 *   F(A) = s·(Σ_{m≠n} E[y t_1(x, a_m, a_n)] − μ Σ_m E[y t_2(x, a_m)]) + λ Σ_m (‖a_m‖² − 1)²        (gao2018, eq. 19)
 *
 * with s the sign of κ* (−1 for ReLU). F is L when S_4 is that of the inputs, G when it is that of N(0, I) whatever the
 * inputs are. No d⁴ tensor is formed: S_4 is a polynomial in derivatives of log f (gao2018, eq. 7), and F needs only
 * their products with A. Derivation: docs/derivations/landscape.md.
 */
import type { BoundedKernels, PreparedInputs, Problem } from './problem.js';
import type { UpdateState } from './updates.js';

/**
 * E[y S_4] as T weighted terms Σ_t ω_t S_4(t), with S_4(t) = g⊗⁴ + 6 sym(G g g) + 3 sym(G G) + 4 sym(T g) + F. One term
 * per sample, or one per sample and component of a mixture.
 */
export interface LandscapeProblem {
  /** (T, d): g_t = ∇log f, up to the sign */
  readonly gradients: PreparedInputs;
  /** (T): ω_t = y_i/n, times the posterior of the component in a mixture */
  readonly weights: Float64Array;
  /** G_t = c·I for every term: −1 for Gaussian terms, which have no curvatures beside, else 0 */
  readonly isotropic: 0 | -1;
  /**
   * G_t of each term: (T, d) diagonals, or (T, d(d+1)/2) lower triangles, entry (a, b ≤ a) at a(a+1)/2 + b; null where
   * zero
   */
  readonly curvatures: PreparedInputs | null;
  readonly moments: LandscapeMoments;
  /** s: −1 or 1 */
  readonly sign: 1 | -1;
  readonly mu: number;
  /** λ */
  readonly penalty: number;
}

/** Sums over the terms that are computed once, since they do not depend on A. Null where zero. */
export interface LandscapeMoments {
  /** Σ_t ω_t */
  readonly mass: number;
  /** (d, d): Σ_t ω_t g_t g_tᵀ, for isotropic terms */
  readonly second: Float64Array | null;
  /** (d, d): Σ_t ω_t T_tj g_ta at (j, a), T_tj the third derivative of log f in x_j, for product laws */
  readonly third: Float64Array | null;
  /** (d): Σ_t ω_t F_tj, F_tj the fourth derivative of log f in x_j, for product laws */
  readonly fourth: Float64Array | null;
}

/** One descent by an update rule with moments (k, d), advanced in place. */
export interface MethodState extends UpdateState {
  /** whether every row is divided by its norm after each update */
  readonly unitRows: boolean;
  readonly stepSize: number;
  /** (k, d) */
  readonly weights: Float64Array;
  /** (1) of `RunStatus` */
  readonly status: Int32Array;
  /** (1): updates done */
  readonly iterations: Int32Array;
  /** (1): loss at the point of the last evaluation */
  readonly loss: Float64Array;
  /** (1): norm of the gradient there; with unit rows, of its part tangential to their spheres */
  readonly gradientNorm: Float64Array;
}

export interface LandscapeKernels extends BoundedKernels {
  /** F and ∂F/∂A at rows A (k, d). */
  evaluateLandscape(
    problem: LandscapeProblem,
    weights: Float64Array,
  ): { readonly loss: number; readonly gradient: Float64Array };

  /**
   * Up to `updates` updates of a running state on F: before each the point is evaluated and stops as diverged when loss
   * or gradient norm is not finite, as converged when gradientNorm ≤ tolerance; `updates` = 0 evaluates only. The bits
   * do not depend on how a descent is cut into calls. `cancel` is polled between updates. Returns 1 while running, else
   * 0.
   */
  descendLandscape(
    problem: LandscapeProblem,
    state: MethodState,
    updates: number,
    tolerance: number,
    cancel?: Int32Array,
  ): number;

  /** The same on the empirical risk of a network whose output weights v (K) are fixed. */
  descendRisk(
    problem: Problem,
    outputWeights: Float64Array,
    state: MethodState,
    updates: number,
    tolerance: number,
    cancel?: Int32Array,
  ): number;
}
