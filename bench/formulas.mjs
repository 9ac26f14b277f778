/**
 * Row G: formulas against the built-in sigmoid on workload A: loss and gradient at 20 starts, CPU time, alternating.
 * `node bench/formulas.mjs [--rounds 9]` (after the program is built) also measures other formulas.
 */
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { parseActivation } from '../dist/core/networks/activations.js';
import { cpuSeconds, inRounds, whenAlone } from './alone.mjs';
import { shown } from './statistics.mjs';

export const DEFAULTS = { rounds: 9 };

const CALLS = 8;
const HUBER = 'where(abs(f-y)<=1,0.5*(f-y)^2,abs(f-y)-0.5)';
const BUILT_IN = ['sigmoid', 'squared'];
/** Those of row G first. */
const CASES = [
  ['1/(1+exp(-z))', 'squared'],
  ['z*sigmoid(1.702*z)', 'squared'],
  ['tanh(z)', 'squared'],
  ['max(z,0)', 'squared'],
  ['sin(z)', 'squared'],
  ['z/(1+abs(z))', 'squared'],
  ['erfc(z)', 'squared'],
  ['sigmoid', HUBER],
];
const ROW_G = CASES.slice(0, 2);
const [samples, dimension, rows, starts] = [5000, 60, 3, 20];

function workload(kernels) {
  const address = (purpose) => ({ key: [1, 2], trial: 0, purpose });
  const normals = (length, purpose, scale) => {
    const out = new Float64Array(length);
    kernels.normals(address(purpose), 0, out);
    return out.map((x) => scale * x);
  };
  const inputs = kernels.allocateInputs(samples, dimension);
  inputs.values.set(normals(samples * dimension, 1, 1));
  const labels = new Float64Array(samples);
  kernels.uniforms(address(2), 0, labels);
  const points = {
    starts,
    weights: normals(starts * rows * dimension, 3, 0.3),
    outputWeights: new Float64Array(starts * rows).fill(1 / rows),
  };
  return { problem: { inputs: kernels.prepare(inputs), labels, shape: { strides: 1, rows } }, points };
}

export function measure({ rounds: count }) {
  const kernels = loadNativeKernels();
  const { problem, points } = workload(kernels);
  const seconds = ([activation, loss]) => {
    const posed = { ...problem, activation: parseActivation(activation), loss };
    return cpuSeconds(() => {
      for (let call = 0; call < CALLS; call++) kernels.evaluate(posed, points);
    });
  };
  const all = [BUILT_IN, ...CASES];
  all.forEach(seconds);
  const { over } = inRounds(count, () => new Map(all.map((one) => [one, seconds(one)])));
  const ratio = (one) => over((times) => times.get(BUILT_IN) / times.get(one));
  return {
    results: Object.fromEntries(ROW_G.map((one) => [`G \`${one[0]}\`: of A's rate`, ratio(one)])),
    details: CASES.map(
      (one) => `${one[0]}, ${one[1] === HUBER ? 'Huber' : one[1]}: ${shown(ratio(one), 2)} of the built-in sigmoid's`,
    ),
  };
}

await whenAlone(import.meta, { DEFAULTS, measure });
