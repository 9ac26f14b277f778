/** gao2018-degree4: bias and variance against expansions and integrals by plain sums. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { biasOf, gaussianVariances } from '../../src/experiments/papers/gao2018/degree4Trial.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const kernels = loadNativeKernels();
const PARTS = 6000;

/** ∫ f over [−3, 3] by Simpson’s rule. */
function integral(f: (v: number) => number): number {
  let sum = 0;
  for (let i = 0; i <= PARTS; i++) {
    const factor = i === 0 || i === PARTS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += factor * f(-3 + (6 * i) / PARTS);
  }
  return (sum * 6) / PARTS / 3;
}

/** The matrix of ∫ w(v) v^(a+b) dv for given powers a, b. */
function momentsOf(w: (v: number) => number, powers: readonly number[]): Float64Array {
  return Float64Array.from(powers.flatMap((a) => powers.map((b) => integral((v) => w(v) * v ** (a + b)))));
}

const kernel = (v: number): number => Math.exp((-v * v) / 2);

describe('the bias of degree 4', () => {
  it('is that of the sixth derivative: log cosh x has the sixth derivative 16 at 0', () => {
    // v⁶ ≈ a + b v² + c v⁴ under the kernel; the rest of log f is 16 (hv)⁶/720.
    const right = Float64Array.from([0, 2, 4], (a) => integral((v) => kernel(v) * v ** (a + 6)));
    const [, b, c] = kernels.solve(momentsOf(kernel, [0, 2, 4]), right, 3, 1);
    const h = 0.05;
    const bias = biasOf({ d: 1, h, point: 'origin' });
    expect(bias['bias2'] / ((2 * Math.abs(b) * 16 * h ** 4) / 720)).toBeCloseTo(1, 1);
    expect(bias['bias4'] / ((24 * c * 16 * h ** 2) / 720)).toBeCloseTo(1, 1);
    expect(bias['bias1'] + bias['bias3']).toBeLessThan(1e-9);
  });

  it('has slopes of a symmetric kernel, judged between two bandwidths of at most 0.1', () => {
    const overrides = { trials: '2', n: '300', d: '1', biasBandwidth: '0.1,0.05' };
    const bias = runInProcess('gao2018-degree4', overrides).claims.filter(({ id }) => id.startsWith('bias-'));
    expect(bias.map(({ verdict }) => verdict)).toEqual(bias.map(() => 'holds'));
    const wide = runInProcess('gao2018-degree4', { ...overrides, biasBandwidth: '0.4,0.2' });
    const [first] = wide.claims;
    expect([first.verdict, first.reason]).toEqual(['undecided', expect.stringContaining('two bandwidths') as string]);
  });
});

describe('the variance of degree 4', () => {
  it.each([0.5, 1])('is that of M⁻¹NM⁻¹ with a constant among the monomials, d = 1, h = %s', (h) => {
    const density = (v: number): number => Math.exp((-h * h * v * v) / 2) / Math.sqrt(2 * Math.PI);
    const powers = [0, 1, 2, 3, 4];
    const mass = momentsOf((v) => density(v) * kernel(v), powers);
    // The constant stands for the normaliser: its score is centred, and N must be too.
    const means = powers.map((a) => mass[a] / mass[0]);
    const noise = powers.flatMap((a) =>
      powers.map((b) => integral((v) => density(v) * kernel(v) ** 2 * (v ** a - means[a]) * (v ** b - means[b]))),
    );
    const half = kernels.solve(mass, Float64Array.from(noise), 5, 5);
    const turned = half.map((_, at) => half[(at % 5) * 5 + Math.floor(at / 5)]);
    const covariance = kernels.solve(mass, turned, 5, 5);
    const { second, fourth } = gaussianVariances(kernels, 1, h);
    expect(second / ((covariance[2 * 5 + 2] * 2 ** 2) / h ** 5)).toBeCloseTo(1, 6);
    expect(fourth / ((covariance[4 * 5 + 4] * 24 ** 2) / h ** 9)).toBeCloseTo(1, 6);
  });

  it('is near the squared error of a sample', () => {
    const cell = { n: 4000, d: 1, h: 1, point: 'origin' };
    const ratios = [0, 1, 2, 3, 4, 5, 6, 7].map(
      (trial) => trialInProcess('gao2018-degree4', {}, cell, trial).measures['ratio2'],
    );
    const average = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    expect(average).toBeGreaterThan(0.2);
    expect(average).toBeLessThan(3);
  });
});
