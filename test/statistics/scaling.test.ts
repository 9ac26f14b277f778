import { describe, expect, it } from 'vitest';
import { boundaryExponent, equalValueExponent, type GridCount } from '../../src/statistics/scaling.js';
import { chance, coverage, Draws } from './draws.js';

const DS = [10, 20, 40, 80];

/** Success with logit 4(log n − a log d − c), about the middle of the grid. */
function drawn(draws: Draws, a: number, trials = 15): GridCount[] {
  return DS.flatMap((d) => [500, 1000, 2000, 4000, 8000].map((n) => {
    const p = 1 / (1 + Math.exp(-4 * (Math.log(n / 2000) - a * Math.log(d / 28))));
    return { d, n, trials, successes: draws.binomial(trials, p) };
  }));
}

describe('boundaryExponent', () => {
  it('finds the exponent of exact expected counts', () => {
    const counts = DS.flatMap((d) => [500, 1000, 2000, 4000, 8000].map((n) => {
      const p = 1 / (1 + Math.exp(-3 * (Math.log(n / 2000) - 1.2 * Math.log(d / 28))));
      return { d, n, trials: 1000, successes: 1000 * p };
    }));
    const { value, low, high } = boundaryExponent(counts);
    expect(value).toBeCloseTo(1.2, 6);
    expect([low < 1.2, high > 1.2, high - low < 0.2]).toEqual([true, true, true]);
  });

  it('covers 95 %; half the interval is seen not to', () => {
    const runs = 40;
    const draws = new Draws(5);
    const estimates = Array.from({ length: runs }, () => boundaryExponent(drawn(draws, 1)));
    let at = 0;
    expect(Math.abs(coverage(runs, 1, () => estimates[at++]) - 0.95)).toBeLessThan(chance(runs));
    at = 0;
    expect(coverage(runs, 1, () => ({ low: estimates[at].value, high: estimates[at++].high }))).toBeLessThan(0.95 - chance(runs));
  });

  it('takes points that tie at a = 1 but for rounding, also where their rates rise steeply', () => {
    const tied = [2, 2, 2, 2, 1, 2, 2, 2, 0, 1, 2, 2, 0, 0, 1, 2];
    const small = DS.flatMap((d, i) => [1000, 2000, 4000, 8000].map((n, j) => ({ d, n, trials: 2, successes: tied[4 * i + j] })));
    const paper = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].flatMap((d) => Array.from({ length: 10 }, (_, i) => 1000 * (i + 1)).map((n) => {
      return { d, n, trials: 10, successes: n > 50 * d ? 10 : n < 50 * d ? 0 : (((d / 10) % 3) * 3) + 1 };
    }));
    for (const counts of [small, paper]) {
      const { value, low, high } = boundaryExponent(counts);
      expect(Math.abs(value - 1)).toBeLessThan(0.2);
      expect([low <= value, value <= high, low > 0.4, high < 1.7]).toEqual([true, true, true, true]);
    }
  });

  it('knows nothing of a success rate that falls with n', () => {
    const falling = [7, 4, 1, 10, 7, 4, 10, 10, 7];
    expect(boundaryExponent([10, 20, 40].flatMap((d, i) => [1000, 2000, 4000].map((n, j) => ({ d, n, trials: 10, successes: falling[3 * i + j] })))).value).toBeNaN();
  });

  it('knows a range when the data are separated, and nothing of one dimension or one outcome', () => {
    const separated = DS.flatMap((d) => [500, 1000, 2000, 4000, 8000].map((n) => ({ d, n, trials: 10, successes: n >= 60 * d ? 10 : 0 })));
    const { value, low, high } = boundaryExponent(separated);
    expect(low).toBeLessThan(value);
    expect(value).toBeLessThan(high);
    expect(Math.abs(value - 1)).toBeLessThan(0.5);
    expect(boundaryExponent(separated.filter(({ d }) => d === 10)).value).toBeNaN();
    expect(boundaryExponent(separated.map((count) => ({ ...count, successes: 10 }))).value).toBeNaN();
    expect(boundaryExponent([]).value).toBeNaN();
  });
});

describe('equalValueExponent', () => {
  const point = (d: number, n: number, value: number, error: number) => ({ d, n, estimate: { value, low: value * Math.exp(-1.959964 * error), high: value * Math.exp(1.959964 * error) } });
  const sizes = [1000, 2000, 4000, 8000];

  it('finds a for values (n/d^a)^(−1/2)', () => {
    const values = DS.flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(d ** 0.8 / n), 0.05)));
    const { value, low, high } = equalValueExponent(values);
    expect(value).toBeCloseTo(0.8, 6);
    expect([low < 0.8, high > 0.8]).toEqual([true, true]);
  });

  it('covers 95 % when the errors are what they say, and when the scatter is larger than they say', () => {
    const runs = 300;
    const draws = new Draws(6);
    for (const scatter of [0.1, 0.3]) {
      const one = (): { low: number; high: number } => equalValueExponent(DS.flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(d / n) * Math.exp(scatter * draws.normal()), 0.1))));
      expect(Math.abs(coverage(runs, 1, one) - 0.95)).toBeLessThan(chance(runs));
    }
  });

  it('knows nothing of a value that rises with n', () => {
    expect(equalValueExponent(DS.flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(n / d), 0.05)))).value).toBeNaN();
  });

  it('knows nothing of three points', () => {
    expect(equalValueExponent([point(10, 1000, 1, 0.1), point(20, 1000, 2, 0.1), point(10, 2000, 0.5, 0.1)]).value).toBeNaN();
  });
});
