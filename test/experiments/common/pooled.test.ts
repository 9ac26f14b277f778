import { describe, expect, it } from 'vitest';
import { pooledRate, smallestRate, successesOf } from '../../../src/experiments/common/pooled.js';
import { rate, binomialRate } from '../../../src/statistics/rates.js';

/** A cell whose trials have these values; NaN: the trial has no such measure. */
function cellOf(...values: number[]) {
  const measures = { good: rate(Float64Array.from(values)) };
  return { settings: {}, trials: values.length, planned: values.length, failed: 0, diverged: 0, measures };
}

describe('rates over cells', () => {
  it('count the trials that have the measure', () => {
    const cells = [cellOf(1, Number.NaN, 0), cellOf(Number.NaN, Number.NaN), cellOf(1, 1, 1)];
    expect(cells.map((cell) => successesOf(cell, 'good'))).toEqual([1, 0, 3]);
    expect(pooledRate(cells, 'good')).toEqual(binomialRate(4, 5));
  });

  it('say when trials had nothing to compare', () => {
    expect(pooledRate([cellOf(Number.NaN)], 'good').note).toBe('no trial had anything to compare');
    expect(pooledRate([cellOf()], 'good').note).toBeUndefined();
  });

  it('have a smallest one that the others do not hide', () => {
    const [good, bad] = [cellOf(...new Array<number>(50).fill(1)), cellOf(...new Array<number>(10).fill(0))];
    const { value, low, high } = smallestRate([[good, good], [bad]], 'good');
    expect([value, low, high]).toEqual([0, 0, binomialRate(0, 10, 0.975).high]);
    expect(high).toBeGreaterThan(binomialRate(0, 10).high);
    expect(high).toBeLessThan(0.5);
    expect(smallestRate([[good]], 'good')).toMatchObject({ value: 1, low: binomialRate(50, 50).low, high: 1 });
  });
});
