/**
 * The one contract of the two implementations of basin's numerics: `reference.ts` (plain loops, written like the
 * formula) and `native.ts` (the C++ addon). Which one runs is an explicit choice, never a silent fallback.
 *
 * Shapes, C order, float64. n samples of dimension d; L starts; a start's weights are `rows` vectors of length m.
 * A network has K = strides·rows hidden units. Fully connected (`fcn`): strides = 1, rows = K, m = d.
 * Non-overlapping convolution (`cnn`): strides = K, rows = 1, m = d/K; unit k sees the inputs k·m … (k+1)·m − 1.
 * Hidden unit u = stride·rows + row.
 */
import type { RandomKernels } from './randomContract.js';
import type { Activation } from '../networks/activations.js';
import type { LandscapeKernels } from './landscapeContract.js';
import type { OnlineKernels } from './onlineContract.js';
import type { PopulationKernels } from './populationContract.js';
import type { SingleKernels } from './singleContract.js';
import type { BoundedKernels, Inputs, NetworkShape, Points, PreparedInputs, Problem } from './problem.js';
import type { DescentState, Evaluation } from './state.js';

export {
  DIVERGENCE_FACTOR,
  DIVERGENCE_FLOOR,
  LEAST_PROGRESS,
  NEVER,
  RunStatus,
  type DescentState,
  type Evaluation,
} from './state.js';
export type { RandomKernels, StreamAddress } from './randomContract.js';
export type { BoundedKernels, Gradient, Inputs, NetworkShape, Points, PreparedInputs, Problem } from './problem.js';

export interface DescentKernels extends BoundedKernels {
  readonly name: 'reference' | 'native';
  /** Present in mixed precision: the first part of every descent takes these gradients. */
  readonly single?: SingleKernels;

  /** An (n, d) matrix of zeros whose buffer `prepare` can use in place. */
  allocateInputs(samples: number, dimension: number): Inputs;

  /**
   * Puts row-major inputs into this implementation's layout. It takes ownership of the buffer: the caller must not read
   * it again.
   */
  prepare(inputs: Inputs): PreparedInputs;

  /** Network outputs f(x_i) for each point: (L, n). */
  outputs(inputs: PreparedInputs, shape: NetworkShape, activation: Activation, points: Points): Float64Array;

  /** f_n and its gradient at each point. */
  evaluate(problem: Problem, points: Points): Evaluation;

  /**
   * Up to `updates` iterations of W ← W − η ∇f_n(W) for every running start. Before each update the point is evaluated
   * and the stop rules applied (diverged first, then converged when gradientNorm ≤ tolerance); `updates` = 0 evaluates
   * and applies the stop rules only, once. The bits do not depend on how a descent is cut into calls, nor on the other
   * starts of the batch. With `backtracking` a start stands at its last accepted point, evaluated, after every call.
   * Returns the number of starts still running. `cancel`, when given, is polled between iterations: when cancel[0] is
   * not 0 the call returns early; `loss` may then be that of an earlier iteration.
   */
  descend(problem: Problem, state: DescentState, updates: number, tolerance: number, cancel?: Int32Array): number;

  /**
   * One update of every running start for each `size` of `rows`, from the gradient of the mean over these samples. No
   * stop rule is applied, and loss and gradient norm stay as they are. Otherwise as `descend`.
   */
  descendSampled(problem: Problem, state: DescentState, rows: Int32Array, size: number, cancel?: Int32Array): number;

  /**
   * ∇²f_n(point)·direction for each start: directions have the shapes of Points; the v part is ignored and returned as
   * zero unless `trainOutput`. φ″ at a kink counts as 0.
   */
  hessianVector(problem: Problem, points: Points, directions: Points, trainOutput: boolean): Points;
}

/** Dense linear algebra (native only: LAPACK). Matrices are row-major (C order). */
export interface LinearAlgebra {
  /** C (m, n) = op(A)·op(B), op transposing where asked; A is (m, k) or (k, m) when transposed. */
  multiply(
    a: Float64Array,
    b: Float64Array,
    m: number,
    n: number,
    k: number,
    transposeA?: boolean,
    transposeB?: boolean,
  ): Float64Array;
  /** Eigenvalues ascending and, row i of `vectors`, the unit eigenvector of value i, of a symmetric (n, n) matrix. */
  symmetricEigen(a: Float64Array, n: number): { readonly values: Float64Array; readonly vectors: Float64Array };
  /** Thin QR of an (m, n) matrix, m ≥ n: Q (m, n), R (n, n) upper triangular with a non-negative diagonal. */
  qr(a: Float64Array, m: number, n: number): { readonly q: Float64Array; readonly r: Float64Array };
  /** Thin SVD A = U diag(s) Vᵀ of an (m, n) matrix, p = min(m, n): U (m, p), s (p) descending, Vᵀ (p, n). */
  svd(
    a: Float64Array,
    m: number,
    n: number,
  ): { readonly u: Float64Array; readonly s: Float64Array; readonly vt: Float64Array };
  /** X (n, k) with A X = B for a general (n, n) matrix. Throws when A is singular to working precision. */
  solve(a: Float64Array, b: Float64Array, n: number, k: number): Float64Array;
}

/** The samples around each of P points, weighted by w_i = exp(−‖X_i − x‖²/2h²). */
export interface LocalMoments {
  /** (P): weight of all samples that do not lie exactly where the nearest one lies, as a share of the whole weight */
  readonly shares: Float64Array;
  /** (P, d): weighted mean of X_i − x */
  readonly means: Float64Array;
  /** (P, d, d): weighted covariance about the weighted mean, Σ w_i (…)(…)ᵀ / Σ w_i */
  readonly covariances: Float64Array;
}

export interface ScoreKernels extends BoundedKernels {
  /**
   * Local moments at points (P, d). Weights are relative to that of the nearest sample, so that points far from all
   * samples do not underflow; one below 3e-308 of it is zero. `leftOut`, when given, is the index of the sample that
   * the first point leaves out; the next point leaves out the next. At least one sample must be left.
   */
  localMoments(inputs: PreparedInputs, points: Float64Array, bandwidth: number, leftOut?: number): LocalMoments;
}

/** The block sizes of the native kernels. */
export interface Blocking {
  /** approximate number of hidden units of a group of starts; at least 1 */
  readonly groupUnits: number;
  /** rows of a register tile, 1 … 6 */
  readonly tileRows: number;
}

export const DEFAULT_BLOCKING: Blocking = { groupUnits: 64, tileRows: 6 };

/** What the addon reports about its build and its machine; part of the provenance. */
export interface NativeInfo {
  readonly addonVersion: string;
  readonly compiler: string;
  readonly openblas: {
    readonly config: string;
    /** the kernels that it runs */
    readonly core: string;
    /** those that it had chosen itself, which are older where it does not know the processor */
    readonly coreFound: string;
    readonly threads: number;
    readonly parallel: 'sequential' | 'pthread' | 'openmp';
  };
  readonly vectorTarget: string;
}

export interface NativeKernels
  extends
    DescentKernels,
    SingleKernels,
    LandscapeKernels,
    PopulationKernels,
    OnlineKernels,
    LinearAlgebra,
    RandomKernels,
    ScoreKernels {
  readonly name: 'native';
  /**
   * How many elements of an array lie before the first cache line that begins in it: inputs that start there are read
   * fastest.
   */
  alignment(values: Float64Array): number;
  info(): NativeInfo;
  /**
   * Sets the block sizes of all threads of the process from the next call on. Speed changes, bits do not. Default:
   * `DEFAULT_BLOCKING`.
   */
  tune(blocking: Blocking): void;
}
