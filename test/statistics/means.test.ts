import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, meanShare, median, positiveMean } from '../../src/statistics/means.js';
import { chance, coverage, Draws } from './draws.js';
import { rate } from '../../src/statistics/rates.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';

const samples = fc
  .array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 6, maxLength: 40 })
  .filter((values) => Math.max(...values) - Math.min(...values) > 1e-3);

/** Student's quantiles at (1 + 0.983)/2, from the distribution functions in closed form. */
const [T2, T3] = [7.571513445, 4.821498923];

describe('mean', () => {
  it('1, 2, 3, 4 with t_3 = 4.8215, of the level 98.3 %', () => {
    const { value, low, high } = mean(Float64Array.of(1, 2, 3, 4, Number.NaN));
    const half = T3 * Math.sqrt(5 / 3 / 4);
    expect(value).toBe(2.5);
    expect(low).toBeCloseTo(2.5 - half, 8);
    expect(high).toBeCloseTo(2.5 + half, 8);
  });

  it('has an unknown interval for one value and an unknown value for none', () => {
    expect(mean(Float64Array.of(7))).toEqual({ ...UNKNOWN, value: 7 });
    expect(mean(new Float64Array())).toEqual(UNKNOWN);
  });

  it('its error is s/√n; values that do not vary show none, which is not an error of 0', () => {
    const { mcse, sd } = mean(Float64Array.of(1, 2, 3, 4));
    expect([sd, mcse]).toEqual([expect.closeTo(Math.sqrt(5 / 3), 12), expect.closeTo(Math.sqrt(5 / 12), 12)]);
    expect(mean(Float64Array.of(2, 2, 2))).toMatchObject({ sd: 0, mcse: Number.NaN });
  });

  it('of equal values has no interval, also where rounding moved one: equal values are not certainty', () => {
    expect(mean(Float64Array.of(1, 1, 1, 1))).toEqual({ ...UNKNOWN, value: 1, sd: 0 });
    expect(mean(Float64Array.of(0.1 + 0.2, 0.3, 0.3)).low).toBeNaN();
  });

  it('keeps its digits far from 0', () => {
    const { value, low, high } = mean(Float64Array.of(1e9 + 1, 1e9 + 2, 1e9 + 3));
    expect([value - 1e9, high - low]).toEqual([2, expect.closeTo((2 * T2) / Math.sqrt(3), 6)]);
  });

  it('has a level that comes down to 95 % as 8/n, from 98.3 % up to 8 values', () => {
    for (const [n, level] of [
      [4, 0.983],
      [8, 0.983],
      [16, 0.9665],
      [32, 0.95825],
    ] as const) {
      const { low, high, sd } = mean(Float64Array.from({ length: n }, (_, i) => i));
      expect(((high - low) / 2) * (Math.sqrt(n) / sd)).toBeCloseTo(tQuantile((1 + level) / 2, n - 1), 9);
    }
  });

  it('counts what it leaves out', () => {
    expect(
      [mean(Float64Array.of(1, NaN)), mean(Float64Array.of(NaN, NaN)), meanShare(Float64Array.of(0.5, NaN))].map(
        ({ leftOut }) => leftOut,
      ),
    ).toEqual([1, 2, 1]);
    expect(mean(Float64Array.of(1, Infinity))).toMatchObject({ value: Infinity, low: NaN, high: NaN });
  });

  it('moves and scales with the values', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 9 }), (values, factor) => {
        const [plain, moved] = [
          mean(Float64Array.from(values)),
          mean(Float64Array.from(values, (v) => factor * v + 5)),
        ];
        expect(moved.low).toBeCloseTo(factor * plain.low + 5, 6);
        expect(moved.high).toBeCloseTo(factor * plain.high + 5, 6);
      }),
    );
  });

  it('covers normal values to 98.3 % at n = 4; ± 1.96 s.e. is seen not to cover 95 %', () => {
    const runs = 4000;
    const draws = new Draws(2);
    const sample = (): Float64Array => Float64Array.from({ length: 4 }, () => draws.normal());
    expect(Math.abs(coverage(runs, 0, () => mean(sample())) - 0.983)).toBeLessThan(chance(runs));
    const normal = coverage(runs, 0, () => {
      const { value, low, high } = mean(sample());
      const half = ((high - low) / 2) * (1.96 / T3);
      return { low: value - half, high: value + half };
    });
    expect(normal).toBeLessThan(0.95 - chance(runs));
  });
});

