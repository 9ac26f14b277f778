import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { percentileBand, quantile, quantileOfSorted } from '../../src/statistics/quantiles.js';
import { quantileSequence } from '../../src/statistics/sequences.js';
import { chance, coverage, Draws } from './draws.js';

describe('quantileOfSorted', () => {
  it('lies between order statistics as NumPy puts it', () => {
    const sorted = Float64Array.of(1, 2, 4, 8);
    // numpy.quantile([1, 2, 4, 8], [0, .05, .25, .5, .95, 1])
    const expected = [
      [0, 1],
      [0.05, 1.15],
      [0.25, 1.75],
      [0.5, 3],
      [0.95, 7.4],
      [1, 8],
    ];
    for (const [q, value] of expected) expect(quantileOfSorted(sorted, q)).toBeCloseTo(value, 12);
  });

  it('takes ∞ as a value', () => {
    expect(quantileOfSorted(Float64Array.of(0, 1, Infinity), 0.5)).toBe(1);
    expect(quantileOfSorted(Float64Array.of(0, Infinity, Infinity), 0.75)).toBe(Infinity);
    expect(quantileOfSorted(Float64Array.of(0, 1, Infinity), 0.75)).toBe(Infinity);
  });
});

describe('quantile', () => {
  const upTo = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => n - i);

  it('of 100 values: ranks from the binomial law', () => {
    // scipy.stats.binom(100, .05): cdf(0) = .0059, cdf(1) = .0371; sf(9) = .0282, sf(10) = .0115
    expect(quantile(0.05)(upTo(100))).toMatchObject({ low: 1, high: 11 });
    expect(quantile(0.05)(upTo(100)).value).toBeCloseTo(5.95, 10);
    expect(quantile(0.95)(upTo(100))).toMatchObject({ low: 90, high: 100 });
    expect(quantile(0.95)(upTo(100)).value).toBeCloseTo(95.05, 10);
  });

  it('its interval contains the value, where that lies between order statistics beyond an end', () => {
    // P(Bin(20, 0.999) ≤ 19) = 0.0198: the 0.001-quantile is at most the least of 20 values.
    const least = quantile(0.001)(upTo(20));
    expect([least.value, least.high]).toEqual([1.019, 1.019]);
    const largest = quantile(0.999)(upTo(20));
    expect([largest.low, largest.value]).toEqual([largest.value, expect.closeTo(19.981, 12)]);
    for (const q of [0.001, 0.01, 0.2, 0.5, 0.9, 0.999])
      for (const of of [quantile(q), quantileSequence(q)])
        for (const n of [1, 3, 10, 40, 3000]) {
          const { low, value, high } = of(upTo(n));
          expect([low > value, high < value], `${q} ${n}`).toEqual([false, false]);
        }
  });

  it('an end that the values cannot bound is unknown', () => {
    expect(quantile(0.95)(upTo(20)).high).toBeNaN();
    expect(quantile(0.95)(upTo(20)).low).toBe(17);
    expect(quantile(0.5)(new Float64Array()).value).toBeNaN();
  });

  it('its error is near q(1 − q)/(n f²) and the standard deviation over samples; unknown where nothing varies', () => {
    const draws = new Draws(9);
    const estimates = Array.from({ length: 400 }, () =>
      quantile(0.5)(Float64Array.from({ length: 41 }, () => draws.normal())),
    );
    const rootMeanSquare = (values: readonly number[]): number =>
      Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
    expect(rootMeanSquare(estimates.map(({ mcse }) => mcse))).toBeCloseTo(
      rootMeanSquare(estimates.map(({ value }) => value)),
      1,
    );
    expect(rootMeanSquare(estimates.map(({ mcse }) => mcse)) / Math.sqrt(Math.PI / 2 / 41)).toBeCloseTo(1, 0);
    expect(quantile(0.5)(new Float64Array(9)).mcse).toBeNaN();
    expect(quantile(0.5)(Float64Array.of(1)).mcse).toBeNaN();
  });

  it('its error is the standard deviation over all resamples, weighed by the incomplete beta function', () => {
    // I_{1/3}(2, 2) = 7/27: of 0, 1, 5 the median of a resample is 0, 1, 5 with chances 7, 13, 7 of 27.
    expect(quantile(0.5)(Float64Array.of(5, 0, 1)).mcse).toBeCloseTo(
      Math.sqrt((13 + 7 * 25) / 27 - ((13 + 7 * 5) / 27) ** 2),
      12,
    );
    // q = ¼ of three: I_x(1, 3) = 1 − (1 − x)³, so the weights are 19, 7, 1 of 27; ¾ is its mirror.
    const error = Math.sqrt((7 + 25) / 27 - ((7 + 5) / 27) ** 2);
    expect(quantile(0.25)(Float64Array.of(0, 1, 5)).mcse).toBeCloseTo(error, 12);
    expect(quantile(0.75)(Float64Array.of(-5, -1, 0)).mcse).toBeCloseTo(error, 12);
  });

  it('its error of many values is that of all their weights', () => {
    const values = Float64Array.from({ length: 3000 }, (_, i) => (i / 3000) ** 2);
    // f = 1/(2√v) at the 0.9-quantile 0.81: q(1 − q)/(n f²)
    expect(quantile(0.9)(values).mcse / Math.sqrt((0.09 / 3000) * 4 * 0.81)).toBeCloseTo(1, 2);
  });

  it('counts what it leaves out, and knows the deviation of the others', () => {
    expect(quantile(0.5)(Float64Array.of(1, NaN, 3, NaN))).toMatchObject({
      value: 2,
      sd: expect.closeTo(Math.SQRT2, 12) as number,
      leftOut: 2,
    });
    expect(quantile(0.5)(Float64Array.of(NaN))).toEqual({ ...UNKNOWN, leftOut: 1 });
  });

  it.each([0.25, 0.95])('covers at least 95 %% for a skewed law, q = %d; half the interval is seen not to', (q) => {
    const runs = 3000;
    const draws = new Draws(7);
    const truth = Math.exp(2 * (q === 0.25 ? -0.6744897501960817 : 1.6448536269514722));
    const sample = (): Float64Array => Float64Array.from({ length: 120 }, () => Math.exp(2 * draws.normal()));
    expect(coverage(runs, truth, () => quantile(q)(sample()))).toBeGreaterThan(0.95 - chance(runs));
    const half = coverage(runs, truth, () => {
      const { value, low } = quantile(q)(sample());
      return { low, high: value };
    });
    expect(half).toBeLessThan(0.95 - chance(runs));
  });
});

describe('percentileBand', () => {
  it('works point by point and leaves NaN out', () => {
    const band = percentileBand([Float64Array.of(1, NaN), Float64Array.of(3, NaN), Float64Array.of(2, 5)]);
    expect([...band.p50]).toEqual([2, 5]);
    expect([...band.p5]).toEqual([expect.closeTo(1.1, 12), 5]);
    expect(band.count).toBe(3);
    expect([band.p25, band.p75, band.p95].map(([first]) => first)).toEqual([1.5, 2.5, expect.closeTo(2.9, 12)]);
    expect(percentileBand([])).toEqual({
      p5: new Float64Array(0),
      p25: new Float64Array(0),
      p50: new Float64Array(0),
      p75: new Float64Array(0),
      p95: new Float64Array(0),
      count: 0,
    });
    expect([...percentileBand([Float64Array.of(NaN)]).p50]).toEqual([NaN]);
  });
});
