/** The worst cells of the table in docs/derivations/statistics.md; what was used before is seen to miss them. */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../../src/statistics/estimate.js';
import { mean, meanShare, positiveMean } from '../../src/statistics/means.js';
import { normalQuantileOf } from '../../src/statistics/estimate.js';
import { binomialRate } from '../../src/statistics/rates.js';
import { average, standardDeviation } from '../../src/statistics/spread.js';
import { chance, coverage, Draws } from './draws.js';

type Ends = Pick<Interval, 'low' | 'high'>;

function wilson(k: number, n: number): Ends {
  const z2 = normalQuantileOf() ** 2 / n;
  const [centre, half] = [(k / n + z2 / 2) / (1 + z2), Math.sqrt(z2 * ((k / n) * (1 - k / n) + z2 / 4)) / (1 + z2)];
  return { low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half };
}

/** Student's interval at 95 %. */
function student(values: Float64Array): Ends {
  const [value, sd] = [average(values), standardDeviation(values)];
  const half = (tQuantile(0.975, values.length - 1) * sd) / Math.sqrt(values.length);
  return { low: value - half, high: value + half };
}

/** Coverage at the worst and over all of 199 rates, summed over all counts. */
function enumerated(n: number, interval: (k: number) => Ends): { readonly least: number; readonly average: number } {
  const ends = Array.from({ length: n + 1 }, (_, k) => interval(k));
  const shares = Array.from({ length: 199 }, (_, i) => {
    const p = (i + 1) / 200;
    let [covered, chanceOfK] = [0, (1 - p) ** n];
    ends.forEach(({ low, high }, k) => {
      if (low <= p && p <= high) covered += chanceOfK;
      chanceOfK *= ((n - k) / (k + 1)) * (p / (1 - p));
    });
    return covered;
  });
  return { least: Math.min(...shares), average: shares.reduce((sum, share) => sum + share, 0) / shares.length };
}

describe('a rate', () => {
  it.each([3, 5, 10, 20, 50])('of %i trials is covered to 95 percent at every p; Wilson’s is seen not to', (n) => {
    const { least, average } = enumerated(n, (k) => binomialRate(k, n));
    expect(least).toBeGreaterThan(0.95 - 1e-9);
    expect(average).toBeLessThan(0.9855);
    expect(enumerated(n, (k) => wilson(k, n)).least).toBeLessThan(0.93);
  });
});

describe('a mean', () => {
  const runs = 500;
  const draws = new Draws(21);
  const sample = (n: number, draw: () => number) => () => Float64Array.from({ length: n }, draw);

  it.each([3, 10, 20])('of %i bounded values of which one in 20 is at the bound; Student’s is seen not to', (n) => {
    const values = sample(n, () => (draws.uniform() < 0.05 ? 1 : 0.01 + 0.002 * draws.uniform()));
    const truth = 0.05 + 0.95 * 0.011;
    expect(coverage(runs, truth, () => meanShare(values()))).toBeGreaterThan(0.95 - chance(runs));
    expect(coverage(runs, truth, () => mean(values()))).toBeLessThan(0.8);
  });

  it.each([3, 10, 20])('of %i lognormal values, σ = 1; Student’s is seen not to', (n) => {
    const values = sample(n, () => Math.exp(draws.normal()));
    expect(coverage(runs, Math.exp(0.5), () => positiveMean(values()))).toBeGreaterThan(0.95 - chance(runs));
    expect(coverage(runs, Math.exp(0.5), () => student(values()))).toBeLessThan(0.9);
  });

  it.each([3, 5, 10, 20])('of %i exponential values, which nothing bounds; Student’s is seen not to', (n) => {
    const values = sample(n, () => -Math.log(1 - draws.uniform()));
    expect(coverage(4 * runs, 1, () => mean(values()))).toBeGreaterThan(0.93 - chance(4 * runs) / 2);
    expect(coverage(4 * runs, 1, () => student(values()))).toBeLessThan(0.93);
  });
});
