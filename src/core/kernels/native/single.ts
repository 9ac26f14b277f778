import type { Gradient } from '../problem.js';
import type { SingleKernels, SingleProblem, SingleState } from '../singleContract.js';
import type { PointArguments } from './arguments.js';
import type { Codes } from './words.js';

export interface SingleAddon {
  allocateInputs: (samples: number, dimension: number) => Float64Array;
  descendSingle: (
    ...args: [
      samples: number,
      dimension: number,
      strides: number,
      rows: number,
      inputs: Float32Array,
      activation: number,
      parameter0: number,
      parameter1: number,
      labels: Float32Array,
      loss: number,
      ...PointArguments,
      trainOutput: boolean,
      stepSizes: Float64Array,
      updates: number,
      gradients: Float64Array,
      outputGradients: Float64Array,
      leastNorm: Float64Array,
      largestLoss: Float64Array,
      cancel: Int32Array | undefined,
    ]
  ) => void;
}

export function singleKernels(addon: SingleAddon, codes: Codes): SingleKernels {
  return {
    roundProblem: (problem) => {
      const { values } = problem.inputs;
      const room = addon.allocateInputs(Math.ceil(values.length / 2), 1);
      const inputs = new Float32Array(room.buffer, room.byteOffset, values.length);
      inputs.set(values);
      return { exact: problem, inputs, labels: Float32Array.from(problem.labels) };
    },

    gradientSingle: (problem, points) => {
      const unused = new Float64Array(points.starts);
      return call(
        addon,
        codes,
        problem,
        { ...points, trainOutput: true, stepSizes: unused, leastNorm: unused, largestLoss: unused },
        0,
      );
    },
    descendSingle: (problem, state, updates, cancel) => {
      if (updates > 0) call(addon, codes, problem, state, updates, cancel);
    },
  };
}

/** The last gradient that was made. */
function call(
  addon: SingleAddon,
  codes: Codes,
  { exact, inputs, labels }: SingleProblem,
  state: SingleState,
  updates: number,
  cancel?: Int32Array,
): Gradient {
  const {
    inputs: { samples, dimension },
    shape,
    activation,
    loss,
  } = exact;
  const gradient = new Float64Array(state.weights.length);
  const outputGradient = new Float64Array(state.outputWeights.length);
  addon.descendSingle(
    samples,
    dimension,
    shape.strides,
    shape.rows,
    inputs,
    codes.activation(activation),
    ...activation.parameters,
    labels,
    codes.loss(loss),
    state.starts,
    state.weights,
    state.outputWeights,
    state.trainOutput,
    state.stepSizes,
    updates,
    gradient,
    outputGradient,
    state.leastNorm,
    state.largestLoss,
    cancel,
  );
  return { gradient, outputGradient };
}
