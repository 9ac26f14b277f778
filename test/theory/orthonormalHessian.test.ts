import { expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { orthonormalExtremes } from '../../src/theory/orthonormalHessian.js';
import { populationHessian } from '../../src/theory/populationHessian.js';

const kernels = loadNativeKernels();

it.each([
  ['sigmoid', 1, 2, 2],
  ['sigmoid', 2, 2, 3],
  ['sigmoid', 3, 1, 4],
  ['tanh', 5, 1.5, 6],
  ['sigmoid', 1, 2, 1],
  ['sigmoid', 2, 1, 2],
  ['tanh', 3, 1.5, 3],
  ['sigmoid', 4, 2, 4],
])('of %s, K = %i, s = %d, d = %i is that of the quadrature of every pair', (name, K, s, d) => {
  const activation = parseActivation(name);
  const weights = Float64Array.from({ length: K * d }, (_, at) => (at % (d + 1) === 0 ? s : 0));
  const hessian = populationHessian({ activation, weights, outputWeights: new Float64Array(K).fill(1 / K) });
  const { values } = kernels.symmetricEigen(hessian, weights.length);
  const { smallest, largest } = orthonormalExtremes(activation, s, K, d);
  expect(smallest / values[0]).toBeCloseTo(1, 9);
  expect(largest / values[values.length - 1]).toBeCloseTo(1, 9);
});

it('has the numbers computed apart from basin: ρ = 2.1440e-3 at norm 1 for every K, the limits at norm 2', () => {
  const sigmoid = parseActivation('sigmoid');
  for (const K of [2, 3, 5, 20])
    expect(orthonormalExtremes(sigmoid, 1, K, 21).smallest * K * K).toBeCloseTo(2.144e-3, 6);
  const scaled = [2, 3, 5, 20].map((K) => orthonormalExtremes(sigmoid, 2, K, 21).smallest * K * K);
  [3.4531e-3, 3.286e-3, 3.1872e-3, 3.0996e-3].forEach((value, at) => {
    expect(scaled[at]).toBeCloseTo(value, 7);
  });
  expect(orthonormalExtremes(sigmoid, 2, 3, 4).largest).toBeCloseTo(8.3206e-3, 7);
});

it('refuses φ′ that is not even', () => {
  expect(() => orthonormalExtremes(parseActivation('relu'), 1, 2, 3)).toThrow('relu: φ′ must be even');
});

it('refuses more rows than dimensions', () => {
  expect(() => orthonormalExtremes(parseActivation('tanh'), 1, 3, 2)).toThrow('at most 2 rows are orthonormal, got 3');
});
