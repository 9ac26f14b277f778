import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_FLIPPED, pairedTest, welchTest } from '../../src/statistics/meanTests.js';
import { Draws } from './draws.js';

// Student's data on hours of sleep, as R has them.
const DRUG1 = Float64Array.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2);
const DRUG2 = Float64Array.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

const RUNS = 4000;
/** Five binomial standard errors about 5 %. */
const CHANCE = 5 * Math.sqrt((0.05 * 0.95) / RUNS);

/** How often a test of samples without a difference says 5 %. */
function rejections(p: () => number): number {
  return Array.from({ length: RUNS }, p).filter((value) => value <= 0.05).length / RUNS;
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
    const sample = (size: number, scale: number): Float64Array => Float64Array.from({ length: size }, () => 7 + scale * draws.normal());
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
    fc.assert(fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 9 }), (d) => {
      const total = Math.abs(d.reduce((sum, x) => sum + x, 0));
      let reached = 0;
      for (let mask = 0; mask < 2 ** d.length; mask++) if (Math.abs(d.reduce((sum, x, i) => sum + (mask & (1 << i) ? -x : x), 0)) >= total) reached += 1;
      expect(pairedTest(Float64Array.from(d, (x) => -0.1 * x).reverse())).toBe(reached / 2 ** d.length);
    }));
  });

  it("is Student's for more pairs: p is where its quantile is", () => {
    const draws = new Draws(2);
    const d = Float64Array.from({ length: MOST_FLIPPED + 1 }, () => 0.4 + draws.normal());
    const average = d.reduce((sum, x) => sum + x, 0) / d.length;
    const error = Math.sqrt(d.reduce((sum, x) => sum + (x - average) ** 2, 0) / (d.length * (d.length - 1)));
    expect(tQuantile(1 - pairedTest(d) / 2, d.length - 1)).toBeCloseTo(Math.abs(average) / error, 6);
  });

  it('finds 4 of the 1024 ways as far where all but a zero point one way', () => {
    // R's t test of the same: 0.0028
    expect(pairedTest(DRUG2.map((hours, i) => hours - DRUG1[i]))).toBe(4 / 2 ** 10);
  });

  it.each([12, MOST_FLIPPED + 1])('rejects what is true about as often as it says, for %i pairs', (pairs) => {
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
