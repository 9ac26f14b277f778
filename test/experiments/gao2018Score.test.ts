/** gao2018-fig1 and fig2 in process: the trial against its definition, and the published slopes within wide bounds. */
import { describe, expect, it } from 'vitest';
import { drawInputs } from '../../src/core/networks/inputs.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { Purpose } from '../../src/core/streams.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { slopesOf } from '../../src/experiments/papers/gao2018/scoreErrors.js';
import type { CellSummary } from '../../src/experiments/spec.js';
import { cellText } from '../../src/settings/cellText.js';
import { streamKey } from '../../src/study/grid/streams.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const kernels = loadNativeKernels();

/** Ŝ₂ of gao2018 (14), (15), (6) in two dimensions, moments about the point, written out. */
function plainSecondScore(samples: Float64Array, x: Float64Array, h: number): number[] {
  let [m0, u, v, uu, uv, vv] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < samples.length; i += 2) {
    const [a, b] = [samples[i] - x[0], samples[i + 1] - x[1]];
    const w = Math.exp(-(a * a + b * b) / (2 * h * h));
    [m0, u, v, uu, uv, vv] = [m0 + w, u + w * a, v + w * b, uu + w * a * a, uv + w * a * b, vv + w * b * b];
  }
  [u, v] = [u / m0, v / m0];
  const [a, b, c] = [uu / m0 - u * u, uv / m0 - u * v, vv / m0 - v * v];
  const determinant = a * c - b * b;
  const [g, k] = [(c * u - b * v) / determinant, (a * v - b * u) / determinant];
  return [g * g + 1 / h ** 2 - c / determinant, g * k + b / determinant, k * k + 1 / h ** 2 - a / determinant];
}

function spectralNorm([a, b, c]: readonly number[]): number {
  return Math.abs((a + c) / 2) + Math.hypot((a - c) / 2, b);
}

describe('a trial of gao2018-fig1', () => {
  const cell = { score: 'S2', n: 64 };
  const key = streamKey('gao2018-fig1', 1, 1, cellText(cell));
  const draw = (trial: number, purpose: number, n: number): Float64Array =>
    drawInputs(kernels, 'gaussian', n, 2, { key, trial, purpose }).values.slice(0, 2 * n);

  it('is the spectral error at one fresh point, with h = 6 n^(−1/8)', () => {
    for (let trial = 0; trial < 20; trial++) {
      const { measures } = trialInProcess('gao2018-fig1', {}, cell, trial);
      const x = draw(trial, Purpose.freshData, 1);
      if (Math.hypot(...x) > 2) {
        expect(measures).toEqual({ error: Number.NaN, limit: Number.NaN, kept: 0, singular: Number.NaN });
        continue;
      }
      const estimated = plainSecondScore(draw(trial, Purpose.data, 64), x, 6 * 64 ** (-1 / 8));
      const exact = [x[0] * x[0] - 1, x[0] * x[1], x[1] * x[1] - 1];
      expect(measures['error']).toBeCloseTo(spectralNorm(estimated.map((value, i) => value - exact[i])), 10);
      expect(measures).toMatchObject({ limit: 0, kept: 1, singular: 0 });
    }
  });

  it('counts a singular covariance as an infinite error, not as a missing one', () => {
    const { measures } = trialInProcess('gao2018-fig1', { bandwidthS2: '0.001' }, cell, 3);
    expect(measures).toEqual({ error: Infinity, limit: 0, kept: 1, singular: 1 });
  });
});

describe('gao2018-fig1', () => {
  const { cells, claims, figures } = runInProcess('gao2018-fig1', { trialsS2: '600', trialsS4: '600' });

  it('keeps 1 − e^(−2) of the points', () => {
    for (const {
      measures: { keptRate },
    } of cells)
      expect(Math.abs(keptRate.value - (1 - Math.exp(-2)))).toBeLessThan(0.07);
  });

  it('has slopes about −1/2 with intervals, for both scores', () => {
    for (const id of ['slope-S2', 'slope-S4', 'mean-slope-S2', 'mean-slope-S4']) {
      const claim = claims.find((one) => one.id === id);
      expect(claim?.value).toBeGreaterThan(-0.6);
      expect(claim?.value).toBeLessThan(-0.42);
      expect((claim?.high ?? 0) - (claim?.low ?? 0)).toBeGreaterThan(0.01);
      expect((claim?.high ?? 1) - (claim?.low ?? 0)).toBeLessThan(0.2);
    }
  });

  it('judges at these sample sizes what is said of any, and no slope', () => {
    const verdicts = (pattern: RegExp): string[] =>
      claims.filter(({ id }) => pattern.test(id)).map(({ verdict }) => verdict);
    expect(verdicts(/^(decreases|consistent)/)).toEqual(new Array(4).fill('holds'));
    // Slopes are judged at the sample sizes of the figure only.
    expect(verdicts(/^faster/)).toEqual(['not-applicable', 'not-applicable']);
    for (const { high } of claims.filter(({ id }) => id.startsWith('faster'))) expect(high).toBeLessThan(-1 / 8);
  });

  it('draws percentiles of both scores, and their slopes', () => {
    expect(figures.map(({ name }) => name)).toEqual(['gao2018-fig1-s2', 'gao2018-fig1-s4', 'gao2018-fig1-slopes']);
    expect(figures[0].rows).toHaveLength(3 * 5);
    expect(figures[2].rows).toHaveLength(2 * 5);
  });
});

