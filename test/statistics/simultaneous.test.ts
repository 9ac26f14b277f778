import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { mean } from '../../src/statistics/means.js';
import { deviation } from '../../src/statistics/deviations.js';
import { inDeviations, largestMean } from '../../src/statistics/simultaneous.js';
import { chance, coverage, Draws } from './draws.js';

const estimate = (value: number, mcse: number) => ({ ...UNKNOWN, value, mcse });

describe('largestMean', () => {
  it('is the largest |mean|, and its ends are those of all means', () => {
    const { value, low, high, mcse } = largestMean([estimate(-3, 0.1), estimate(2, 1), estimate(0.5, 0.1)], 1000);
    // Student's quantile at 1 − 0.05/6 for 999 degrees of freedom
    const reach = 2.3983;
    expect(value).toBe(3);
    expect(mcse).toBe(0.1);
    expect(low).toBeCloseTo(3 - 0.1 * reach, 3);
    expect(high).toBeCloseTo(2 + reach, 3);
  });

  it('reaches down to 0, not below', () => {
    expect(largestMean([estimate(0.1, 1), estimate(-0.2, 1)], 50).low).toBe(0);
  });

  it('is unknown without a standard error, a second trial, or any mean', () => {
    expect(largestMean([estimate(1, 0.1), estimate(1, Number.NaN)], 50)).toBe(UNKNOWN);
    expect(largestMean([estimate(1, 0.1)], 1)).toBe(UNKNOWN);
    expect(largestMean([], 50)).toBe(UNKNOWN);
  });

  it('covers the largest of several correlated means', () => {
    const draws = new Draws(5);
    const [n, truths] = [12, [0.3, 0.29, -0.28, 0, 0.1]];
    const covered = coverage(400, 0.3, () => {
      const shared = Array.from({ length: n }, () => draws.normal());
      const means = truths.map((truth) =>
        mean(Float64Array.from(shared, (x) => truth + 0.3 * x + 0.3 * draws.normal())),
      );
      return largestMean(means, n);
    });
    expect(covered).toBeGreaterThan(0.95 - chance(400));
  });
});

describe('inDeviations', () => {
  it('has the error of the mean and of the deviation', () => {
    const { value, mcse } = inDeviations(estimate(3, 0.3), estimate(2, 0.1));
    expect(value).toBe(1.5);
    expect(mcse).toBeCloseTo(Math.hypot(0.15, 1.5 * 0.05), 12);
  });

  it('covers a mean of one and a half deviations, which the error of the mean alone does not', () => {
    const [draws, n, truth] = [new Draws(8), 30, 1.5];
    const samples = Array.from({ length: 600 }, () => Float64Array.from({ length: n }, () => truth + draws.normal()));
    const share = (mcseOf: (values: Float64Array) => number): number =>
      samples.filter((values) => {
        const { value } = inDeviations(mean(values), deviation(values));
        return Math.abs(value - truth) <= 2.045 * mcseOf(values);
      }).length / samples.length;
    expect(share((values) => inDeviations(mean(values), deviation(values)).mcse)).toBeGreaterThan(0.92);
    expect(share((values) => mean(values).mcse / deviation(values).value)).toBeLessThan(0.9);
  });
});
