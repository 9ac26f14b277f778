import type { OnlineKernels } from '../onlineContract.js';
import type { PointArguments } from './arguments.js';
import type { Codes } from './words.js';

export interface OnlineAddon {
  descendOnline: (
    ...args: [
      dimension: number,
      rows: number,
      teacherRows: number,
      activation: number,
      parameter0: number,
      parameter1: number,
      teacher: Float64Array,
      teacherOutput: Float64Array,
      loss: number,
      noise: number,
      batch: number,
      key0: number,
      key1: number,
      trial: number,
      purpose: number,
      sequences: Uint32Array,
      ...PointArguments,
      trainOutput: boolean,
      stepSizes: Float64Array,
      status: Int32Array,
      iterations: Int32Array,
      updates: number,
      cancel: Int32Array | undefined,
    ]
  ) => number;
}

export function onlineKernels(addon: OnlineAddon, codes: Codes): OnlineKernels {
  return {
    descendOnline: ({ activation, dimension, teacher, loss, noise, batch }, state, samples, updates, cancel) =>
      addon.descendOnline(
        dimension,
        state.outputWeights.length / state.starts,
        teacher.outputWeights.length,
        codes.activation(activation),
        ...activation.parameters,
        teacher.weights,
        teacher.outputWeights,
        codes.loss(loss),
        noise,
        batch,
        ...samples.address.key,
        samples.address.trial,
        samples.address.purpose,
        samples.sequences,
        state.starts,
        state.weights,
        state.outputWeights,
        state.trainOutput,
        state.stepSizes,
        state.status,
        state.iterations,
        updates,
        cancel,
      ),
  };
}
