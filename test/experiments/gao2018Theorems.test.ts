/** gao2018's theorems in process, at sizes where the facts are already clear. */
import { describe, expect, it } from 'vitest';
import { gaussianVariances, mixtureFit } from '../../src/experiments/papers/gao2018/thm1Theory.js';
import { leastSquaresSlope } from '../../src/statistics/regression.js';
import { runInProcess, trialInProcess } from './inProcess.js';

describe('gao2018-thm1', () => {
  it('has the estimate for n → ∞ of a quadrature over the mixture', () => {
    const [h, x, step] = [0.4, [0.5, 0.3], 0.02];
    let [m0, u, v, uu, uv, vv] = [0, 0, 0, 0, 0, 0];
    for (let a = -3; a <= 3; a += step) {
      for (let b = -3; b <= 3; b += step) {
        const density = [1, -1].reduce(
          (sum, side) => sum + Math.exp(-((x[0] + a - side) ** 2 + (x[1] + b - side) ** 2) / 2),
          0,
        );
        const w = density * Math.exp(-(a * a + b * b) / (2 * h * h));
        [m0, u, v, uu, uv, vv] = [m0 + w, u + w * a, v + w * b, uu + w * a * a, uv + w * a * b, vv + w * b * b];
      }
    }
    [u, v] = [u / m0, v / m0];
    const [a, b, c] = [uu / m0 - u * u, uv / m0 - u * v, vv / m0 - v * v];
    const determinant = a * c - b * b;
    const { first, second } = mixtureFit(Float64Array.from(x), h);
    expect(first[0]).toBeCloseTo((c * u - b * v) / determinant, 8);
    expect(first[1]).toBeCloseTo((a * v - b * u) / determinant, 8);
    expect(second[0]).toBeCloseTo(1 / h ** 2 - c / determinant, 8);
    expect(second[1]).toBeCloseTo(b / determinant, 8);
  });

  it('has biases that tend to 4h², 0.87h² and 0.54h² at three points', () => {
    const bias = (point: string): number =>
      trialInProcess('gao2018-thm1', {}, { n: 'population', d: 2, h: 0.01, point }, 0).measures['biasSecond'] / 1e-4;
    expect(bias('origin')).toBeCloseTo(4, 2);
    expect(bias('side')).toBeCloseTo(0.871, 2);
    expect(bias('mean')).toBeCloseTo(0.545, 2);
  });

  it('has the variances that were computed apart, and the slope −0.49 at the script’s bandwidths', () => {
    const sd = (h: number): number => Math.sqrt(gaussianVariances(2, h).off);
    expect([0.25, 0.5, 1].map((h) => Number(sd(h).toPrecision(3)))).toEqual([25.9, 4.63, 1.54]);
    const sizes = Array.from({ length: 8 }, (_, i) => 64 * 2 ** i);
    const errors = sizes.map((n) => Math.log(sd(6 * n ** (-1 / 8)) / Math.sqrt(n)));
    expect(leastSquaresSlope(sizes.map(Math.log), errors)).toBeCloseTo(-0.49, 2);
  });

  it('scatters as they say', () => {
    const { cells, claims } = runInProcess('gao2018-thm1', { trials: '300', n: '4000', h: '1' });
    const { firstRatio, secondRatio } = cells[cells.length - 1].measures;
    for (const { low, high } of [firstRatio, secondRatio]) {
      expect(low).toBeLessThan(1.1);
      expect(high).toBeGreaterThan(0.9);
    }
    const biases = claims.filter(({ id }) => id.startsWith('bias-'));
    expect(biases.map(({ verdict }) => verdict)).toEqual(new Array(10).fill('holds'));
  });
});

describe('gao2018-thm2', () => {
  const run = runInProcess('gao2018-thm2', {});
  const population = (mu: number) =>
    run.cells.find(
      ({ settings }) => settings['condition'] === 1 && settings['mu'] === mu && settings['n'] === 'population',
    )?.measures ?? {};

  it('has the teacher as its only minimum within the assumptions, and others far outside', () => {
    expect(population(0.009)['teacherRate'].value).toBe(1);
    expect(population(0.009)['strictRate'].value).toBe(1);
    expect(population(0.009)['distance'].value).toBeLessThan(1e-8);
    expect(population(3)['teacherShare'].value).toBeLessThan(1);
    expect(population(3)['distance'].value).toBeGreaterThan(1);
  });

  it('claims of the population what is in the grid, and of the samples at the largest n', () => {
    expect(run.claims.map(({ id }) => id)).toEqual([
      'minima-are-teacher',
      'strict-saddles',
      'large-mu-misses',
      'kappa',
      'alternative-form',
      'sample-minima',
      'sample-rate',
    ]);
    expect(runInProcess('gao2018-thm2', { muCondition: '0.3', trials: '1', n: '100' }).claims).toHaveLength(4);
  });

  it('comes near the teacher on enough samples: κ* is −1/√(2π)', () => {
    const cell = { n: 300_000, d: 2, condition: 1, mu: 0.009 };
    const { measures } = trialInProcess('gao2018-thm2', { starts: '2' }, cell, 0);
    expect(measures['kappa']).toBeCloseTo(-1 / Math.sqrt(2 * Math.PI), 1);
    expect(measures['nearest']).toBeLessThan(0.2);
    expect(measures['allTeacher']).toBe(1);
  });
});