describe('gao2018-fig2', () => {
  const run = (split: string): readonly CellSummary[] =>
    runInProcess('gao2018-fig2', { trialsS2: '600', score: 'S2', split }).cells;
  const [exact, random] = ['exact', 'random'].map(run);

  it('falls more slowly than the Gaussian: bias and noise, not noise alone', () => {
    const { percentiles, largest } = slopesOf(
      exact.map((cell) => ({ ...cell, settings: { n: Number(cell.settings['n']) } })),
    );
    expect(percentiles[2].value).toBeGreaterThan(-0.34);
    expect(percentiles[2].value).toBeLessThan(-0.18);
    // The largest of five is no slope chosen beforehand.
    expect(largest.value).toBe(Math.max(...percentiles.map(({ value }) => value)));
    expect(largest.high).toBe(Math.max(...percentiles.map(({ high }) => high)));
    expect(largest.low).toBeLessThan(Math.max(...percentiles.map(({ low }) => low)));
  });

  it('tends, for S4, to what the second degree leaves out: 4 sym(𝒢₃ g₁) + 𝒢₄', () => {
    // At x = 0, g₁ = 0 and 𝒢₄ = −2 (1, 1)^{⊗4}: sixteen entries of 2. The limit at other points lies about there.
    const { claims, cells } = runInProcess('gao2018-fig2', { trialsS4: '400', score: 'S4', n: '64,65536' });
    expect(claims.find(({ id }) => id === 'consistent-S4')?.verdict).toBe('fails');
    const { limit50, error50 } = cells[1].measures;
    expect(limit50.value).toBeGreaterThan(1);
    expect(error50.high).toBeGreaterThan(limit50.low);
    expect(trialInProcess('gao2018-fig2', { skipRadius: '1e3' }, { score: 'S2', n: 64 }, 0).measures['limit']).toBe(0);
  });

  it('sees the same whether the sides of the mixture are drawn or halved', () => {
    exact.forEach((cell, i) => {
      expect(cell.measures['error50'].low).toBeLessThan(random[i].measures['error50'].high);
      expect(cell.measures['error50'].high).toBeGreaterThan(random[i].measures['error50'].low);
    });
  });

  it('halves the sample exactly', () => {
    const stream = { key: [3, 4], trial: 0, purpose: Purpose.data } as const;
    const far = (split: 'exact' | 'random'): number =>
      drawInputs(kernels, 'mixture', 1001, 50, stream, split).values.reduce((sum, x) => sum + x, 0) / 50;
    // With 50 coordinates the side of each sample is plain: the sum of sides is 1 for 500 against 501.
    expect(Math.abs(far('exact') - 1)).toBeLessThan(5 * Math.sqrt(1001 / 50));
    expect(
      drawInputs(kernels, 'mixture', 10, 50, stream, 'exact')
        .values.slice(0, 250)
        .reduce((sum, x) => sum + x, 0) / 250,
    ).toBeCloseTo(-1, 0);
  });
});

describe('the grid', () => {
  const values = (overrides: Record<string, string>) =>
    resolveValues(findExperiment('gao2018-fig1'), 'paper', new Map(Object.entries(overrides)));

  it('has the paper’s trials', () => {
    const grid = gridOf({ experiment: findExperiment('gao2018-fig1'), values: values({}) }, 1).cells;
    expect(grid).toHaveLength(16);
    expect(grid.map(({ trials }) => trials)).toEqual([
      ...new Array<number>(8).fill(10_000),
      ...new Array<number>(8).fill(50_000),
    ]);
  });

  it('refuses fewer samples than d + 1', () => {
    expect(() =>
      gridOf({ experiment: findExperiment('gao2018-fig1'), values: values({ d: '8', n: '8,64' }) }, 1),
    ).toThrow('n must be at least d + 1 = 9');
  });

  it('with one sample size has no slopes, and claims nothing', () => {
    const { claims, figures } = runInProcess('gao2018-fig1', { n: '64', trialsS2: '20', trialsS4: '20' });
    expect(claims).toEqual([]);
    expect(figures.map(({ name }) => name)).toEqual(['gao2018-fig1-s2', 'gao2018-fig1-s4']);
  });
});
