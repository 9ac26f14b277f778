/**
 * Compares descents, Hessian products, the landscape loss and the population risk of the native kernels with plain
 * loops, for every activation. Prints the vector target and the largest relative difference as JSON.
 */
import { loadNativeKernels } from '../../../dist/core/kernels/native.js';
import { referenceKernels as reference } from '../../../dist/core/kernels/reference.js';
import { parseActivation } from '../../../dist/core/networks/activations.js';
import { ACTIVATION_EXAMPLES } from '../../../dist/core/networks/activationTable.js';

const [n, d, K, L] = [83, 7, 3, 5];

function normals(purpose, count) {
  const values = new Float64Array(count);
  reference.normals({ key: [9, 8], trial: 0, purpose }, 0, values);
  return values;
}

function apart(found, expected) {
  const scale = Math.max(...expected.map(Math.abs), 1e-300);
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]))) / scale;
}

function ofNetwork(kernels, name) {
  const problem = {
    inputs: kernels.prepare({ samples: n, dimension: d, values: normals(0, n * d) }),
    labels: normals(1, n).map((y) => (y > 0 ? 1 : 0)),
    shape: { strides: 1, rows: K },
    activation: parseActivation(name),
    loss: 'squared',
  };
  const points = { starts: L, weights: normals(2, L * K * d), outputWeights: normals(3, L * K) };
  const { loss, gradient, outputGradient } = kernels.evaluate(problem, points);
  const product = kernels.hessianVector(problem, points, points, true);
  return [loss, gradient, outputGradient, product.weights, product.outputWeights];
}

function ofRisk(kernels, name) {
  const teacher = { weights: normals(4, 2 * d), outputWeights: normals(5, 2) };
  const problem = { activation: parseActivation(name), dimension: d, teacher };
  const points = { starts: L, weights: normals(2, L * K * d), outputWeights: normals(3, L * K) };
  return Object.values(kernels.evaluatePopulation(problem, points));
}

try {
  const native = loadNativeKernels();
  const pairs = [
    ...ACTIVATION_EXAMPLES.map((name) => [ofNetwork(native, name), ofNetwork(reference, name)]),
    ...['relu', 'squared-relu', 'erf'].map((name) => [ofRisk(native, name), ofRisk(reference, name)]),
  ];
  const worst = Math.max(...pairs.flatMap(([found, expected]) => found.map((array, i) => apart(array, expected[i]))));
  console.log(JSON.stringify({ target: native.info().vectorTarget, worst }));
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
