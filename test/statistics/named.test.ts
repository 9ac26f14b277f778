import { describe, expect, it } from 'vitest';
import { intervalOf, STATISTICS, statisticOf } from '../../src/statistics/named.js';
import { quantile } from '../../src/statistics/quantiles.js';
import { meanIterations, meanShareDifference } from '../../src/statistics/ranges.js';
import { rate } from '../../src/statistics/rates.js';
import { quantileSequence } from '../../src/statistics/sequences.js';

const VALUES = Float64Array.from({ length: 40 }, (_, i) => (i + 1) / 10);

describe('a statistic by its name', () => {
  it.each(Object.keys(STATISTICS))('%s has an interval and a sequence, which contain the value', (name) => {
    const { estimate, sequence } = statisticOf(` ${name} `, 'statistic');
    const values = ['rate', 'share'].includes(name) ? VALUES.map((x) => (x < 1 ? 1 : 0)) : VALUES;
    for (const one of [estimate(values, {}), sequence(values, {})]) {
      expect(one.low).toBeLessThan(one.value);
      expect(one.high).toBeGreaterThan(one.value);
      expect(one.mcse).toBeGreaterThan(0);
    }
  });

  it('quantile(q) is the quantile with its order statistics', () => {
    const { estimate, sequence, words } = statisticOf('quantile( .25 )', 'statistic');
    expect(estimate(VALUES, {})).toEqual(quantile(0.25)(VALUES));
    expect(sequence(VALUES, {})).toEqual(quantileSequence(0.25)(VALUES));
    expect(words('error')).toBe('.25-quantile of error');
  });

  it.each([
    ['share(<= 1)', 10, '≤ 1'],
    ['share(<1)', 9, '< 1'],
    ['share(>= 1)', 31, '≥ 1'],
    ['share( > 1e0 )', 30, '> 1e0'],
    ['share(> -2)', 40, '> -2'],
  ])('%s counts trials, and a failed one meets no condition', (name, count, shown) => {
    const { estimate, each, whenFailed, words } = statisticOf(name, 'statistic');
    const met = VALUES.map((value) => each?.(value) ?? NaN);
    expect(estimate).toBe(rate);
    expect(met.reduce((sum, one) => sum + one, 0)).toBe(count);
    expect(each?.(NaN)).toBeNaN();
    expect(whenFailed).toBe(0);
    expect(words('error')).toBe(`share of trials with error ${shown}`);
  });

  it.each([
    ['medain', /^statistic must be one of median, .* got 'medain' \(did you mean 'median'\?\)$/],
    ['quantile', /^statistic must be one of .* got 'quantile' \(did you mean 'quantile\(q\)'\?\)$/],
    ['quantile(0)', /^statistic must be quantile\(q\) with 0 < q < 1, got 'quantile\(0\)'$/],
    ['quantile(1)', /0 < q < 1/],
    ['quantile(0x1)', /0 < q < 1/],
    ['quantile()', /0 < q < 1/],
    ['share()', /share\(<= x\), with <=, <, >= or > and a number x, got 'share\(\)'$/],
    ['share(0.5)', /share\(<= x\)/],
    ['share(<= inf)', /share\(<= x\)/],
    ['toString', /must be one of/],
  ])('%s is refused', (name, message) => {
    expect(() => statisticOf(name, 'statistic')).toThrow(message);
  });
});

it('what the ends of an estimator are has one text, also for the estimators that no name stands for', () => {
  for (const { estimate, interval } of Object.values(STATISTICS)) expect(intervalOf(estimate)).toBe(interval);
  expect(intervalOf(meanIterations)).toBe(STATISTICS.share.interval);
  expect(intervalOf(meanShareDifference)).toBe(STATISTICS.share.interval);
  expect(intervalOf(quantile(0.25))).toBeUndefined();
});
