/** What a descent evaluates, its state, and the rules by which it stops. */
import type { Gradient, Points } from './problem.js';
import type { UpdateState } from './updates.js';

/** Loss and gradient at L points. */
export interface Evaluation extends Gradient {
  /** (L) */
  readonly loss: Float64Array;
}

/** `stalled` occurs with backtracking only: rounding allows no further progress. */
export const RunStatus = { running: 0, converged: 1, diverged: 2, stalled: 3 } as const;

/** The state of L descents, advanced in place by `descend`. */
export interface DescentState extends Points {
  /** Whether v takes steps too (from gradients at the same point as W's). */
  readonly trainOutput: boolean;
  /** With `trainOutput`: v ← sign(v − η ∂f/∂v), so that v stays in {−1, +1}^K (zhong2017, Figure 1(c), approach II). */
  readonly signOutput?: boolean;
  /** (L): backtracking halves them, else they stay */
  readonly stepSizes: Float64Array;
  /** (L) of `RunStatus`: only running starts move */
  readonly status: Int32Array;
  /** (L): updates done */
  readonly iterations: Int32Array;
  /** (L): loss at iteration 0; NaN until the first evaluation of that start */
  readonly firstLoss: Float64Array;
  /** (L): loss at the point of the last evaluation: the final point of a start that has stopped */
  readonly loss: Float64Array;
  /** (L): Euclidean norm of the gradient over W (and v when trained) at the same point */
  readonly gradientNorm: Float64Array;
  /**
   * With backtracking a step that raises the loss is undone: the start stays where it was and its step size is halved;
   * the iteration counts. Default: every step is made.
   */
  readonly backtracking?: boolean;
  /**
   * a start also stops as converged when its loss is at most this many times its first loss; negative, the default:
   * never
   */
  readonly lossTolerance?: number;
  /** How gradients become steps; not with backtracking or signs of v. Default: W − η g with the same η throughout. */
  readonly method?: UpdateState;
  /**
   * Mini-batches: each update takes the gradient of one of them, and the stop rules apply where the whole risk is
   * evaluated: at first, at recorded iterations and at the end. Not with backtracking, signs of v or a loss tolerance.
   * Default: the gradient of the whole risk.
   */
  readonly batches?: Batches;
}

/** The samples that each update of a descent sees; all starts see the same ones. */
export interface Batches {
  /** B, at least 1 */
  readonly size: number;
  /** (updates, B): indices of samples for the updates `first`, `first` + 1, … */
  readonly rows: (first: number, updates: number) => Int32Array;
}

/** A tolerance that no loss or norm reaches. */
export const NEVER = -1;

/**
 * A descent stops as diverged when loss or gradient norm is not finite, or the loss is above this many times
 * max(firstLoss, DIVERGENCE_FLOOR).
 */
export const DIVERGENCE_FACTOR = 1e6;
/** Rounding-level losses (a start at an exact minimum) must not count as a first loss of zero. */
export const DIVERGENCE_FLOOR = 1e-24;
/**
 * Backtracking stalls when the decrease that a step promises, η‖gradient‖², is at most this share of the loss: half a
 * unit in the last place.
 */
export const LEAST_PROGRESS = 2 ** -53;
