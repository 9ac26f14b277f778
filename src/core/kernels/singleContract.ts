/** Descents whose gradients are made in float32: the fast part of a mixed descent, see core/descent/mixed.ts. */
import type { Gradient, Points, Problem } from './problem.js';

/** A problem and its inputs and labels rounded to float32, in the layout of the implementation that made it. */
export interface SingleProblem {
  readonly exact: Problem;
  readonly inputs: Float32Array;
  readonly labels: Float32Array;
}

export interface SingleKernels {
  /** Takes half the memory of the inputs besides them. */
  roundProblem(problem: Problem): SingleProblem;

  /**
   * g at each point: made of inputs, labels and weights rounded to float32, summed over at most 512 samples in float32
   * and beyond in float64.
   */
  gradientSingle(problem: SingleProblem, points: Points): Gradient;

  /**
   * Exactly `updates` steps W ← W − η g (and v's, with `trainOutput`) of every start, whatever its status: no stop rule
   * applies, but what they look at is kept. The points stay float64, so that steps below a float's last place add up.
   * `cancel` is polled between steps.
   */
  descendSingle(problem: SingleProblem, state: SingleState, updates: number, cancel?: Int32Array): void;
}

/** How near to the stop rules the points came that steps left; they add to what is there. */
export interface Extremes {
  /** (L) the least gradient norm */
  readonly leastNorm: Float64Array;
  /** (L) the largest loss, a sum of floats; unchanged by cross entropy, which is bounded */
  readonly largestLoss: Float64Array;
}

/** What of a descent's state these steps need. */
export interface SingleState extends Points, Extremes {
  readonly trainOutput: boolean;
  /** (L) */
  readonly stepSizes: Float64Array;
}
