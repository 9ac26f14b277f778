/** Update rules on quadratics F(w) = ½ Σ λ_j w_j², whose descents have closed forms. */
import { describe, expect, it } from 'vitest';
import { descentState, runDescent } from '../../../src/core/descent/descent.js';
import { parseSchedule } from '../../../src/core/descent/schedules.js';
import type { DescentKernels, DescentState, Problem } from '../../../src/core/kernels/contract.js';
import { loadNativeKernels } from '../../../src/core/kernels/native.js';
import { referenceKernels } from '../../../src/core/kernels/reference.js';
import type { UpdateMethod } from '../../../src/core/kernels/updates.js';
import { parseActivation } from '../../../src/core/networks/activations.js';
import { leastSquaresSlope } from '../../../src/statistics/regression.js';

const native = loadNativeKernels();
const KERNELS: readonly DescentKernels[] = [referenceKernels, native];

/** A linear neuron whose inputs are the rows of √n diag(√λ): n = d samples with label 0. */
function quadratic(kernels: DescentKernels, eigenvalues: readonly number[], loss = 'squared'): Problem {
  const d = eigenvalues.length;
  const inputs = kernels.allocateInputs(d, d);
  eigenvalues.forEach((value, j) => (inputs.values[j * d + j] = Math.sqrt(d * value)));
  return {
    inputs: kernels.prepare(inputs),
    labels: new Float64Array(d),
    shape: { strides: 1, rows: 1 },
    activation: parseActivation('linear'),
    loss,
  };
}

function descend(
  kernels: DescentKernels,
  problem: Problem,
  start: readonly number[],
  stepSize: number,
  method: UpdateMethod,
  iterations: number,
): DescentState {
  const points = { starts: 1, weights: Float64Array.from(start), outputWeights: Float64Array.of(1) };
  const state = descentState(points, Float64Array.of(stepSize), false, { method });
  runDescent(kernels, problem, state, { iterations, tolerance: -1 });
  return state;
}

/** x_t of x_{t+1} = a x_t − b x_{t−1} by the roots of r² − a r + b: real ones, or a complex pair. */
function byRoots(a: number, b: number, x0: number, x1: number, t: number): number {
  const discriminant = a * a - 4 * b;
  if (discriminant < 0) {
    const [radius, angle] = [Math.sqrt(b), Math.acos(a / (2 * Math.sqrt(b)))];
    return (
      radius ** t *
      (x0 * Math.cos(angle * t) + ((x1 / radius - x0 * Math.cos(angle)) / Math.sin(angle)) * Math.sin(angle * t))
    );
  }
  const [plus, minus] = [1, -1].map((sign) => (a + sign * Math.sqrt(discriminant)) / 2);
  const share = (x1 - minus * x0) / (plus - minus);
  return share * plus ** t + (x0 - share) * minus ** t;
}

describe.each(KERNELS)('a scalar quadratic, $name kernels', (kernels) => {
  const [curvature, start] = [1.7, 2];
  const problem = quadratic(kernels, [curvature]);

  it.each([
    [0.1, 0.9, 40],
    [0.02, 0.3, 25],
    [1.5, 0.8, 60],
  ])('the heavy ball is W_{t+1} = (1 + β − ηλ) W_t − β W_{t−1}: η = %f, β = %f', (eta, momentum, t) => {
    const expected = byRoots(1 + momentum - eta * curvature, momentum, start, (1 - eta * curvature) * start, t);
    const { weights } = descend(kernels, problem, [start], eta, { rule: 'momentum', momentum }, t);
    expect(weights[0]).toBeCloseTo(expected, 12);
  });

  it.each([
    [0.1, 0.9, 40],
    [0.02, 0.3, 25],
    [0.7, 0.8, 60],
  ])('Nesterov is W_{t+1} = (1 − ηλ)((1 + β) W_t − β W_{t−1}): η = %f, β = %f', (eta, momentum, t) => {
    const shrink = 1 - eta * curvature;
    const first = (1 - eta * curvature * (1 + momentum)) * start;
    const expected = byRoots((1 + momentum) * shrink, momentum * shrink, start, first, t);
    const { weights } = descend(kernels, problem, [start], eta, { rule: 'nesterov', momentum }, t);
    expect(weights[0]).toBeCloseTo(expected, 12);
  });

  it('loss and gradient norm are those of the returned W', () => {
    const { weights, loss, gradientNorm } = descend(kernels, problem, [start], 0.1, { rule: 'nesterov' }, 13);
    expect(loss[0]).toBeCloseTo((curvature * weights[0] ** 2) / 2, 14);
    expect(gradientNorm[0]).toBeCloseTo(curvature * Math.abs(weights[0]), 14);
  });

  it('with a schedule gradient descent is the product of 1 − η_t λ', () => {
    const { factor } = parseSchedule('inverse-sqrt:3');
    const { weights } = descend(kernels, problem, [start], 0.4, { rule: 'gd', ...(factor && { factor }) }, 9);
    const shrinks = Array.from({ length: 9 }, (_, t) => 1 - (0.4 / Math.sqrt(1 + t / 3)) * curvature);
    expect(weights[0]).toBeCloseTo(
      shrinks.reduce((x, shrink) => x * shrink, start),
      14,
    );
  });

  it('on a linear loss, a schedule moves W by η g times the sum of its factors', () => {
    const { factor } = parseSchedule('cosine:40');
    const linear = quadratic(kernels, [curvature], 'f - y');
    const { weights } = descend(kernels, linear, [start], 0.01, { rule: 'gd', ...(factor && { factor }) }, 60);
    expect(weights[0]).toBeCloseTo(start - 0.01 * Math.sqrt(curvature) * 20.5, 12);
  });
});