describe('meanShare', () => {
  it('of zeros and ones is their rate, in value, interval and error', () => {
    for (const values of [[1, 1, 1], [0, 0, 0, 0], [0, 1, 1, 0, 1], [1]]) {
      const [share, own] = [meanShare(Float64Array.from(values)), rate(Float64Array.from(values))];
      expect([share.value, share.low, share.high]).toEqual([own.value, own.low, own.high]);
      expect(share.mcse > 0).toBe(true);
    }
  });

  it('of three out of three starts is not certain, nor of values that agree', () => {
    expect(meanShare(Float64Array.of(1, 1, 1)).low).toBeCloseTo(0.05 ** (1 / 3), 8);
    const { low, high, mcse } = meanShare(Float64Array.of(0.7, 0.7, 0.7));
    // P(D_0 ≥ 1 − t) = t³ at 2.5 %
    expect([low, 1 - high]).toEqual([
      expect.closeTo(0.7 * 0.025 ** (1 / 3), 2),
      expect.closeTo(0.3 * 0.025 ** (1 / 3), 2),
    ]);
    expect(mcse).toBeNaN();
  });

  it('has the ends of Σ D_i z_i with uniform weights on the simplex', () => {
    const draws = new Draws(12);
    const values = [0.1, 0.4, 0.45, 0.9, 0.9];
    const sums = Float64Array.from({ length: 40_000 }, () => {
      const weights = Array.from({ length: 6 }, () => -Math.log(draws.uniform()));
      return [...values, 1].reduce((sum, z, i) => sum + z * weights[i], 0) / weights.reduce((sum, w) => sum + w, 0);
    }).sort();
    expect(meanShare(Float64Array.from(values)).high).toBeCloseTo(sums[39_000], 2);
  });

  it('refuses what is no share', () => {
    expect(() => meanShare(Float64Array.of(1.5))).toThrow(/from 0 to 1, got 1.5/);
  });
});

describe('positiveMean', () => {
  it('is not negative, and above Student where the values are skewed', () => {
    const skewed = Float64Array.of(0.01, 0.02, 0.1, 4);
    expect(mean(skewed).low).toBeLessThan(0);
    expect(positiveMean(skewed)).toMatchObject({ value: mean(skewed).value, low: 0 });
    expect(positiveMean(skewed).high).toBeGreaterThan(2 * mean(skewed).high);
    const narrow = Float64Array.of(10, 10.1, 9.9, 10.05);
    expect(positiveMean(narrow).high).toBeCloseTo(mean(narrow).high, 2);
  });

  it('has Cox’s end by the logarithms, and Student’s lower end at 95 %', () => {
    const values = [0.5, 1, 1.5, 8];
    const logs = values.map(Math.log);
    const centre = logs.reduce((sum, x) => sum + x, 0) / 4;
    const variance = logs.reduce((sum, x) => sum + (x - centre) ** 2, 0) / 3;
    const { high, mcse } = positiveMean(Float64Array.from(values));
    expect(high).toBeCloseTo(Math.exp(centre + variance / 2 + T3 * Math.sqrt(variance / 4 + variance ** 2 / 6)), 6);
    expect(mcse).toBe(mean(Float64Array.from(values)).mcse);
    // t_3 at 97.5 %
    expect(positiveMean(Float64Array.of(8, 9, 10, 11)).low).toBeCloseTo(9.5 - 3.182446 * Math.sqrt(5 / 3 / 4), 5);
    expect(positiveMean(Float64Array.of(3, 3, NaN))).toEqual({ ...UNKNOWN, value: 3, sd: 0, leftOut: 1 });
  });

  it('has Student’s end where a value is 0', () => {
    expect(positiveMean(Float64Array.of(0, 1, 2))).toEqual({ ...mean(Float64Array.of(0, 1, 2)), low: 0 });
  });
});

describe('median', () => {
  it('of 20 values is bounded by the 6th and the 15th, of 10 by the 2nd and the 9th, of 6 by the outermost', () => {
    const upTo = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => n - i);
    expect(median(upTo(20))).toMatchObject({ value: 10.5, low: 6, high: 15 });
    expect(median(upTo(10))).toMatchObject({ value: 5.5, low: 2, high: 9 });
    expect(median(upTo(6))).toMatchObject({ value: 3.5, low: 1, high: 6 });
    expect(median(upTo(5))).toMatchObject({ value: 3, low: Number.NaN, high: Number.NaN });
  });

  it('leaves NaN out, takes ∞ as a value, and knows nothing of no values', () => {
    expect(median(Float64Array.of(1, Infinity, Infinity, Number.NaN)).value).toBe(Infinity);
    expect(median(new Float64Array()).value).toBeNaN();
  });

  it('does not underflow for a million values', () => {
    const { low, high } = median(Float64Array.from({ length: 1e6 }, (_, i) => i));
    expect([low, high]).toEqual([499019, 500980]);
  });

  it('follows every increasing map', () => {
    fc.assert(
      fc.property(
        samples.filter((values) => values.length % 2 === 1),
        (values) => {
          const rise = (v: number): number => v * v * v + v;
          const [plain, mapped] = [median(Float64Array.from(values)), median(Float64Array.from(values, rise))];
          for (const key of ['value', 'low', 'high'] as const) expect(mapped[key]).toBe(rise(plain[key]));
        },
      ),
    );
  });

  it('covers at least 95 % for a skewed law; the ranks next inside are seen not to', () => {
    const runs = 4000;
    const draws = new Draws(3);
    const sample = (): Float64Array => Float64Array.from({ length: 25 }, () => Math.exp(2 * draws.normal()));
    expect(coverage(runs, 1, () => median(sample()))).toBeGreaterThan(0.95 - chance(runs));
    const inner = coverage(runs, 1, () => {
      const values = sample().sort();
      return { low: values[8], high: values[16] };
    });
    expect(inner).toBeLessThan(0.95 - chance(runs));
  });
});
