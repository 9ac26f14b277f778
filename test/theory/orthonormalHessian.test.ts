import { expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { orthonormalExtremes } from '../../src/theory/orthonormalHessian.js';
import { populationHessian } from '../../src/theory/populationHessian.js';

const kernels = loadNativeKernels();

it.each([
  ['sigmoid', 1, 2],
  ['sigmoid', 2, 2],
  ['sigmoid', 3, 1],
  ['tanh', 5, 1.5],
])('of %s, K = %i, s = %d is that of the quadrature of every pair', (name, K, s) => {
  const activation = parseActivation(name);
  const weights = Float64Array.from({ length: K * (K + 1) }, (_, at) => (at % (K + 2) === 0 ? s : 0));
  const hessian = populationHessian({ activation, weights, outputWeights: new Float64Array(K).fill(1 / K) });
  const { values } = kernels.symmetricEigen(hessian, weights.length);
  const { smallest, largest } = orthonormalExtremes(activation, s, K);
  expect(smallest / values[0]).toBeCloseTo(1, 9);
  expect(largest / values[values.length - 1]).toBeCloseTo(1, 9);
});

it('has the numbers computed apart from basin: ρ = 2.1440e-3 at norm 1 for every K, the limits at norm 2', () => {
  const sigmoid = parseActivation('sigmoid');
  for (const K of [2, 3, 5, 20]) expect(orthonormalExtremes(sigmoid, 1, K).smallest * K * K).toBeCloseTo(2.144e-3, 6);
  const scaled = [2, 3, 5, 20].map((K) => orthonormalExtremes(sigmoid, 2, K).smallest * K * K);
  [3.4531e-3, 3.286e-3, 3.1872e-3, 3.0996e-3].forEach((value, at) => {
    expect(scaled[at]).toBeCloseTo(value, 7);
  });
  expect(orthonormalExtremes(sigmoid, 2, 3).largest).toBeCloseTo(8.3206e-3, 7);
});

it('refuses φ′ that is not even', () => {
  expect(() => orthonormalExtremes(parseActivation('relu'), 1, 2)).toThrow('relu: φ′ must be even');
});