describe.each(KERNELS)('Adam, $name kernels', (kernels) => {
  it('is Algorithm 1 of Kingma and Ba (2015), written out', () => {
    const [eigenvalues, start] = [
      [0.5, 2, 30],
      [1, -2, 0.25],
    ];
    const { weights } = descend(kernels, quadratic(kernels, eigenvalues), start, 0.05, { rule: 'adam' }, 200);
    start.forEach((from, j) => {
      let [w, m, v] = [from, 0, 0];
      for (let t = 1; t <= 200; t++) {
        const g = eigenvalues[j] * w;
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g ** 2;
        w -= (0.05 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
      }
      expect(weights[j]).toBeCloseTo(w, 12);
    });
  });
});

/** The best constant parameters of each rule for λ in [1/κ, 1], and the rate that they are known for (Polyak 1964; Nesterov 2004, section 2.2). */
const RULES: Readonly<Record<string, (kappa: number) => { eta: number; method: UpdateMethod; rate: number }>> = {
  gd: (kappa) => ({ eta: 2 / (1 + 1 / kappa), method: { rule: 'gd' }, rate: (kappa - 1) / (kappa + 1) }),
  momentum: (kappa) => {
    const rate = (Math.sqrt(kappa) - 1) / (Math.sqrt(kappa) + 1);
    return { eta: 4 / (1 + Math.sqrt(1 / kappa)) ** 2, method: { rule: 'momentum', momentum: rate ** 2 }, rate };
  },
  nesterov: (kappa) => {
    const momentum = (Math.sqrt(kappa) - 1) / (Math.sqrt(kappa) + 1);
    return { eta: 1, method: { rule: 'nesterov', momentum }, rate: 1 - 1 / Math.sqrt(kappa) };
  },
};

describe('the order of convergence: ‖∇F‖ shrinks per update by 1 − O(κ^−p)', () => {
  const KAPPAS = [16, 64, 256, 1024];

  /** −log of the factor by which the gradient norm shrinks per update, far from the start. */
  function measured(rule: string, kappa: number): { rate: number; expected: number } {
    const { eta, method, rate } = RULES[rule](kappa);
    const eigenvalues = [1, kappa ** -0.25, kappa ** -0.5, kappa ** -0.75, 1 / kappa];
    const problem = quadratic(native, eigenvalues);
    const window = Math.ceil(30 / -Math.log(rate));
    const norms = [window, 2 * window].map(
      (t) => descend(native, problem, [1, 1, 1, 1, 1], eta, method, t).gradientNorm[0],
    );
    return { rate: Math.log(norms[0] / norms[1]) / window, expected: -Math.log(rate) };
  }

  it.each([
    ['gd', 1],
    ['momentum', 0.5],
    ['nesterov', 0.5],
  ])('%s: p = %f', (rule, order) => {
    const rates = KAPPAS.map((kappa) => measured(rule, kappa));
    for (const { rate, expected } of rates) expect(Math.abs(rate / expected - 1)).toBeLessThan(0.05);
    const slope = leastSquaresSlope(
      KAPPAS.map((kappa) => Math.log(kappa)),
      rates.map(({ rate }) => Math.log(rate)),
    );
    expect(Math.abs(slope + order)).toBeLessThan(0.05);
  });
});
