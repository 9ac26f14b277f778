/** Descents whose gradients are computed in float32: the fast part of a mixed descent, see core/descent/mixed.ts. */
import type { Gradient, Points, Problem } from './problem.js';

/** A problem and its inputs and labels rounded to float32, in the layout of the implementation that made it. */
export interface SingleProblem {
  readonly exact: Problem;
  readonly inputs: Float32Array;
  readonly labels: Float32Array;
}

export interface SingleKernels {
  /** Makes a float32 copy of the problem, which takes half the memory of the inputs. */
  roundProblem(problem: Problem): SingleProblem;

  /**
   * g at each point, from inputs, labels and weights rounded to float32. Sums over at most 512 samples are in float32;
   * these are added in float64.
   */
  gradientSingle(problem: SingleProblem, points: Points): Gradient;

  /**
   * Exactly `updates` steps W ← W − η g (and v's, with `trainOutput`) of every start, whatever its status. No stop rule
   * applies, but the values that stop rules need are kept. The points stay in float64, so that steps below the last
   * place of a float add up.
   * `cancel` is polled between steps.
   */
  descendSingle(problem: SingleProblem, state: SingleState, updates: number, cancel?: Int32Array): void;
}

/** How near the points before each step came to the stop rules. A call updates the values that are there. */
export interface Extremes {
  /** (L) the least gradient norm */
  readonly leastNorm: Float64Array;
  /** (L) the largest loss, a sum of floats; unchanged by cross entropy, which is bounded */
  readonly largestLoss: Float64Array;
}

/** The part of a descent's state that these steps need. */
export interface SingleState extends Points, Extremes {
  readonly trainOutput: boolean;
  /** (L) */
  readonly stepSizes: Float64Array;
}
