/** gao2018-critical in process. */
import { describe, expect, it } from 'vitest';
import { Collector } from '../../src/app/problem/collector.js';
import { runInProcess, trialInProcess } from './inProcess.js';

describe('gao2018-critical', () => {
  const overrides = { d: '3', n: '200', trials: '2', trialsL2: '2', iterations: '400', stepSize: '1e-3' };
  const { outcomes, cells, claims } = runInProcess('gao2018-critical', overrides);

  it('has a curve of the gradient that starts at 1 and ends at the measured ratio', () => {
    for (const { curves = {}, measures } of outcomes.flat()) {
      expect(curves['gradient'][0]).toBe(1);
      expect(curves['gradient'].at(-1)).toBe(measures['gradientRatio']);
    }
  });

  it('has on ℓ2 the ratio of gradients that plain loops over the arrays of the trial find', () => {
    const [d, n] = [3, 200];
    const keep = new Collector();
    const cell = { d, n, loss: 'l2-descent' };
    const { measures } = trialInProcess('gao2018-critical', overrides, cell, 0, keep);
    const arrays = new Map(keep.arrays.map(({ name, values }) => [name, values]));
    const [X, y] = [arrays.get('X') ?? [], arrays.get('y') ?? []];
    /** The norm of the part of the gradient of ½ mean (Σ_m (a_mᵀx)₊ − y)² that is tangential to the rows. */
    const gradientNorm = (A: Float64Array | number[]): number => {
      const gradient = new Array<number>(d * d).fill(0);
      for (let i = 0; i < n; i++) {
        const along = [0, 1, 2].map((m) => [0, 1, 2].reduce((sum, j) => sum + A[m * d + j] * X[i * d + j], 0));
        const residual = along.reduce((sum, a) => sum + Math.max(0, a), 0) - y[i];
        for (let at = 0; at < d * d; at++)
          if (along[Math.floor(at / d)] > 0) gradient[at] += (residual * X[i * d + (at % d)]) / n;
      }
      let square = 0;
      for (let m = 0; m < d; m++) {
        const [a, g] = [A.slice(m * d, (m + 1) * d), gradient.slice(m * d, (m + 1) * d)];
        const radial = g.reduce((sum, value, j) => sum + value * a[j], 0) / Math.hypot(...a);
        square += g.reduce((sum, value) => sum + value * value, 0) - radial * radial;
      }
      return Math.sqrt(square);
    };
    const ratio = gradientNorm(arrays.get('weights') ?? []) / gradientNorm(arrays.get('start') ?? []);
    expect(measures['gradientRatio'] / ratio).toBeCloseTo(1, 6);
  });

  it('sees plain descents on G reach a critical point, and descents of few steps on ℓ2 not', () => {
    const ratios = cells.map(({ measures }) => measures['gradientRatio'].value);
    expect(cells.map(({ settings }) => settings['loss'])).toEqual(['L', 'G', 'l2-adam', 'l2-descent']);
    expect(Math.max(ratios[0], ratios[1])).toBeLessThan(1e-6);
    const short = runInProcess('gao2018-critical', { ...overrides, iterations: '2' }).cells;
    for (const { measures } of short) expect(measures['gradientRatio'].value).toBeGreaterThan(1e-3);
  });

  it('judges no size but the paper’s, and not L', () => {
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual(
      ['G', 'l2-adam', 'l2-descent'].map((loss) => [`critical-${loss}`, 'not-applicable']),
    );
  });
});
