/** soltanolkotabi2017-jacobian and -thm25 in process: against a Jacobian written out, and the exact rate of descent. */
import { describe, expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { parseActivation } from '../../src/core/networks/activations.js';
import { drawInputs } from '../../src/core/networks/inputs.js';
import { drawTeacher } from '../../src/core/networks/teachers.js';
import { Purpose } from '../../src/core/streams.js';
import { printedRadius } from '../../src/experiments/papers/soltanolkotabi2017/thm25.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { exact } from '../../src/statistics/estimate.js';
import { expectation } from '../../src/theory/expectation.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const kernels = loadNativeKernels();

describe('the Jacobian', () => {
  it.each(['softplus', 'tanh', 'quadratic'])('has the singular values of the matrix written out: %s', (activation) => {
    const [d, n] = [5, 8];
    const cell = { activation, growth: 'double', d, n };
    const key = cellKey(findExperiment('soltanolkotabi2017-jacobian'), 1, cell);
    const stream = (purpose: number) => ({ key, trial: 0, purpose });
    const x = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)).values;
    const w = drawTeacher(kernels, 'orthonormal', d, d, 1, stream(Purpose.teacher));
    const { derivative } = parseActivation(activation);
    const jacobian = new Float64Array(n * d * d);
    let along = 0;
    for (let i = 0; i < n; i++) {
      for (let u = 0; u < d; u++) {
        let product = 0;
        for (let j = 0; j < d; j++) product += w[u * d + j] * x[i * d + j];
        for (let j = 0; j < d; j++) jacobian[i * d * d + u * d + j] = derivative(product) * x[i * d + j];
        along += (derivative(product) * product) / (n * d);
      }
    }
    const { s } = kernels.svd(jacobian, n, d * d);
    const { measures } = trialInProcess('soltanolkotabi2017-jacobian', {}, cell, 0);
    expect(measures['sigmaMin']).toBeCloseTo(s[n - 1] / d, 9);
    expect(measures['sigmaMax']).toBeCloseTo(s[0] / Math.sqrt(n * d), 9);
    expect(measures['meanGap']).toBeCloseTo(along - expectation((z) => derivative(z) * z), 9);
  });

  it('of z² has the mean 2w: Stein’s identity', () => {
    const run = runInProcess('soltanolkotabi2017-jacobian', { activation: 'quadratic', trials: '20', d: '16,24' });
    expect(run.claims.find(({ id }) => id === 'mean-quadratic')?.statement).toContain('γ(1) = 2.0000');
    for (const { measures } of run.cells) expect(Math.abs(measures['meanGap'].value)).toBeLessThan(0.15);
    expect(run.figures.map(({ name }) => name)).toEqual([
      'soltanolkotabi2017-jacobian-min',
      'soltanolkotabi2017-jacobian-max',
    ]);
  });
});

describe('sizes', () => {
  const gridOf = (id: string, overrides: Record<string, string>) => {
    const experiment = findExperiment(id);
    const values = resolveValues(experiment, 'smoke', new Map(Object.entries(overrides)));
    return { experiment, values, cells: experiment.cells(values) };
  };

  it('with n < d or n > d² are refused, and are n = d at the smallest d', () => {
    const jacobian = (d: string, growth = 'eighth,double') =>
      gridOf('soltanolkotabi2017-jacobian', { d, growth }).cells;
    expect(() => jacobian('7')).toThrow('d for n = d²/8 must be at least 8, got 7');
    expect(() => jacobian('1', 'double')).toThrow('d for n = 2d must be at least 2, got 1');
    expect(jacobian('8', 'eighth')[0].settings).toMatchObject({ d: 8, n: 8 });
    expect(jacobian('2', 'double')[0].settings).toMatchObject({ d: 2, n: 4 });
    expect(() => gridOf('soltanolkotabi2017-thm25', { d: '7' })).toThrow('8');
    expect(gridOf('soltanolkotabi2017-thm25', { d: '8' }).cells[0].settings).toMatchObject({ d: 8, n: 8 });
  });

  it('of radii are never taken for those of rates', () => {
    // n = 2d is d²/8 at d = 16, and the radius is the distance of the rates.
    const changes = { activation: 'tanh', d: '24', radiusDimension: '16', radii: '0.001,0.1' };
    const { experiment, values, cells } = gridOf('soltanolkotabi2017-thm25', changes);
    const summaries = cells.map(({ settings }) => ({
      ...{ settings, trials: 3, planned: 3, failed: 0, diverged: 0 },
      measures: Object.fromEntries(experiment.measures.map(({ name }) => [name, exact(1)])),
    }));
    const [rates, radii] = experiment.figures(summaries, values).map((make) => make().rows.map(({ d }) => d));
    expect([rates, radii]).toEqual([[24], [16, 16]]);
  });
});

