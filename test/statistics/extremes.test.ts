import { describe, expect, it } from 'vitest';
import { SeededDraws } from '../../src/statistics/draws.js';
import { normalQuantileOf, UNKNOWN, type Estimate } from '../../src/statistics/estimate.js';
import { jointConfidence, largestOf, smallestOf } from '../../src/statistics/extremes.js';
import { interval } from './estimates.js';

/** Of a normal value with error 1. */
const normal = (value: number, confidence = 0.95): Estimate => {
  const half = normalQuantileOf(confidence);
  return { ...interval(value, value - half, value + half), mcse: 1 };
};

/** Share of samples in which the interval of the largest of equal numbers covers it. */
function coverage(estimateOf: (values: readonly number[]) => Estimate, m: number): number {
  const draws = new SeededDraws('extremes');
  const samples = Array.from({ length: 4000 }, () => estimateOf(Array.from({ length: m }, () => draws.normal())));
  return samples.filter(({ low, high }) => low <= 0 && high >= 0).length / samples.length;
}

describe('the largest of several numbers', () => {
  it.each([2, 5, 20])('is covered where %i are equal', (m) => {
    const joint = (values: readonly number[]): Estimate =>
      largestOf(
        values.map((x) => normal(x)),
        values.map((x) => normal(x, jointConfidence(m))),
      );
    expect(coverage(joint, m)).toBeGreaterThan(0.95);
    expect(coverage((values) => largestOf(values.map((x) => normal(x))), m)).toBeGreaterThan(0.95);
  });

  it('the interval of the estimate that is largest does not cover it', () => {
    expect(coverage((values) => normal(Math.max(...values)), 20)).toBeLessThan(0.7);
  });

  it('every end counts, not the one of the largest value', () => {
    expect(largestOf([interval(3, 2, 4), interval(1, 0, 9)])).toMatchObject({ value: 3, low: 0, high: 9 });
    expect(largestOf([interval(3, 2, 4), interval(1, 0, 9)], [interval(3, 1, 5), interval(1, -1, 12)])).toMatchObject({
      value: 3,
      low: 1,
      high: 9,
    });
    expect(smallestOf([interval(3, 2, 4), interval(1, 0, 9)])).toMatchObject({ value: 1, low: 0, high: 9 });
    expect(smallestOf([interval(3, 2, 4), interval(1, 0, 9)], [interval(3, 1, 5), interval(1, -1, 12)])).toMatchObject({
      value: 1,
      low: 0,
      high: 5,
    });
  });

  it('has the error of the estimate that is largest', () => {
    const two = [
      { ...interval(3, 2, 4), mcse: 0.3, sd: 7 },
      { ...interval(1, 0, 9), mcse: 0.1, sd: 8 },
    ];
    expect([largestOf(two), smallestOf(two)]).toMatchObject([
      { mcse: 0.3, sd: NaN },
      { mcse: 0.1, sd: NaN },
    ]);
    expect(largestOf([...two, { ...interval(NaN, 0, 9), mcse: 1 }]).mcse).toBeNaN();
  });

  it('holds with 95 % when each of m holds with 1 − 5 %/m', () => {
    expect([1, 2, 5].map(jointConfidence)).toEqual([0.95, expect.closeTo(0.975, 14), expect.closeTo(0.99, 14)]);
  });

  it('is not known where one of them is not, or there is none', () => {
    expect(largestOf([normal(3), interval(Number.NaN, Number.NaN, Number.NaN)])).toMatchObject({
      value: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
    });
    expect(smallestOf([normal(3), interval(5, Number.NaN, Number.NaN)]).low).toBeNaN();
    expect([largestOf([]), smallestOf([]), largestOf([], [])]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
  });
});
