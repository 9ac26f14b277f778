import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { dot, row, unitRows } from '../../../src/core/tensor/dense.js';
import {
  codedFactor,
  normOfMoment,
  recoverMagnitudes,
  recoverSigns,
  type Recovery,
} from '../../../src/core/tensor/magnitudes.js';
import type { HermiteMoments } from '../../../src/core/tensor/orders.js';
import { quantities } from '../../../src/theory/quantities.js';
import { exactSamples, kernels, largestDifference } from './fixtures.js';

const momentsOf =
  (name: string): HermiteMoments =>
  (sigma) =>
    quantities(parseActivation(name), sigma).m;

describe('the norm of a moment', () => {
  it.each(['sigmoid', 'sigmoid:5', 'tanh', 'erf', 'relu', 'leaky-relu:0.2', 'squared-relu', 'softplus', 'linear'])(
    '%s: inverts m_1',
    (name) => {
      const moments = momentsOf(name);
      for (const sigma of [1e-3, 0.25, 1, 2, 5])
        expect(normOfMoment(moments, 1, moments(sigma)[0]) / sigma).toBeCloseTo(1, 9);
    },
  );

  it('inverts negative and higher moments: those of a sigmoid have m_3 < 0', () => {
    const moments = momentsOf('sigmoid');
    expect(moments(1)[2]).toBeLessThan(0);
    for (const sigma of [0.1, 1, 3]) expect(normOfMoment(moments, 3, -moments(sigma)[2]) / sigma).toBeCloseTo(1, 9);
  });

  it('takes the squared ReLU with its square root, not as the authors of zhong2017 coded it', () => {
    expect(normOfMoment(momentsOf('squared-relu'), 1, 4 * (2 / Math.sqrt(2 * Math.PI)))).toBeCloseTo(2, 10);
  });

  it('as they coded it, W₀ is √|z|/c for √(|z|/c): 1.12 times as large', () => {
    const c = 2 / Math.sqrt(2 * Math.PI);
    for (const z of [0.3, 2])
      expect(codedFactor(parseActivation('squared-relu'), momentsOf('squared-relu')) * Math.sqrt(z / c)).toBeCloseTo(
        Math.sqrt(z) / c,
        10,
      );
    expect(() => codedFactor(parseActivation('relu'), momentsOf('relu'))).toThrow(
      "m_1(σ) = cσ², as squared-relu, got 'relu'",
    );
  });

  it('is clipped below the supremum 1/√(2π) of the sigmoid’s m_1, and at zero', () => {
    const moments = momentsOf('sigmoid');
    const clipped = normOfMoment(moments, 1, 0.5);
    expect(moments(clipped)[0]).toBeCloseTo(0.998 / Math.sqrt(2 * Math.PI), 9);
    expect(normOfMoment(moments, 1, Infinity)).toBe(clipped);
    expect(normOfMoment(moments, 1, 0)).toBe(1e-6);
  });
});

/** Exact moments of f(x) = Σ v_i φ(w_iᵀx) in d = 2, with the true directions up to sign. */
function recoveryOf(
  name: string,
  W: Float64Array,
  v: readonly number[],
  order: Recovery['order'],
  f = parseActivation(name).value,
): Recovery {
  const samples = exactSamples(2, 48, (x) => v.reduce((sum, weight, i) => sum + weight * f(dot(row(W, i, 2), x)), 0));
  const directions = unitRows(W, v.length).map((value, at) => (at < 2 ? -value : value));
  return { samples, moments: momentsOf(name), order, direction: Float64Array.of(0.6, 0.8), directions };
}

describe('RecMag', () => {
  const W = Float64Array.of(0.9, 0.4, -0.3, 1.2);

  it.each([
    ['mean', 0.5],
    ['sum', 1],
  ])('sigmoid, %s: norms and signs from M_1', (_output, v) => {
    const found = recoverMagnitudes(kernels, recoveryOf('sigmoid', W, [v, v], 1), Float64Array.of(v, v));
    expect(largestDifference(found, W)).toBeLessThan(1e-7);
  });

  it('from M_3(I, α, α), where m_3 is negative', () => {
    const found = recoverMagnitudes(kernels, recoveryOf('tanh', W, [1, 1], 3), Float64Array.of(1, 1));
    expect(largestDifference(found, W)).toBeLessThan(1e-5);
  });

  it('from M_2(I, α) up to the signs, which an even order does not show', () => {
    const recovery = recoveryOf('quadratic', W, [1, 1], 2);
    const found = recoverMagnitudes(kernels, recovery, Float64Array.of(1, 1));
    expect(largestDifference(found.map(Math.abs), W.map(Math.abs))).toBeLessThan(1e-7);
  });
});

describe('RecMagSign', () => {
  const W = Float64Array.of(0.9, 0.4, -0.3, 1.2);

  it.each([
    ['softplus', 2],
    ['quadratic', 2],
    ['softplus', 4],
  ] as const)('%s: v from M_%d, whatever the signs of the directions', (name, even) => {
    for (const v of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ]) {
      expect([...recoverSigns(kernels, recoveryOf(name, W, v, 1), 2, even)]).toEqual(v);
    }
  });
});
