/**
 * What the kernels work on: inputs, the shape of a network, and an empirical risk. The conventions are those of
 * contract.ts.
 */
import type { Activation } from '../networks/activations.js';

/** Keeps a call short, so that progress and the cancel word are checked often enough. */
export interface BoundedKernels {
  /** floating point operations of one call: about some tens of milliseconds */
  readonly callFlops: number;
}

/** n samples as the rows of an (n, d) matrix. `values` may be longer than n·d (padding for the native layout). */
export interface Inputs {
  readonly samples: number;
  readonly dimension: number;
  readonly values: Float64Array;
}

/** Inputs in the layout of the implementation that made them; only that implementation reads `values`. */
export interface PreparedInputs extends Inputs {
  readonly layout: 'rows' | 'packed';
}

/** The shape of one network: `strides` = 1 for fcn, K for cnn. */
export interface NetworkShape {
  readonly strides: number;
  readonly rows: number;
}

/** The empirical risk f_n(W, v) = (1/n) Σᵢ ℓ(Σ_u v_u φ(w_uᵀ x_i), y_i). */
export interface Problem {
  readonly inputs: PreparedInputs;
  /** (n) */
  readonly labels: Float64Array;
  readonly shape: NetworkShape;
  readonly activation: Activation;
  /** the name of a loss, or a formula in f and y */
  readonly loss: string;
}

/** L points of parameter space on one training set. */
export interface Points {
  readonly starts: number;
  /** (L, rows, m) */
  readonly weights: Float64Array;
  /** (L, K): v of each start */
  readonly outputWeights: Float64Array;
}

/** The gradient at L points. */
export interface Gradient {
  /** (L, rows, m): ∂f_n/∂W */
  readonly gradient: Float64Array;
  /** (L, K): ∂f_n/∂v */
  readonly outputGradient: Float64Array;
}
