import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeTest, MOST_DEALT, pairedTest, unpairedTest, welchTest } from '../../src/statistics/meanTests.js';
import { Draws } from './draws.js';

// Student's data on hours of sleep, as R has them.
const DRUG1 = Float64Array.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2);
const DRUG2 = Float64Array.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

const RUNS = 4000;
/** Five binomial standard errors about 5 %. */
const CHANCE = 5 * Math.sqrt((0.05 * 0.95) / RUNS);

/** How often a test of samples without a difference is at or below a level. */
function rejections(p: () => number, level = 0.05, runs = RUNS): number {
  return Array.from({ length: runs }, p).filter((value) => value <= level).length / runs;
}

/** Trials that fail now and then: one of two sizes, neither quite the same twice. */
function failing(draws: Draws, share: number): number {
  return (draws.uniform() < share ? 1 : 1e-8) * (1 + 0.1 * draws.uniform());
}

describe('welchTest', () => {
  it('agrees with R', () => {
    expect(welchTest(DRUG1, DRUG2)).toBeCloseTo(0.07939414, 7);
    expect(welchTest(DRUG2, DRUG1)).toBe(welchTest(DRUG1, DRUG2));
  });

  it('is undefined without anything that varies, or for a single value', () => {
    expect(welchTest(Float64Array.of(1, 1), Float64Array.of(2, 2))).toBeNaN();
    expect(welchTest(Float64Array.of(1), Float64Array.of(2, 3))).toBeNaN();
  });

  it('rejects what is true about as often as it says, with variances and sizes that differ', () => {
    const draws = new Draws(1);
    const sample = (size: number, scale: number): Float64Array =>
      Float64Array.from({ length: size }, () => 7 + scale * draws.normal());
    const share = rejections(() => welchTest(sample(8, 1), sample(20, 5)));
    expect(Math.abs(share - 0.05)).toBeLessThan(CHANCE);
  });
});

describe('pairedTest', () => {
  it("finds Fisher's 1726 of 32768 in Darwin's maize", () => {
    const maize = Float64Array.of(49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48);
    expect(pairedTest(maize)).toBe(1726 / 32768);
  });

  it('counts all choices of signs, whatever the order, scale and side', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 9 }), (d) => {
        const total = Math.abs(d.reduce((sum, x) => sum + x, 0));
        let reached = 0;
        for (let mask = 0; mask < 2 ** d.length; mask++)
          if (Math.abs(d.reduce((sum, x, i) => sum + (mask & (1 << i) ? -x : x), 0)) >= total) reached += 1;
        expect(pairedTest(Float64Array.from(d, (x) => -0.1 * x).reverse())).toBe(reached / 2 ** d.length);
      }),
    );
  });

  it('of more is close to all choices of signs: so many ones of N and as many signs against', () => {
    // P(|X - N/2| ≥ |k - N/2|) of Bin(N, ½); the t test says 1.4e-6, 6.5e-5 and 0.0015
    for (const [pairs, against, p] of [
      [17, 1, 2.75e-4],
      [30, 5, 3.25e-4],
      [60, 18, 2.7e-3],
    ] as const) {
      const ratio = pairedTest(Float64Array.from({ length: pairs }, (_, i) => (i < against ? -1 : 1))) / p;
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(1.5);
    }
  });

  it('is not misled by few large differences, nor by those that are 0', () => {
    const few = (size: number, rest: number): Float64Array =>
      Float64Array.from({ length: size }, (_, i) => (i < 4 ? 1 : rest * Math.sin(i)));
    // 2 of the 16 choices of four signs; the t test says 0.043
    expect(pairedTest(few(200, 0))).toBe(2 / 16);
    expect(pairedTest(few(200, 1e-6))).toBeGreaterThan(0.05);
    const scale = 1e-200;
    expect(pairedTest(few(200, 1e-6).map((d) => d * scale))).toBeCloseTo(pairedTest(few(200, 1e-6)), 12);
  });

  it('finds 4 of the 1024 ways as far where all but a zero point one way', () => {
    // R's t test of the same: 0.0028
    expect(pairedTest(DRUG2.map((hours, i) => hours - DRUG1[i]))).toBe(4 / 2 ** 10);
  });

  it.each([12, MOST_DEALT + 1])('rejects what is true about as often as it says, for %i pairs', (pairs) => {
    const draws = new Draws(pairs);
    const share = rejections(() => pairedTest(Float64Array.from({ length: pairs }, () => draws.normal())));
    expect(Math.abs(share - 0.05)).toBeLessThan(CHANCE);
  });

  it('knows nothing of no pairs, and finds nothing in zeros', () => {
    expect(pairedTest(new Float64Array(0))).toBeNaN();
    expect(pairedTest(new Float64Array(5))).toBe(1);
    expect(pairedTest(new Float64Array(50))).toBe(1);
    expect(pairedTest(Float64Array.of(1, 1))).toBe(0.5);
  });
});

describe('exchangeTest', () => {
  it('counts all ways to make two samples of the values', () => {
    const value = fc.integer({ min: -9, max: 9 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.array(value, { minLength: 1, maxLength: 5 }),
        (a, b) => {
          const values = [...a, ...b];
          const centre = values.reduce((sum, x) => sum + x, 0) / values.length;
          const distance = (chosen: readonly number[]): number =>
            Math.abs(chosen.reduce((sum, x) => sum + x - centre, 0));
          const ways = Array.from({ length: 2 ** values.length }, (_, mask) =>
            values.filter((_x, i) => mask & (1 << i)),
          ).filter(({ length }) => length === a.length);
          const reached = ways.filter((way) => distance(way) >= distance(a) - 1e-9).length;
          expect(exchangeTest(Float64Array.from(a), Float64Array.from(b))).toBeCloseTo(reached / ways.length, 12);
        },
      ),
    );
  });

  it('of more values agrees with the t test where their law is normal, whichever sample comes first', () => {
    const draws = new Draws(3);
    for (const shift of [0.2, 0.5, 0.8]) {
      const [a, b] = [
        Float64Array.from({ length: 60 }, () => draws.normal()),
        Float64Array.from({ length: 90 }, () => shift + draws.normal()),
      ];
      const ratio = Math.log(exchangeTest(a, b)) / Math.log(welchTest(a, b));
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
      expect(exchangeTest(b, a)).toBeCloseTo(exchangeTest(a, b), 12);
    }
  });
});

describe('unpairedTest', () => {
  it.each([
    [2, 0.05],
    [4, 0.001],
    [20, 0.05],
  ])('of %i trials that succeed or fail is wrong at most as often as %d', (trials, level) => {
    const draws = new Draws(trials);
    const sample = (): Float64Array => Float64Array.from({ length: trials }, () => failing(draws, 0.5));
    expect(rejections(() => unpairedTest(sample(), sample()), level)).toBeLessThan(
      level + 4 * Math.sqrt((level * (1 - level)) / RUNS),
    );
  });

  it('is not misled by variances and sizes that differ', () => {
    const draws = new Draws(4);
    const sample = (size: number, scale: number): Float64Array =>
      Float64Array.from({ length: size }, () => scale * draws.normal());
    expect(rejections(() => unpairedTest(sample(8, 5), sample(20, 1)))).toBeLessThan(0.05 + CHANCE);
    expect(rejections(() => exchangeTest(sample(8, 5), sample(20, 1)), 0.05, 300)).toBeGreaterThan(0.1);
  });
});
