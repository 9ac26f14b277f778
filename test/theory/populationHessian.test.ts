import { describe, expect, it } from 'vitest';
import { parseActivation } from '../../src/core/networks/activations.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { sandwichBlocks } from '../../src/theory/asymptotics.js';
import { populationHessian, populationHessianAt } from '../../src/theory/populationHessian.js';
import { quantities } from '../../src/theory/quantities.js';

const kernels = loadNativeKernels();

function scaledIdentity(K: number, d: number, scale: number): Float64Array {
  return Float64Array.from({ length: K * d }, (_, at) => (at % (d + 1) === 0 ? scale : 0));
}

/** Eigenvalues of E∇²f(W*), ascending. */
function spectrum(name: string, weights: Float64Array, outputWeights: Float64Array): Float64Array {
  const hessian = populationHessian({ activation: parseActivation(name), weights, outputWeights });
  return kernels.symmetricEigen(hessian, weights.length).values;
}

function ends(name: string, K: number, scale: number, v: number): number[] {
  const values = spectrum(name, scaledIdentity(K, K + 1, scale), new Float64Array(K).fill(v));
  return [values[0], values[values.length - 1]];
}

describe('the population Hessian at W*', () => {
  // Computed apart from basin, from the blocks of an orthonormal teacher.
  it.each<[string, number, number, number, number]>([
    ['squared-relu', 2, 1, 0.62911, 7.371],
    ['squared-relu', 5, 1, 0.36338, 11.055],
    ['squared-relu', 10, 1, 0.36338, 16.696],
    ['relu', 5, 1, 0.090845, 1.7911],
    ['tanh', 5, 1, 0.050994, 1.9319],
  ])('of %s with K = %i orthonormal rows of norm %d', (name, K, scale, smallest, largest) => {
    const found = ends(name, K, scale, 1);
    expect(found[0] / smallest).toBeCloseTo(1, 4);
    expect(found[1] / largest).toBeCloseTo(1, 4);
  });

  it.each<[number, number, number]>([
    [2, 2, 3.4531e-3],
    [3, 2, 3.286e-3],
    [5, 2, 3.1872e-3],
    [3, 1, 2.144e-3],
  ])('of the sigmoid’s mean over K = %i rows of norm %d: λ_min K² = %d', (K, scale, smallest) => {
    expect((ends('sigmoid', K, scale, 1 / K)[0] * K * K) / smallest).toBeCloseTo(1, 4);
  });

  it('has λ_min = ρ and its multiplicity from the blocks outside of the plane: β0 − α0², (d − K)(K − 1) times', () => {
    const [K, d] = [3, 6];
    const { alpha, beta } = quantities(parseActivation('relu'), 1);
    const values = spectrum('relu', scaledIdentity(K, d, 1), new Float64Array(K).fill(1));
    const flat = beta[0] - alpha[0] ** 2;
    expect(values.filter((value) => Math.abs(value / flat - 1) < 1e-9).length).toBeGreaterThanOrEqual(
      (d - K) * (K - 1),
    );
  });

  it('of rows at any angle is the one of the other quadrature, in three dimensions', () => {
    const mixing = Float64Array.of(1.5, 0, 0, 0.9, 1.2, 0, -0.4, 0.3, 1);
    const outputWeights = Float64Array.of(0.5, -0.7, 1);
    const activation = parseActivation('sigmoid');
    const { hessian } = sandwichBlocks(
      { activation, outputWeights, mixing, isShared: false, loss: 'squared' },
      61,
    ).plane;
    const found = populationHessian({ activation, weights: mixing, outputWeights });
    found.forEach((entry, at) => {
      expect(Math.abs(entry - hessian[at])).toBeLessThan(1e-9);
    });
  });

  it('of two equal rows has d zeros; three unit rows at 120° in a plane have none', () => {
    const equal = spectrum('tanh', Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0), Float64Array.of(1, 1));
    expect([...equal].filter((value) => Math.abs(value) < 1e-12)).toHaveLength(4);
    const [c, s] = [-0.5, Math.sqrt(0.75)];
    const star = Float64Array.of(1, 0, 0, c, s, 0, c, -s, 0);
    const least = (name: string): number => spectrum(name, star, new Float64Array(3).fill(1))[0];
    expect(least('sigmoid') / 9).toBeCloseTo(1.15e-4, 6);
    expect(least('tanh')).toBeCloseTo(0.03, 3);
    expect(least('relu')).toBeCloseTo(0.058, 3);
    expect(least('squared-relu')).toBeCloseTo(0.78, 2);
  });
});

describe('the population Hessian elsewhere', () => {
  const activation = parseActivation('sigmoid');
  const teacher = { activation, weights: Float64Array.of(1.5, 0, 0.9, 1.2), outputWeights: Float64Array.of(0.4, -0.6) };

  it('is at W* the one of W*', () => {
    expect(populationHessianAt(teacher, teacher.weights)).toEqual(populationHessian(teacher));
  });

  it('is the expectation of its formula, by sums over a grid of the plane', () => {
    const weights = Float64Array.of(1.1, -0.4, 0.2, 1.9);
    const [v, nodes, step] = [teacher.outputWeights, 141, 0.125];
    const expected = new Float64Array(16);
    const product = (w: Float64Array, j: number, x: readonly number[]): number => w[2 * j] * x[0] + w[2 * j + 1] * x[1];
    for (let at = 0; at < nodes * nodes; at++) {
      const x = [Math.floor(at / nodes), at % nodes].map((i) => step * (i - (nodes - 1) / 2));
      const density = (step * step * Math.exp(-(x[0] ** 2 + x[1] ** 2) / 2)) / (2 * Math.PI);
      const residual = [0, 1].reduce(
        (sum, j) =>
          sum + v[j] * (activation.value(product(weights, j, x)) - activation.value(product(teacher.weights, j, x))),
        0,
      );
      for (let entry = 0; entry < 16; entry++) {
        const [j, a, l, b] = [8, 4, 2, 1].map((bit) => (entry & bit) / bit);
        const slopes = [j, l].map((k) => v[k] * activation.derivative(product(weights, k, x)));
        const bend = j === l ? residual * v[j] * activation.secondDerivative(product(weights, j, x)) : 0;
        expected[entry] += density * (slopes[0] * slopes[1] + bend) * x[a] * x[b];
      }
    }
    populationHessianAt(teacher, weights).forEach((entry, at) => {
      expect(Math.abs(entry - expected[at])).toBeLessThan(1e-9);
    });
  });

  it('is refused for an activation with a kink', () => {
    const relu = { ...teacher, activation: parseActivation('relu') };
    expect(() => populationHessianAt(relu, teacher.weights)).toThrow('φ must be smooth');
  });
});
