import { describe, expect, it } from 'vitest';
import { average, known, leftOut, meanSpread, standardDeviation, varies } from '../../src/statistics/spread.js';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);

describe('values', () => {
  it('are known but for NaN, which are counted where there are any', () => {
    expect([...known(of(1, NaN, -Infinity, 0, NaN))]).toEqual([1, -Infinity, 0]);
    expect([leftOut(of(1, NaN, NaN)), leftOut(of(1, 2)), leftOut(of())]).toEqual([{ leftOut: 2 }, {}, {}]);
  });

  it('have an average and a standard deviation, of at least two', () => {
    expect([average(of(1, 2, 6)), average(of(-4)), average(of())]).toEqual([3, -4, NaN]);
    expect([
      standardDeviation(of(1, 2, 6)),
      standardDeviation(of(3, 5)),
      standardDeviation(of(3)),
      standardDeviation(of()),
    ]).toEqual([expect.closeTo(Math.sqrt(7), 12), expect.closeTo(Math.SQRT2, 12), NaN, NaN]);
  });

  it('vary by more than rounding, whatever their sign and size', () => {
    expect([of(1, 2), of(-1e9, -1e9 + 1), of(1e-20, 2e-20), of(0, 1e-100)].map((values) => varies(values))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      [of(2, 2), of(0, 0), of(1), of(), of(0.1 + 0.2, 0.3), of(-0.1 - 0.2, -0.3)].map((values) => varies(values)),
    ).toEqual(Array(6).fill(false));
    // The largest one says what rounding is: here 3e-13 and 3e-12 of it.
    expect([of(1, 1 + 1e-13), of(1, 1 + 1e-12)].map((values) => varies(values))).toEqual([false, true]);
  });

  it('leave s/√n in their mean, unknown where they do not vary', () => {
    expect(meanSpread(of(1, 2, 6))).toEqual({
      mcse: expect.closeTo(Math.sqrt(7 / 3), 12) as number,
      sd: expect.closeTo(Math.sqrt(7), 12) as number,
    });
    expect(meanSpread(of(2, 2))).toEqual({ mcse: NaN, sd: 0 });
    expect(meanSpread(of(2))).toEqual({ mcse: NaN, sd: NaN });
  });
});
