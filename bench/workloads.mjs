/** The workloads of the performance table: shapes of training set, network and batch of starts. */
export const WORKLOADS = {
  A: {
    title: 'sigmoid squared, 20 starts',
    activation: 'sigmoid',
    loss: 'squared',
    samples: 5000,
    dimension: 60,
    neurons: 3,
    starts: 20,
  },
  B: {
    title: 'sigmoid cross entropy, d=20',
    activation: 'sigmoid',
    loss: 'cross-entropy',
    samples: 5000,
    dimension: 20,
    neurons: 3,
    starts: 20,
  },
  C: {
    title: 'A with one start',
    activation: 'sigmoid',
    loss: 'squared',
    samples: 5000,
    dimension: 60,
    neurons: 3,
    starts: 1,
  },
  D: {
    title: 'softplus, v trained, tiny',
    activation: 'softplus',
    loss: 'squared',
    samples: 100,
    dimension: 10,
    neurons: 11,
    starts: 10,
    trainOutput: true,
  },
  E: {
    title: 'squared ReLU, one start',
    activation: 'squared-relu',
    loss: 'squared',
    samples: 10_000,
    dimension: 100,
    neurons: 5,
    starts: 1,
  },
  W1: {
    title: 'sigmoid squared, wide: d=1000, K=64, L=8',
    activation: 'sigmoid',
    loss: 'squared',
    samples: 4000,
    dimension: 1000,
    neurons: 64,
    starts: 8,
  },
  W2: {
    title: 'ReLU squared, d=1000, K=10',
    activation: 'relu',
    loss: 'squared',
    samples: 4000,
    dimension: 1000,
    neurons: 10,
    starts: 1,
  },
  W3: {
    title: 'sigmoid squared, K=512',
    activation: 'sigmoid',
    loss: 'squared',
    samples: 1000,
    dimension: 100,
    neurons: 512,
    starts: 1,
  },
};

/** Multiplications and additions of the two matrix products of one iteration; nothing else is counted. */
export function flopsPerIteration({ samples, dimension, neurons, starts }) {
  return 4 * samples * dimension * neurons * starts;
}

const STREAM = { key: [2018, 7], trial: 0 };

function drawn(kernels, length, purpose, law = 'normals') {
  const out = new Float64Array(length);
  kernels[law]({ ...STREAM, purpose }, 0, out);
  return out;
}

/** The numbers of a workload, the same for every contender. */
export function dataOf(kernels, { samples, dimension, neurons, starts }) {
  return {
    x: drawn(kernels, samples * dimension, 1),
    y: drawn(kernels, samples, 2, 'uniforms'),
    weights: drawn(kernels, starts * neurons * dimension, 3).map((w) => w / Math.sqrt(dimension)),
    outputWeights: new Float64Array(starts * neurons).fill(1 / neurons),
  };
}

export function problemOf(kernels, workload, data, activation) {
  const inputs = kernels.allocateInputs(workload.samples, workload.dimension);
  inputs.values.set(data.x);
  return {
    inputs: kernels.prepare(inputs),
    labels: data.y,
    shape: { strides: 1, rows: workload.neurons },
    activation,
    loss: workload.loss,
  };
}

export const STEP_SIZE = 0.01;

export function stateOf({ starts, trainOutput = false }, data) {
  return {
    starts,
    trainOutput,
    weights: data.weights.slice(),
    outputWeights: data.outputWeights.slice(),
    stepSizes: new Float64Array(starts).fill(STEP_SIZE),
    status: new Int32Array(starts),
    iterations: new Int32Array(starts),
    firstLoss: new Float64Array(starts).fill(NaN),
    loss: new Float64Array(starts),
    gradientNorm: new Float64Array(starts),
  };
}
