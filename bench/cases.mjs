/**
 * The cases of the bench. A case has its `flops` per iteration and the size of X in bytes; `descend()`, a function of a number of iterations that
 * continues where it stopped; `idle()`, the same with a single feature, so that little but activation, loss and what
 * surrounds them is left; the `job` for the peers and `final(iterations)`, our weights to compare theirs with.
 */
import { parseActivation } from '../dist/core/networks/activations.js';
import { landscapeCase, LANDSCAPES } from './landscape.mjs';
import { verifyWorkload } from './verify.mjs';
import { STEP_SIZE, WORKLOADS, dataOf, flopsPerIteration, problemOf, stateOf } from './workloads.mjs';

const NEVER = -1;

function descentCase([name, workload], native, reference) {
  const data = dataOf(native, workload);
  const activation = parseActivation(workload.activation);
  verifyWorkload(name, native, reference, (kernels) => problemOf(kernels, workload, data, activation), data, workload);
  const starting = (shape, numbers) => {
    const problem = problemOf(native, shape, numbers, activation);
    return () => {
      const state = stateOf(shape, numbers);
      return (iterations) => {
        native.descend(problem, state, iterations, NEVER);
        return state.weights;
      };
    };
  };
  const descend = starting(workload, data);
  const narrow = { ...workload, dimension: 1 };
  return {
    name,
    title: workload.title,
    flops: flopsPerIteration(workload),
    inputBytes: 8 * workload.samples * workload.dimension,
    descend,
    idle: starting(narrow, dataOf(native, narrow)),
    final: (iterations) => descend()(iterations),
    job: {
      kind: 'descent',
      samples: workload.samples,
      dimension: workload.dimension,
      neurons: workload.neurons,
      starts: workload.starts,
      activation: workload.activation,
      loss: workload.loss,
      trainOutput: workload.trainOutput ?? false,
      step: STEP_SIZE,
      arrays: { x: data.x, y: data.y, weights: data.weights, outputWeights: data.outputWeights },
    },
  };
}

/** Every case, verified against the plain loops. */
export function verifiedCases(native, reference) {
  return [
    ...Object.entries(WORKLOADS).map((entry) => descentCase(entry, native, reference)),
    ...Object.entries(LANDSCAPES).map((entry) => landscapeCase(entry, native, reference)),
  ];
}
