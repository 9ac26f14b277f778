/** Gradients of rounded inputs, labels and weights as plain loops; the sums themselves are float64. */
import { lossOf } from '../../networks/losses.js';
import type { Evaluation } from '../contract.js';
import type { Points } from '../problem.js';
import type { SingleKernels, SingleProblem, SingleState } from '../singleContract.js';
import { evaluate } from './descent.js';

function gradientSingle(
  { exact, inputs, labels }: SingleProblem,
  { starts, weights, outputWeights }: Points,
): Evaluation {
  const rounded = {
    ...exact,
    inputs: { ...exact.inputs, values: Float64Array.from(inputs) },
    labels: Float64Array.from(labels),
  };
  return evaluate(rounded, { starts, weights: weights.map(Math.fround), outputWeights });
}

function look(
  { loss, gradient, outputGradient }: Evaluation,
  { starts, trainOutput, leastNorm, largestLoss }: SingleState,
  bounded: boolean,
): void {
  for (let l = 0; l < starts; l++) {
    const parts = [gradient, ...(trainOutput ? [outputGradient] : [])];
    const slopes = parts.flatMap((values) => [
      ...values.subarray((l * values.length) / starts, ((l + 1) * values.length) / starts),
    ]);
    leastNorm[l] = Math.min(leastNorm[l], Math.hypot(...slopes));
    if (!bounded) largestLoss[l] = Math.max(largestLoss[l], loss[l]);
  }
}

function moveDown(values: Float64Array, gradient: Float64Array, { starts, stepSizes }: SingleState): void {
  const length = values.length / starts;
  gradient.forEach((slope, i) => {
    values[i] -= stepSizes[Math.floor(i / length)] * slope;
  });
}

export const referenceSingle: SingleKernels = {
  roundProblem: (problem) => ({
    exact: problem,
    inputs: Float32Array.from(problem.inputs.values),
    labels: Float32Array.from(problem.labels),
  }),

  gradientSingle,
  descendSingle: (problem, state, updates, cancel) => {
    for (let t = 0; t < updates && (cancel === undefined || Atomics.load(cancel, 0) === 0); t++) {
      const at = gradientSingle(problem, state);
      look(at, state, lossOf(problem.exact.loss).largest !== undefined);
      moveDown(state.weights, at.gradient, state);
      if (state.trainOutput) moveDown(state.outputWeights, at.outputGradient, state);
    }
  },
};
