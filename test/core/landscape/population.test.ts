/**
 * E[y S_4] of one ReLU neuron over the law of the inputs, by Simpson's rule on the real terms: κ* = f″(0), f the
 * density of ⟨a*, x⟩.
 */
import { describe, expect, it } from 'vitest';
import type { InputLaw } from '../../../src/core/networks/inputs.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { landscapeProblem } from '../../../src/core/landscape/problem.js';
import { exactTerms } from '../../../src/core/landscape/terms.js';

const kernels = loadNativeKernels();
const [REACH, COUNT] = [30, 6001];
const GRID = Float64Array.from({ length: COUNT }, (_, i) => -REACH + (2 * REACH * i) / (COUNT - 1));

const normal = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
const DENSITIES: Readonly<Record<string, (x: number) => number>> = {
  gaussian: normal,
  mixture: (x) => (normal(x - 1) + normal(x + 1)) / 2,
  logistic: (x) => 0.25 / Math.cosh(x / 2) ** 2,
  laplace: (x) => Math.exp(-Math.abs(x)) / 2,
};

/** With d = k = 1, μ = 1 and s = −1 the loss at a = 1 is Σ_t ω_t S_4(t). */
function kappa(law: InputLaw): number {
  const density = DENSITIES[law];
  const simpson = (i: number): number =>
    (i === 0 || i === COUNT - 1 ? 1 : i % 2 === 1 ? 4 : 2) * ((2 * REACH) / (COUNT - 1) / 3);
  const labels = GRID.map((x, i) => COUNT * simpson(i) * density(x) * Math.max(x, 0));
  const problem = landscapeProblem(kernels, exactTerms(law, GRID, COUNT, 1), labels, { sign: -1, mu: 1, penalty: 0 });
  return kernels.evaluateLandscape(problem, Float64Array.of(1)).loss;
}

describe('κ* of a ReLU neuron along an axis', () => {
  it('is f″(0) of the Gaussian and the logistic density', () => {
    expect(kappa('gaussian')).toBeCloseTo(-1 / Math.sqrt(2 * Math.PI), 7);
    expect(kappa('logistic')).toBeCloseTo(-1 / 8, 7);
  });

  it('is 0 for the mixture of the paper: with A* = I its loss L has no signal at all', () => {
    expect(Math.abs(kappa('mixture'))).toBeLessThan(1e-7);
  });

  it('has the wrong sign with sgn(x)⊗⁴ for the Laplace law: E[y] = ½ is left where the atom at 0 is missing', () => {
    expect(kappa('laplace')).toBeCloseTo(0.5, 5);
  });
});

it('on the mixture κ* of an orthonormal teacher never has one sign: Σ_i (m_i² − 1) = 0 for the means m_i of its neurons', () => {
  const d = 5;
  const normals = new Float64Array(d * d);
  kernels.normals({ key: [1, 2], trial: 3, purpose: 4 }, 0, normals);
  const { q } = kernels.qr(normals, d, d);
  const means = Array.from({ length: d }, (_, i) =>
    Array.from({ length: d }, (_unused, j) => q[j * d + i]).reduce((sum, a) => sum + a, 0),
  );
  const kappas = means.map((m) => normal(m) * (m * m - 1));
  expect(means.reduce((sum, m) => sum + m * m - 1, 0)).toBeCloseTo(0, 12);
  expect(Math.min(...kappas)).toBeLessThan(0);
  expect(Math.max(...kappas)).toBeGreaterThan(0);
});
