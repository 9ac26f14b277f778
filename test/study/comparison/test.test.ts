import { describe, expect, it } from 'vitest';
import { fisherTest, signTest } from '../../../src/statistics/countTests.js';
import { pairedTest, unpairedTest } from '../../../src/statistics/meanTests.js';
import { testPairs, testSamples } from '../../../src/study/comparison/test.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe('testPairs', () => {
  it('takes McNemar for two different values, whatever they are', () => {
    const [a, b] = [of(0, 0, 0, 0, 1, 1), of(1, 1, 1, 0, 0, 1)];
    expect(testPairs('mean', a, b)).toEqual({ test: 'McNemar', p: signTest(1, 3) });
    expect(
      testPairs(
        'order',
        a.map((x) => 500 + x),
        b.map((x) => 500 + x),
      ),
    ).toEqual({ test: 'McNemar', p: signTest(1, 3) });
  });

  it('flips signs for means', () => {
    const [a, b] = [of(1, 2, 3, 4), of(2, 2, 5, 3.5)];
    expect(testPairs('mean', a, b)).toEqual({ test: 'sign flips', p: pairedTest(of(1, 0, 2, -0.5)) });
  });

  it('takes the sign test for quantiles, and for means where a value is infinite', () => {
    const [a, b] = [of(1, 2, 3, 4, 5), of(2, 3, Infinity, 3, 5)];
    for (const by of ['order', 'mean'] as const)
      expect(testPairs(by, a, b)).toEqual({ test: 'sign test', p: signTest(1, 3) });
    // the difference is infinite
    expect(testPairs('mean', of(1, 2, -1e308), of(2, 2, 1e308))).toEqual({ test: 'sign test', p: signTest(0, 2) });
  });

  it('finds nothing to test where no pair differs beyond rounding', () => {
    const a = of(1, 2, Infinity, 1e-300);
    expect(
      testPairs(
        'mean',
        a,
        a.map((x) => x * (1 + 4e-16)),
      ),
    ).toBeUndefined();
    expect(testPairs('order', of(0, 1), of(0, 1))).toBeUndefined();
    expect(testPairs('mean', of(), of())).toBeUndefined();
  });

  it('does not count rounding as a direction', () => {
    const [a, b] = [of(1, 2, 3, 4), of(1 + 1e-12, 2 + 1e-12, 3 + 1e-12, 5)];
    expect(testPairs('order', a, b)).toEqual({ test: 'sign test', p: signTest(0, 1) });
    expect(testPairs('mean', a, b)).toEqual({ test: 'sign flips', p: 1 });
  });
});

describe('testSamples', () => {
  it('takes Fisher for two different values', () => {
    expect(testSamples('mean', of(0, 0, 1), of(1, 1, 1, 0))).toEqual({ test: 'Fisher', p: fisherTest(1, 3, 3, 4) });
    expect(testSamples('mean', of(500, 500), of(501, 501))).toEqual({ test: 'Fisher', p: 1 / 3 });
  });

  it('takes Welch and exchange for means', () => {
    const [a, b] = [of(1, 2, 3), of(4, 5, 7, 9)];
    expect(testSamples('mean', a, b)).toEqual({ test: 'Welch, exchange', p: unpairedTest(a, b) });
    const shift = a.map((x) => x + 1e-12);
    expect(testSamples('mean', a, shift)).toEqual({ test: 'Welch, exchange', p: 1 });
  });

  it('takes the median test for quantiles, and for means where a value is infinite', () => {
    const [a, b] = [of(1, 2, 3, 4), of(3.5, 5, 6, Infinity, 7)];
    // the lower of the two middle values is 4: none of a and four of b are above
    expect(testSamples('order', a, b)).toEqual({ test: 'median test', p: fisherTest(0, 4, 4, 5) });
    expect(testSamples('mean', a, b)).toEqual(testSamples('order', a, b));
  });

  it('finds nothing to test where nothing varies, or a sample is too small', () => {
    expect(testSamples('mean', of(2, 2), of(2))).toBeUndefined();
    expect(testSamples('mean', of(), of(1, 2, 3))).toBeUndefined();
    expect(testSamples('mean', of(1), of(2, 3, 4))).toBeUndefined();
  });
});
