import { describe, expect, it } from 'vitest';
import {
  errorOfInterval,
  exact,
  exponential,
  isExact,
  isWithoutWidth,
  normalQuantileOf,
  positiveError,
  scaled,
  UNKNOWN,
  within,
} from '../../src/statistics/estimate.js';

describe('estimates', () => {
  it('scale in every part', () => {
    expect(scaled({ value: 2, low: 0.5, high: 4, mcse: 0.5, sd: 3 }, 4)).toEqual({
      value: 8,
      low: 2,
      high: 16,
      mcse: 2,
      sd: 12,
    });
  });

  it('to the power of e have the error of the slope there', () => {
    const { value, low, high, mcse, sd } = exponential({
      value: Math.log(8),
      low: 0,
      high: Math.log(16),
      mcse: 0.25,
      sd: 1,
    });
    expect(value).toBeCloseTo(8, 12);
    expect([low, sd]).toEqual([1, NaN]);
    expect(high).toBeCloseTo(16, 12);
    expect(mcse).toBeCloseTo(2, 12);
  });

  it('that are computed have their accuracy and no error of sampling', () => {
    expect(within(3, 0.5)).toEqual({ value: 3, low: 2.5, high: 3.5, mcse: 0, sd: 0 });
    expect(exact(3)).toEqual({ value: 3, low: 3, high: 3, mcse: 0, sd: 0 });
    expect([exact(NaN), within(NaN, 1)]).toEqual([UNKNOWN, UNKNOWN]);
  });

  it('whose ends agree by chance are not exact', () => {
    expect([isExact(exact(1)), isExact({ mcse: 0.1 }), isExact(UNKNOWN)]).toEqual([true, false, false]);
    expect(
      [exact(1), { low: 1, high: 1, mcse: 0.1 }, { low: 1, high: 1, mcse: NaN }, { low: 1, high: 2, mcse: 0.1 }].map(
        isWithoutWidth,
      ),
    ).toEqual([false, true, true, false]);
  });

  it('have the error that a normal interval would have', () => {
    expect(normalQuantileOf(0.95)).toBeCloseTo(1.959964, 6);
    expect(errorOfInterval({ value: 9, low: 1, high: 1 + 2 * 1.959964 })).toBeCloseTo(1, 6);
    expect(errorOfInterval({ value: 0, low: -2.575829, high: 2.575829 }, 0.99)).toBeCloseTo(1, 6);
  });

  it('never claim an error that no sample tells', () => {
    expect([0, -1, Infinity, NaN, 1e-9].map(positiveError)).toEqual([NaN, NaN, NaN, NaN, 1e-9]);
  });
});
