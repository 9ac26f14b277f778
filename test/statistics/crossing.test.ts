import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logisticCrossing } from '../../src/statistics/crossing.js';
import { chance, coverage, Draws } from './draws.js';

const X = [1, 2, 3, 4, 5];
const fifty = [50, 50, 50, 50, 50];

describe('logisticCrossing', () => {
  it('symmetric counts cross in the middle, with a symmetric interval', () => {
    const { crossing, slope, note } = logisticCrossing(X, [2, 10, 25, 40, 48], fifty);
    expect(crossing.value).toBeCloseTo(3, 10);
    expect(crossing.low + crossing.high).toBeCloseTo(6, 8);
    expect(slope).toBeGreaterThan(0);
    expect(note).toBeUndefined();
  });

  it('two doses are fitted exactly: logit p = ∓log 4 crosses half-way, and 3/4 at logit 3 / slope', () => {
    const half = logisticCrossing([0, 1], [10, 40], [50, 50]);
    expect(half.slope).toBeCloseTo(2 * Math.log(4), 9);
    expect(half.crossing.value).toBeCloseTo(0.5, 9);
    expect(logisticCrossing([0, 1], [10, 40], [50, 50], 0.75).crossing.value).toBeCloseTo(
      0.5 + Math.log(3) / (2 * Math.log(4)),
      9,
    );
  });

  it('the ends of the interval have the deviance t²_38 = 4.0982 of 40 trials and two parameters, by a scan over slopes', () => {
    const [successes, trials] = [
      [1, 4, 9, 8],
      [10, 10, 10, 10],
    ];
    const logLikelihood = (c: number, s: number): number =>
      [1, 2, 3, 4].reduce((sum, x, i) => {
        const p = 1 / (1 + Math.exp(-s * (x - c)));
        return sum + successes[i] * Math.log(p) + (10 - successes[i]) * Math.log(1 - p);
      }, 0);
    const profile = (c: number): number =>
      Math.max(...Array.from({ length: 4000 }, (_, i) => logLikelihood(c, i / 1000)));
    const { crossing, slope } = logisticCrossing([1, 2, 3, 4], successes, trials);
    const best = logLikelihood(crossing.value, slope);
    for (const end of [crossing.low, crossing.high]) expect(2 * (best - profile(end))).toBeCloseTo(2.024394 ** 2, 4);
  });

  it('mirrors when success and failure change places, and the level too; a larger confidence is wider, with the same error', () => {
    const k = [2, 10, 25, 40, 48];
    const [rising, falling] = [
      logisticCrossing(X, k, fifty, 0.8),
      logisticCrossing(
        X,
        k.map((v) => 50 - v),
        fifty,
        0.2,
      ),
    ];
    expect(falling.slope).toBeCloseTo(-rising.slope, 9);
    for (const key of ['value', 'low', 'high', 'mcse'] as const)
      expect(falling.crossing[key]).toBeCloseTo(rising.crossing[key], 7);
    const { low, high, mcse, sd } = logisticCrossing(X, k, fifty, 0.8, 0.99).crossing;
    expect([low < rising.crossing.low, high > rising.crossing.high]).toEqual([true, true]);
    expect([mcse, sd]).toEqual([expect.closeTo((high - low) / (2 * 2.575829), 6), NaN]);
    expect(rising.crossing.mcse).toBeCloseTo((rising.crossing.high - rising.crossing.low) / (2 * 1.959964), 6);
  });

  it('without a crossing has a slope of 0 where rates are equal, else none', () => {
    expect(logisticCrossing(X, [25, 25, 25, 25, 25], fifty).slope).toBe(0);
    expect([logisticCrossing([], [], []), logisticCrossing([1, 1], [1, 1], [2, 2])]).toMatchObject([
      { slope: NaN, note: 'no trials' },
      { slope: NaN },
    ]);
  });

  it.each([0, 1, -0.1, 1.1, NaN])('refuses the level %f', (level) => {
    expect(() => logisticCrossing(X, [2, 10, 25, 40, 48], fifty, level)).toThrow(/level must be between 0 and 1/);
  });

  describe('separated data', () => {
    it('0, …, 0, 1, …, 1: the middle of the gap, the interval between its neighbours', () => {
      const { crossing, slope, note } = logisticCrossing(X, [0, 0, 0, 50, 50], fifty);
      expect(crossing.value).toBe(3.5);
      expect(crossing.low).toBeCloseTo(3, 9);
      expect(crossing.high).toBeCloseTo(4, 9);
      expect(slope).toBe(Infinity);
      expect(note).toMatch(/separated/);
    });

    it('with so few trials that a neighbour may be luck, the interval reaches beyond it', () => {
      const { low, high } = logisticCrossing(X, [0, 0, 0, 1, 1], [1, 1, 1, 1, 1]).crossing;
      expect(low).toBeLessThan(3);
      expect(high).toBeGreaterThan(4);
    });

    it('one mixed x: the crossing is there, and both ends are finite and on their sides', () => {
      const { crossing, slope } = logisticCrossing(X, [0, 0, 20, 50, 50], fifty);
      expect(crossing.value).toBe(3);
      expect(slope).toBe(Infinity);
      expect(crossing.low).toBeGreaterThan(2);
      expect(crossing.low).toBeLessThan(3);
      expect(crossing.high).toBeGreaterThan(3);
      expect(crossing.high).toBeLessThan(4);
    });

    it('falling', () => {
      const { crossing, slope } = logisticCrossing(X, [50, 50, 0, 0, 0], fifty);
      expect(crossing.value).toBe(2.5);
      expect(slope).toBe(-Infinity);
    });
  });

  it.each([
    ['no trial succeeded', X, [0, 0, 0, 0, 0], fifty],
    ['every trial succeeded', X, fifty, fifty],
    ['no trials', X, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
    ['one value of x', [2, 2], [1, 3], [5, 5]],
    ['does not change with x', X, [25, 25, 25, 25, 25], fifty],
  ])('says why there is no crossing: %s', (reason, x, successes, trials) => {
    const { crossing, note } = logisticCrossing(x, successes, trials);
    expect(crossing).toMatchObject({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
    expect(note).toContain(reason);
  });

  it('has an infinite end when a flat curve is not excluded', () => {
    const { crossing } = logisticCrossing(X, [10, 11, 12, 13, 14], fifty);
    expect(crossing.value).toBeGreaterThan(5);
    expect(crossing.high).toBe(Infinity);
  });

  it.each([
    [[1], [1, 2], [2, 2], 0.5, /equal length, got 1, 2, 2/],
    [[1, 2], [3, 0], [2, 2], 0.5, /0 to trials, got 3 of 2/],
    [[1, Infinity], [0, 1], [2, 2], 0.5, /x must be finite/],
    [[1, 2], [0, 1], [2, 2], 1, /level must be between 0 and 1/],
  ])('refuses bad input', (x, successes, trials, level, message) => {
    expect(() => logisticCrossing(x, successes, trials, level)).toThrow(message);
  });

  const counts = fc
    .array(fc.nat(20), { minLength: 5, maxLength: 5 })
    .filter((k) => k.some((v) => v > 0) && k.some((v) => v < 20));
  const twenty = [20, 20, 20, 20, 20];

  it('contains its value, and does not depend on the order of the doses or on empty ones', () => {
    fc.assert(
      fc.property(counts, (k) => {
        const plain = logisticCrossing(X, k, twenty);
        expect(logisticCrossing([...X].reverse(), [...k].reverse(), twenty)).toEqual(plain);
        expect(logisticCrossing([...X, ...X], [...k, 0, 0, 0, 0, 0], [...twenty, 0, 0, 0, 0, 0])).toEqual(plain);
        if (!Number.isNaN(plain.crossing.value)) {
          expect(plain.crossing.low).toBeLessThanOrEqual(plain.crossing.value);
          expect(plain.crossing.high).toBeGreaterThanOrEqual(plain.crossing.value);
        }
      }),
    );
  });

  it('moves with x, and mirrors when success and failure change places at the level ½', () => {
    const steep = counts.map((k) => k.sort((a, b) => a - b)).filter((k) => k[4] - k[0] > 12);
    fc.assert(
      fc.property(steep, fc.integer({ min: -20, max: 20 }), (k, shift) => {
        const plain = logisticCrossing(X, k, twenty).crossing;
        const moved = logisticCrossing(
          X.map((x) => 2 * x + shift),
          k,
          twenty,
        ).crossing;
        const swapped = logisticCrossing(
          X,
          k.map((v) => 20 - v),
          twenty,
        ).crossing;
        for (const key of ['value', 'low', 'high'] as const) {
          if (!Number.isFinite(plain[key])) continue;
          expect(moved[key]).toBeCloseTo(2 * plain[key] + shift, 6);
          expect(swapped[key]).toBeCloseTo(plain[key], 6);
        }
      }),
    );
  });

  it.each([
    [1.5, 20, 7],
    [4, 12, 8],
    [30, 10, 9],
  ])('covers 95 % (steep: more) at slope %f, %i trials a dose', (slope, m, seed) => {
    const draws = new Draws(seed);
    const truth = 3.3;
    const runs = 800;
    const share = coverage(runs, truth, () => {
      const k = X.map((x) => draws.binomial(m, 1 / (1 + Math.exp(-slope * (x - truth)))));
      return logisticCrossing(
        X,
        k,
        X.map(() => m),
      ).crossing;
    });
    expect(share).toBeGreaterThan(0.95 - chance(runs));
  });

  it('an interval of half the width is seen not to cover', () => {
    const draws = new Draws(10);
    const share = coverage(400, 3.3, () => {
      const k = X.map((x) => draws.binomial(20, 1 / (1 + Math.exp(-1.5 * (x - 3.3)))));
      const { value, low, high } = logisticCrossing(
        X,
        k,
        X.map(() => 20),
      ).crossing;
      return { low: (value + low) / 2, high: (value + high) / 2 };
    });
    expect(share).toBeLessThan(0.95 - chance(400));
  });
});
