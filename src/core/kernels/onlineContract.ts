/**
 * Online stochastic gradient descent: every step sees new samples x ~ N(0, I) with labels y = Σ_j v*_j φ(u_jᵀx) + σζ,
 * ζ ~ N(0, 1), and moves by the mean gradient of ℓ(Σ_i v_i φ(w_iᵀx), y) over them.
 */
import type { StreamAddress } from './randomContract.js';
import type { PopulationProblem } from './populationContract.js';
import type { DescentState } from './state.js';

export interface OnlineProblem extends PopulationProblem {
  /** the name of a loss, or a formula in f and y */
  readonly loss: string;
  /** σ ≥ 0 */
  readonly noise: number;
  /** B ≥ 1: samples of a step */
  readonly batch: number;
}

/**
 * Where the samples of L starts come from. Step t of sequence s takes single normals, B·d for the inputs, then B for the
 * noise, from block s·`SEQUENCE_BLOCKS` + t·⌈B(d + 1)/4⌉ of the stream on. Starts with the same sequence see the same
 * samples.
 */
export interface OnlineSamples {
  readonly address: StreamAddress;
  /** (L), each below `MOST_SEQUENCES` */
  readonly sequences: Uint32Array;
}

/** Blocks of a stream that belong to one sequence. */
export const SEQUENCE_BLOCKS = 2 ** 40;
export const MOST_SEQUENCES = 2 ** 13;

export interface OnlineKernels {
  /**
   * `updates` steps of every running start; `state.iterations` holds the step that a start makes next. A start whose
   * residual is not finite stops as diverged at the point before. `loss` and `gradientNorm` are left alone: they are
   * those of the population risk. The bits depend neither on how a descent is cut into calls nor on the other starts.
   * Returns the number of starts still running; with `cancel` as `DescentKernels.descend`.
   */
  descendOnline(
    problem: OnlineProblem,
    state: DescentState,
    samples: OnlineSamples,
    updates: number,
    cancel?: Int32Array,
  ): number;
}
