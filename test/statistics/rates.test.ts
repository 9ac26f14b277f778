import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialRate, rate, rateDifference, rateSpread } from '../../src/statistics/rates.js';
import { chance, coverage, Draws } from './draws.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';

const BLAKER: readonly (readonly [number, number, number, number])[] = [
  [7, 10, 0.38059, 0.91274],
  [0, 10, 0, 0.28294],
  [50, 50, 0.93584, 1],
  [1, 2, 0.02532, 0.97468],
  [3, 3, 0.3684, 1],
  [13, 40, 0.19402, 0.48721],
];

describe('binomialRate', () => {
  // Blaker's ends by scanning p in steps of 1e-5 with exact binomial sums; three of three is 5 % ^ (1/3)
  it.each(BLAKER)('%i of %i', (successes, trials, low, high) => {
    const estimate = binomialRate(successes, trials);
    expect(estimate.value).toBe(successes / trials);
    expect(estimate.low).toBeCloseTo(low, 4);
    expect(estimate.high).toBeCloseTo(high, 4);
  });

  it('knows nothing without trials', () => {
    expect(binomialRate(0, 0)).toEqual({ ...UNKNOWN, low: 0, high: 1 });
  });

  it('its error is √(p(1 − p)/n), and does not vanish at 0 and n', () => {
    const some = binomialRate(3, 10);
    expect([some.mcse, some.sd]).toEqual([
      expect.closeTo(Math.sqrt(0.021), 12),
      expect.closeTo(Math.sqrt(0.21 / 0.9), 12),
    ]);
    // Agresti and Coull: p̃ = (n + z²/2)/(n + z²)
    const [p, weight] = [(20 + 3.8414588 / 2) / 23.8414588, 23.8414588];
    for (const k of [0, 20]) {
      expect(binomialRate(k, 20).mcse).toBeCloseTo(Math.sqrt((p * (1 - p)) / weight), 8);
      expect(binomialRate(k, 20).sd).toBe(0);
    }
    expect(binomialRate(1, 1).mcse).toBeCloseTo(0.222338, 5);
    expect(binomialRate(1, 1).sd).toBeNaN();
  });

  it.each([
    [-1, 5],
    [6, 5],
    [2.5, 5],
    [Number.NaN, 5],
    [1, Infinity],
  ])('refuses %f of %f', (successes, trials) => {
    expect(() => binomialRate(successes, trials)).toThrow(/successes must be a whole number from 0 to trials/);
  });

  it('takes a count that rounding has moved for the count', () => {
    expect(binomialRate(2 + 1e-7, 5)).toEqual(binomialRate(2, 5));
    expect(binomialRate(5 - 1e-7, 5)).toEqual(binomialRate(5, 5));
    expect(() => binomialRate(2 + 2e-6, 5)).toThrow(/got 2.000002 of 5/);
    expect(rateSpread(0, 0)).toEqual({ mcse: NaN, sd: NaN });
  });

  // {p : P_p(γ(X) ≤ γ(k)) > 5 %}, γ the smaller tail: the definition, at p just within and just beyond the ends
  it.each([
    [1, 4],
    [2, 9],
    [5, 11],
    [9, 10],
    [7, 40],
    [33, 40],
  ])('of %i of %i has ends where 5 %% do not exclude any more', (k, n) => {
    const accepts = (p: number): number => {
      const chances = [(1 - p) ** n];
      for (let j = 0; j < n; j++) chances.push(chances[j] * ((n - j) / (j + 1)) * (p / (1 - p)));
      const sum = (from: number, to: number): number =>
        chances.slice(from, to).reduce((all, chance) => all + chance, 0);
      const smaller = chances.map((_, j) => Math.min(sum(0, j + 1), sum(j, n + 1)));
      return chances.filter((_, j) => smaller[j] <= smaller[k] * (1 + 1e-9)).reduce((all, chance) => all + chance, 0);
    };
    const { low, high } = binomialRate(k, n);
    expect([accepts(low + 1e-6), accepts(high - 1e-6)].every((share) => share >= 0.05 - 1e-7)).toBe(true);
    expect([accepts(low - 1e-6), accepts(high + 1e-6)].every((share) => share < 0.05)).toBe(true);
  });

  it('lies in [0, 1], holds its value, and mirrors when success and failure change places', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (successes, failures) => {
        fc.pre(successes + failures > 0);
        const [there, back] = [
          binomialRate(successes, successes + failures),
          binomialRate(failures, successes + failures),
        ];
        expect(there.low).toBeGreaterThanOrEqual(0);
        expect(there.high).toBeLessThanOrEqual(1);
        expect(there.low).toBeLessThanOrEqual(there.value);
        expect(there.high).toBeGreaterThanOrEqual(there.value);
        expect(there.low).toBeCloseTo(1 - back.high, 14);
      }),
    );
  });

  it('covers near 95 %; the interval p̂ ± 1.96 s.e. is seen not to', () => {
    const runs = 4000;
    const draws = new Draws(1);
    const counts = Array.from({ length: runs }, () => draws.binomial(30, 0.07));
    const over = (interval: (k: number) => { low: number; high: number }): number => {
      let next = 0;
      return coverage(runs, 0.07, () => interval(counts[next++]));
    };
    expect(over((k) => binomialRate(k, 30))).toBeGreaterThan(0.93);
    const wald = (k: number): { low: number; high: number } => {
      const half = 1.96 * Math.sqrt(((k / 30) * (1 - k / 30)) / 30);
      return { low: k / 30 - half, high: k / 30 + half };
    };
    expect(over(wald)).toBeLessThan(0.95 - chance(runs));
  });
});

describe('rate', () => {
  it('counts ones and leaves NaN out', () => {
    expect(rate(Float64Array.of(1, 0, Number.NaN, 1))).toEqual({ ...binomialRate(2, 3), leftOut: 1 });
    expect(rate(Float64Array.of(Number.NaN)).value).toBeNaN();
  });

  it('refuses what is neither 0 nor 1', () => {
    expect(() => rate(Float64Array.of(0, 0.5))).toThrow(/must be 0 or 1, got 0.5/);
  });
});

describe('rateDifference', () => {
  it('is Newcombe’s interval of 56/70 − 48/80, from Wilson’s of each', () => {
    const wilson = (value: number, low: number, high: number) => ({ value, low, high, mcse: 0.05, sd: 0.4 });
    const [p, q] = [wilson(0.8, 0.6918336, 0.8769526), wilson(0.6, 0.4904546, 0.7003817)];
    const { value, low, high } = rateDifference(p, q);
    expect([value, low, high].map((end) => end.toFixed(4))).toEqual(['0.2000', '0.0524', '0.3339']);
  });

  it('contains 0 for a rate and itself, and is wider than either interval', () => {
    const rates = binomialRate(7, 30);
    const { low, high } = rateDifference(rates, rates);
    expect(low).toBeCloseTo(-high, 12);
    expect(high - low).toBeGreaterThan(rates.high - rates.low);
  });
});