describe('descent near the planted network', () => {
  const cell = { activation: 'tanh', d: 12, n: 18, distance: 1e-3 };

  it.each(['ones', 'signs'])('falls at the rate of the smallest eigenvalue: v* %s', (output) => {
    const { measures } = trialInProcess('soltanolkotabi2017-thm25', { output }, cell, 1);
    expect(measures['slopeRatio']).toBeGreaterThan(0.9);
    expect(measures['slopeRatio']).toBeLessThan(1.15);
    expect(measures['reached']).toBe(1);
    // The bound with the exact rate: no smallest constant is below that of λ_min but for the last few digits.
    expect((measures['constant'] * 12) / (2 * measures['smallest'])).toBeGreaterThan(0.95);
  });

  it('has the spectra of J in (W, v), and the constant of one step, by plain loops', () => {
    const [d, n, distance] = [4, 7, 1e-5];
    const at = { activation: 'tanh', d, n, distance };
    const key = cellKey(findExperiment('soltanolkotabi2017-thm25'), 1, at);
    const stream = (purpose: number) => ({ key, trial: 0, purpose });
    const x = drawInputs(kernels, 'gaussian', n, d, stream(Purpose.data)).values;
    const teacher = drawTeacher(kernels, 'orthonormal', d, d, 1, stream(Purpose.teacher));
    const [towards, shift] = [new Float64Array(d * d), new Float64Array(d)];
    kernels.normals(stream(Purpose.start), 0, towards);
    kernels.uniforms(stream(Purpose.startOutput), 0, shift);
    const w = teacher.map((value, j) => value + (distance * towards[j]) / Math.hypot(...towards));
    const v = shift.map((u) => 1 + ((2 * u - 1) * distance) / Math.sqrt(d));
    const product = (weights: Float64Array, u: number, i: number): number =>
      Array.from({ length: d }, (_, j) => weights[u * d + j] * x[i * d + j]).reduce((sum, term) => sum + term, 0);
    const output = (weights: Float64Array, outer: Float64Array, i: number): number =>
      outer.reduce((sum, value, u) => sum + value * Math.tanh(product(weights, u, i)), 0);
    const labels = Array.from({ length: n }, (_, i) => output(teacher, new Float64Array(d).fill(1), i));
    const residuals = (weights: Float64Array, outer: Float64Array): number[] =>
      labels.map((y, i) => output(weights, outer, i) - y);
    // Row i of J: the derivatives in W, then those in v.
    const jacobian = Float64Array.from({ length: n * (d * d + d) }, (_, entry) => {
      const [i, p] = [Math.floor(entry / (d * d + d)), entry % (d * d + d)];
      if (p >= d * d) return Math.tanh(product(w, p - d * d, i));
      const u = Math.floor(p / d);
      return v[u] * (1 - Math.tanh(product(w, u, i)) ** 2) * x[i * d + (p % d)];
    });
    const { s } = kernels.svd(jacobian, n, d * d + d);
    const step = n / s[0] ** 2;
    const first = residuals(w, v);
    const gradient = Float64Array.from({ length: d * d + d }, (_, p) =>
      first.reduce((sum, r, i) => sum + (r * jacobian[i * (d * d + d) + p]) / n, 0),
    );
    const next = residuals(
      w.map((value, p) => value - step * gradient[p]),
      v.map((value, u) => value - step * gradient[d * d + u]),
    );
    const squares = (values: number[]): number => values.reduce((sum, r) => sum + r * r, 0);
    const { measures } = trialInProcess('soltanolkotabi2017-thm25', { iterations: '1' }, at, 0);
    expect(measures['largest'] / (s[0] ** 2 / n)).toBeCloseTo(1, 9);
    // At the end, which is within 1e-5 of the start.
    expect(measures['smallest'] / s[n - 1] ** 2).toBeCloseTo(1, 3);
    expect(measures['constant']).toBeCloseTo((-Math.log(squares(next) / squares(first)) * n) / (step * d), 6);
  });

  it('has not reached zero loss after a few steps, and then no tail', () => {
    const { measures } = trialInProcess('soltanolkotabi2017-thm25', { iterations: '20' }, cell, 1);
    expect(measures['reached']).toBe(0);
    expect(measures['slopeRatio']).toBeNaN();
  });

  it('has the printed radius, 2^(−3/2) at n = 2d', () => {
    expect(printedRadius({ d: 20, n: 40 })).toBeCloseTo(2 ** -1.5, 12);
  });
});
