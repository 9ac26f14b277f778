import erfc from '@stdlib/math-base-special-erfc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherTest, signTest } from '../../src/statistics/countTests.js';

describe('signTest', () => {
  /** Every one of the 2^N ways to be less or greater. */
  function enumerated(less: number, greater: number): number {
    const count = less + greater;
    const ways = Array.from({ length: 2 ** count }, (_, mask) => mask.toString(2).replaceAll('0', '').length);
    return ways.filter((ones) => Math.abs(2 * ones - count) >= Math.abs(greater - less)).length / ways.length;
  }

  it('is the share of all ways that are as uneven', () => {
    for (let less = 0; less <= 6; less++) {
      for (let greater = 0; greater <= 6; greater++)
        expect(signTest(less, greater), `${less}, ${greater}`).toBeCloseTo(enumerated(less, greater), 13);
    }
  });

  it('is 1 without pairs that differ, and stays a probability for many', () => {
    expect(signTest(0, 0)).toBe(1);
    expect(signTest(0, 1000) / 2 ** -999).toBeCloseTo(1, 9);
    // the normal law, with the correction for whole numbers
    expect(signTest(499_000, 501_000)).toBeCloseTo(erfc(1.999 / Math.SQRT2), 6);
  });
});

describe('fisherTest', () => {
  /** Every way to place the successes among all trials, each as probable; a table's share by counting. */
  function enumerated(successesA: number, trialsA: number, successesB: number, trialsB: number): number {
    const tables = new Map<number, number>();
    for (let mask = 0; mask < 2 ** (trialsA + trialsB); mask++) {
      const ones = (bits: number): number => bits.toString(2).replaceAll('0', '').length;
      if (ones(mask) !== successesA + successesB) continue;
      const inA = ones(mask % 2 ** trialsA);
      tables.set(inA, (tables.get(inA) ?? 0) + 1);
    }
    const counts = [...tables.values()];
    const seen = tables.get(successesA) ?? NaN;
    return (
      counts.filter((count) => count <= seen).reduce((sum, count) => sum + count, 0) /
      counts.reduce((sum, count) => sum + count, 0)
    );
  }

  it('is the share of all placements in tables that are no more probable', () => {
    for (const [trialsA, trialsB] of [
      [1, 1],
      [3, 3],
      [2, 5],
      [5, 5],
      [6, 3],
    ]) {
      for (let a = 0; a <= trialsA; a++) {
        for (let b = 0; b <= trialsB; b++)
          expect(fisherTest(a, trialsA, b, trialsB), `${a}/${trialsA}, ${b}/${trialsB}`).toBeCloseTo(
            enumerated(a, trialsA, b, trialsB),
            12,
          );
      }
    }
  });

  it.each([
    ['tea with milk (Fisher 1935)', 3, 4, 1, 4, 34 / 70],
    ['convictions of twins (Fisher 1962), by R', 2, 17, 10, 13, 0.0005367241],
  ])('%s', (_, a, trialsA, b, trialsB, p) => {
    expect(fisherTest(a, trialsA, b, trialsB)).toBeCloseTo(p, 9);
  });

  it('does not care which sample comes first, nor what is called a success', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(300), (a, failedA, b, failedB) => {
        const p = fisherTest(a, a + failedA, b, b + failedB);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(fisherTest(b, b + failedB, a, a + failedA)).toBeCloseTo(p, 10);
        expect(fisherTest(failedA, a + failedA, failedB, b + failedB)).toBeCloseTo(p, 10);
      }),
    );
  });

  it('takes many trials', () => {
    // χ² of 2 (1000)²/(2·500000·½·½·2) = 4 → 0.0455
    expect(fisherTest(250_000, 500_000, 251_000, 500_000)).toBeCloseTo(0.0456, 3);
  });
});
