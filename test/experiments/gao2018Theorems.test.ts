/** gao2018's theorems in process, at sizes where the facts are already clear. */
import { describe, expect, it } from 'vitest';
import { gaussianVariances, mixtureFit } from '../../src/experiments/papers/gao2018/thm1Theory.js';
import type { CellSummary } from '../../src/experiments/spec.js';
import { rate } from '../../src/statistics/rates.js';
import { leastSquaresSlope } from '../../src/statistics/regression.js';
import { judgedClaims } from '../../src/experiments/claims.js';
import { findExperiment } from '../../src/experiments/registry.js';
import { valueOf } from '../../src/study/grid/trialValues.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { runInProcess, trialInProcess } from './inProcess.js';

const interval = (value: number) => ({ value, low: 0.99 * value, high: 1.01 * value, mcse: 0.005 * value, sd: value });

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

  it('leaves the order of the bias open at bandwidths that are not small', () => {
    const slopes = (biasBandwidth: string) => {
      const { claims } = runInProcess('gao2018-thm1', { biasBandwidth, d: '1', n: '500', h: '1', trials: '2' });
      return claims.filter(({ id }) => id.startsWith('bias-'));
    };
    for (const { verdict, reason } of slopes('2,1,0.1')) {
      expect(verdict).toBe('undecided');
      expect(reason).toBe('the order is that for h → 0: it needs two bandwidths of at most 0.1');
    }
    expect(slopes('2,0.1,0.05').map(({ verdict }) => verdict)).toEqual(new Array(10).fill('holds'));
  });

  it('has one second derivative at d = 1: its square is the ratio times the exact variance', () => {
    const cell = { n: 500, d: 1, h: 0.7, point: 'origin' };
    const { measures } = trialInProcess('gao2018-thm1', {}, cell, 0);
    const { diagonal } = gaussianVariances(1, 0.7);
    expect(measures['secondSquare'] / ((measures['secondRatio'] * diagonal) / 500)).toBeCloseTo(1, 9);
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

  const populationClaims = (overrides: Record<string, string>): string[] => {
    const experiment = findExperiment('gao2018-thm2');
    const values = resolveValues(experiment, 'smoke', new Map(Object.entries(overrides)));
    const cells = experiment.cells(values).map(({ settings }) => ({ ...run.cells[0], settings }));
    const ids = experiment.claims(cells, values).map(({ id }) => id);
    return ids.filter((id) => /minima-are|strict|large-mu/.test(id));
  };

  it('refuses μκ*_max ≥ λ, where L is unbounded below', () => {
    expect(() => populationClaims({ lambda: '1', condition: '1', muCondition: '3' })).toThrow(
      'the largest μ = muCondition/condition must be below lambda = 1, got 3',
    );
    expect(populationClaims({ lambda: '2', condition: '3', muCondition: '3' })).toEqual([]);
  });

  it('claims what is assumed for λ ≥ 100κ*_max only, and that rows meet for two rows or more', () => {
    expect(populationClaims({ lambda: '99' })).toEqual(['large-mu-misses']);
    expect(populationClaims({ d: '1' })).toEqual(['minima-are-teacher', 'strict-saddles']);
  });

  it('judges the rate of the samples from the n at which they have the minimum, which grows with d', () => {
    const rateOf = (sampleDimension: string) => {
      const experiment = findExperiment('gao2018-thm2');
      const values = resolveValues(experiment, 'paper', new Map([['sampleDimension', sampleDimension]]));
      const cells = experiment.cells(values).map(({ settings }): CellSummary => {
        const n = Number(settings['n']);
        const error = Math.min(n ** -0.5, 1e-3);
        return { ...run.cells[0], settings, measures: { ...run.cells[0].measures, nearest: interval(error) } };
      });
      return judgedClaims(experiment, cells, values).find(({ id }) => id === 'sample-rate');
    };
    expect(rateOf('5')).toMatchObject({ verdict: 'holds' });
    expect(rateOf('5')?.statement).toContain('from n = 1000000 on');
    expect(rateOf('3')).toMatchObject({ verdict: 'fails' });
    expect(rateOf('8')).toMatchObject({ verdict: 'undecided', reason: 'for d = 8 such an n is not known' });
  });

  const numberOf = (name: string, measures: Record<string, number>, status: 'ok' | 'failed' = 'ok') => {
    const measure = run.experiment.measures.find((one) => one.name === name);
    return measure && valueOf({ status, measures }, measure, {});
  };

  it('has no strict saddle where λ_min = 0: two rows of A at one of A*, at μ = 1', () => {
    const cell = { n: 'population', d: 2, condition: 1, mu: 1 };
    const { measures } = trialInProcess('gao2018-thm2', { starts: '3' }, cell, 2);
    expect([measures['strict'], measures['saddles'], measures['allTeacher']]).toEqual([0, 1, 1]);
  });

  it('counts a miss only where every start ended at a stationary point, and never for a failed trial', () => {
    const missesOf = (mu: number) => {
      const cell = { n: 'population', d: 3, condition: 1, mu };
      return numberOf('missesRate', trialInProcess('gao2018-thm2', {}, cell, 0).measures);
    };
    expect([0.009, 3].map(missesOf)).toEqual([0, 1]);
    expect(numberOf('missesRate', { allTeacher: 0, finished: 0 })).toBe(0);
    expect(numberOf('missesRate', {}, 'failed')).toBe(0);
  });

  it('compares nothing where Newton’s method finds the teacher alone, and says so', () => {
    expect(numberOf('strictRate', { strict: 1, saddles: 0 })).toBeNaN();
    expect(numberOf('strictRate', { strict: 1, saddles: 0.2 })).toBe(1);
    const strictRate = rate(Float64Array.of(Number.NaN, Number.NaN));
    const cells = run.cells.map((cell) => ({ ...cell, trials: 2, measures: { ...cell.measures, strictRate } }));
    const claims = judgedClaims(run.experiment, cells, run.values);
    expect(claims.find(({ id }) => id === 'strict-saddles')).toMatchObject({
      verdict: 'undecided',
      reason: 'no trial had anything to compare',
    });
  });

  it('comes near the teacher on enough samples: κ* is −1/√(2π)', () => {
    const cell = { n: 300_000, d: 2, condition: 1, mu: 0.009 };
    const { measures } = trialInProcess('gao2018-thm2', { starts: '2' }, cell, 0);
    expect(measures['kappa']).toBeCloseTo(-1 / Math.sqrt(2 * Math.PI), 1);
    expect(measures['nearest']).toBeLessThan(0.2);
    expect(Math.abs(measures['identityGap'])).toBeLessThan(0.02);
    expect(measures['allTeacher']).toBe(1);
  });
});
