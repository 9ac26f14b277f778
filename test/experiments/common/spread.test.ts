import { describe, expect, it } from 'vitest';
import { halfSuccess } from '../../../src/experiments/common/spread.js';
import type { SampleCell } from '../../../src/experiments/common/sampleGrid.js';
import { interval } from '../../statistics/estimates.js';

const TRIALS = 20;

/** Cells of one d with so many successes of 20. */
function cellsOf(successes: Readonly<Record<number, number>>): SampleCell[] {
  return Object.entries(successes).map(([n, count]) => ({
    settings: { d: 4, n: Number(n) },
    planned: TRIALS,
    trials: TRIALS,
    failed: 0,
    diverged: 0,
    measures: { successRate: interval(count / TRIALS, NaN, NaN) },
  }));
}

describe('the n at which half of the training sets succeed', () => {
  it('lies between rates that rise through a half', () => {
    const { value, low, high } = halfSuccess(cellsOf({ 100: 2, 200: 10, 400: 18 }));
    expect(value).toBeGreaterThan(150);
    expect(value).toBeLessThan(270);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('is unknown where the rates fall with n: their crossing is not the one that is meant', () => {
    expect(halfSuccess(cellsOf({ 100: 18, 200: 10, 400: 2 })).value).toBeNaN();
  });

  it('is unknown where the rates do not depend on n, or there is one cell', () => {
    expect(halfSuccess(cellsOf({ 100: 10, 200: 10, 400: 10 })).value).toBeNaN();
    expect(halfSuccess(cellsOf({ 100: 10 })).value).toBeNaN();
  });
});
