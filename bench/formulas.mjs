/**
 * Formulas against the built-in sigmoid on workload A (row G): loss and gradient at 20 starts, CPU time, alternating.
 * `node bench/formulas.mjs [rounds]` prints the median, least and largest ratio of the rates.
 */
import { loadNativeKernels } from '../dist/core/kernels/native.js';
import { parseActivation } from '../dist/core/networks/activations.js';

const ROUNDS = Number(process.argv[2] ?? 9);
const CALLS = 8;
const HUBER = 'where(abs(f-y)<=1,0.5*(f-y)^2,abs(f-y)-0.5)';
const CASES = [
  ['sigmoid', 'squared'],
  ['1/(1+exp(-z))', 'squared'],
  ['z*sigmoid(1.702*z)', 'squared'],
  ['tanh(z)', 'squared'],
  ['max(z,0)', 'squared'],
  ['sin(z)', 'squared'],
  ['z/(1+abs(z))', 'squared'],
  ['erfc(z)', 'squared'],
  ['sigmoid', HUBER],
];

const kernels = loadNativeKernels();
const address = (purpose) => ({ key: [1, 2], trial: 0, purpose });
const normals = (length, purpose, scale) => {
  const out = new Float64Array(length);
  kernels.normals(address(purpose), 0, out);
  return out.map((x) => scale * x);
};
const [samples, dimension, rows, starts] = [5000, 60, 3, 20];
const inputs = kernels.allocateInputs(samples, dimension);
inputs.values.set(normals(samples * dimension, 1, 1));
const labels = new Float64Array(samples);
kernels.uniforms(address(2), 0, labels);
const prepared = kernels.prepare(inputs);
const points = {
  starts,
  weights: normals(starts * rows * dimension, 3, 0.3),
  outputWeights: new Float64Array(starts * rows).fill(1 / rows),
};

/** CPU milliseconds of one evaluation. */
function time([activation, loss]) {
  const problem = {
    inputs: prepared,
    labels,
    shape: { strides: 1, rows },
    activation: parseActivation(activation),
    loss,
  };
  const before = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) kernels.evaluate(problem, points);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS / 1000;
}

CASES.forEach(time);
const rounds = Array.from({ length: ROUNDS }, () => CASES.map(time));
console.log(`${kernels.info().vectorTarget}, ${ROUNDS} rounds`);
console.log('| activation | loss | rate over the built-in sigmoid |');
console.log('| --- | --- | --- |');
CASES.forEach(([activation, loss], i) => {
  const ratios = rounds.map((times) => times[0] / times[i]).sort((a, b) => a - b);
  const [least, median, most] = [ratios[0], ratios[Math.floor(ROUNDS / 2)], ratios[ROUNDS - 1]];
  console.log(
    `| \`${activation}\` | ${loss === HUBER ? 'Huber' : loss} | ${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)}) |`,
  );
});
