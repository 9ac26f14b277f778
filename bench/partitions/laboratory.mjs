// One trial on one training set, with a clock: what the worker threads of bench/partitions.mjs load.
import { parseActivation } from '../../dist/core/networks/activations.js';
import { descent, descentState } from '../../dist/core/descent/descent.js';
import { drawInputs } from '../../dist/core/networks/inputs.js';
import { stepSizes } from '../../dist/core/descent/stepsize.js';

export { loadNativeKernels } from '../../dist/core/kernels/native.js';
export const NEURONS = 3;
/**
 * seconds: drawing and packing X, finding the step size, the fastest and the median iteration, everything; processor
 * time of an iteration
 */
export const MEASURES = ['drawing', 'stepping', 'fastest', 'median', 'trial', 'processor'];

function drawn(kernels, length, stream, law = 'normals') {
  const out = new Float64Array(length);
  kernels[law](stream, 0, out);
  return out;
}

/** A number that no two results of different bits share by accident. */
function digestOf(values) {
  return new BigUint64Array(values.buffer, 0, values.length).reduce(
    (sum, bits, i) => (sum * 31n + bits + BigInt(i)) % 9007199254740881n,
    0n,
  );
}

function trial({ settings: { n, d, iterations }, stream, kernels, cancel }) {
  const times = [performance.now()];
  const inputs = kernels.prepare(drawInputs(kernels, 'gaussian', n, d, stream(1)));
  times.push(performance.now());
  const problem = {
    inputs,
    labels: drawn(kernels, n, stream(2), 'uniforms'),
    shape: { strides: 1, rows: NEURONS },
    activation: parseActivation('sigmoid'),
    loss: 'squared',
  };
  const weights = drawn(kernels, NEURONS * d, stream(3)).map((w) => w / Math.sqrt(d));
  const points = { starts: 1, weights, outputWeights: new Float64Array(NEURONS).fill(1 / NEURONS) };
  const state = descentState(
    points,
    stepSizes(kernels, problem, points, { kind: 'gauss-newton', factor: 1 }, false),
    false,
  );
  times.push(performance.now());
  const laps = [];
  const before = process.cpuUsage();
  let last = performance.now();
  for (const iteration of descent(kernels, problem, state, { iterations, tolerance: -1, cancel })) {
    const now = performance.now();
    // Large training sets make one iteration a call.
    if (iteration > laps.length) laps.push((now - last) / 1000);
    last = now;
  }
  const { user, system } = process.cpuUsage(before);
  laps.sort((a, b) => a - b);
  return {
    status: 'ok',
    measures: {
      drawing: (times[1] - times[0]) / 1000,
      stepping: (times[2] - times[1]) / 1000,
      trial: (performance.now() - times[0]) / 1000,
      fastest: laps[0],
      median: laps[Math.floor(laps.length / 2)],
      processor: (user + system) / 1e6 / laps.length,
      digest: Number(digestOf(state.weights)),
    },
  };
}

export function findExperiment(id) {
  if (id !== 'one-set') throw new Error(`no bench experiment '${id}'`);
  return { id, trial };
}
