import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedMean } from '../../src/statistics/bounded.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { binomialRate } from '../../src/statistics/rates.js';

const share = boundedMean(0, 1);

/**
 * P(Σ D_i z_i ≤ t), D uniform on the simplex, the z distinct: Σ over z_i ≤ t of (t − z_i)^(m − 1) / Π_{j ≠ i} (z_j −
 * z_i).
 */
function chanceUpTo(t: number, z: readonly number[]): number {
  return z
    .filter((own) => own <= t)
    .reduce(
      (sum, own) =>
        sum +
        (t - own) ** (z.length - 1) /
          z.filter((other) => other !== own).reduce((product, other) => product * (other - own), 1),
      0,
    );
}

describe('the mean of bounded values', () => {
  it.each([[[0.3]], [[0.2, 0.7]], [[0.1, 0.4, 0.45, 0.9]], [[0.05, 0.1, 0.12, 0.3, 0.8, 0.99]]])(
    'of %j has ends with 2.5 % beyond them, as near as the saddlepoint comes',
    (values) => {
      const { value, low, high, mcse, sd } = share(Float64Array.from(values));
      for (const chance of [chanceUpTo(low, [0, ...values]), 1 - chanceUpTo(high, [...values, 1])])
        expect(Math.abs(chance - 0.0244)).toBeLessThan(0.0008);
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      expect(value).toBeCloseTo(mean, 14);
      const spread = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
      expect([sd, mcse]).toEqual(
        values.length === 1
          ? [NaN, NaN]
          : [expect.closeTo(spread, 12), expect.closeTo(spread / Math.sqrt(values.length), 12)],
      );
    },
  );

  it('is the same from other bounds', () => {
    const shares = fc.array(
      fc.double({ min: 0, max: 1, noNaN: true }).map((x) => Math.round(1000 * x) / 1000),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(shares, fc.constantFrom([-1, 1], [0, 200], [5, 7], [-3, -1]), (list, [least, most]) => {
        const [plain, moved] = [
          share(Float64Array.from(list)),
          boundedMean(least, most)(Float64Array.from(list, (x) => least + x * (most - least))),
        ];
        for (const key of ['value', 'low', 'high'] as const)
          expect(moved[key]).toBeCloseTo(least + plain[key] * (most - least), 5);
        // Equal values may differ by a rounding from other bounds.
        if (plain.mcse > 1e-9) expect(moved.mcse).toBeCloseTo(plain.mcse * (most - least), 8);
      }),
      { numRuns: 40 },
    );
  });

  it('mirrors when the bounds change places', () => {
    const values = [0.1, 0.1, 0.7, 0.95];
    const [there, back] = [share(Float64Array.from(values)), share(Float64Array.from(values, (x) => 1 - x))];
    expect([there.low, there.high]).toEqual([expect.closeTo(1 - back.high, 8), expect.closeTo(1 - back.low, 8)]);
  });

  it('of values at both bounds is that of a rate, and its error too where all are at one', () => {
    for (const [ones, count] of [
      [0, 4],
      [4, 4],
      [1, 3],
    ] as const) {
      const values = Float64Array.from({ length: count }, (_, i) => (i < ones ? 7 : 3));
      const rate = binomialRate(ones, count);
      const { value, low, high, mcse } = boundedMean(3, 7)(values);
      expect([value, low, high].map((end) => (end - 3) / 4)).toEqual([
        expect.closeTo(rate.value, 12),
        expect.closeTo(rate.low, 12),
        expect.closeTo(rate.high, 12),
      ]);
      if (ones % count === 0) expect(mcse).toBeCloseTo(4 * rate.mcse, 12);
    }
    expect(share(Float64Array.of(0.5, 0.5)).mcse).toBeNaN();
  });

  it('stays within its bounds, and holds its value', () => {
    const low = boundedMean(0.1, 0.7)(Float64Array.of(0.1, 0.1, 0.1));
    expect([low.value >= low.low, low.low, low.high < 0.7]).toEqual([true, 0.1, true]);
    const high = boundedMean(0.1, 0.7)(Float64Array.of(0.7, 0.7, 0.7));
    expect([high.value <= high.high, high.low > 0.1, high.high]).toEqual([true, true, expect.closeTo(0.7, 15)]);
  });

  it('without values, or between equal bounds, is all that can be', () => {
    expect(share(Float64Array.of(NaN))).toEqual({ ...UNKNOWN, low: 0, high: 1, leftOut: 1 });
    expect(boundedMean(-2, 3)(new Float64Array())).toEqual({ ...UNKNOWN, low: -2, high: 3 });
    expect(boundedMean(2, 2)(Float64Array.of(2, NaN))).toEqual({ ...UNKNOWN, low: 2, high: 2, leftOut: 1 });
    expect(share(Float64Array.of(0.5, NaN, 0.6)).leftOut).toBe(1);
  });

  it.each([[-1.01], [1.01], [Infinity]])('refuses %f outside of −1 to 1', (value) => {
    expect(() => boundedMean(-1, 1)(Float64Array.of(0, value))).toThrow(
      new RangeError(`values must be from -1 to 1, got ${String(value)}`),
    );
    expect(() => boundedMean(-1, 1)(Float64Array.of(-1, 1))).not.toThrow();
  });
});
