import { describe, expect, it } from 'vitest';
import { agreed } from '../../src/statistics/agreed.js';
import { verdictWithin } from '../../src/statistics/verdict.js';

const estimate = agreed(1e-3);

describe('agreed', () => {
  it('is exact where trials agree', () => {
    const found = estimate(Float64Array.of(2, 2.0001, 2));
    expect(found.value).toBeCloseTo(2, 3);
    expect(found).toMatchObject({ low: 2 - 1e-3, high: 2.0001 + 1e-3, mcse: 0 });
    expect(verdictWithin(found, { low: 1.99, high: 2.01 })).toBe('holds');
  });

  it('is as wide as they contradict each other', () => {
    expect(verdictWithin(estimate(Float64Array.of(2, 2, 3)), { low: 1.99, high: 2.01 })).toBe('undecided');
  });

  it('leaves trials without the number out, and is unknown without any', () => {
    expect(estimate(Float64Array.of(Number.NaN, 1))).toMatchObject({ value: 1, leftOut: 1 });
    expect(estimate(Float64Array.of(Number.NaN))).toMatchObject({ value: Number.NaN, low: Number.NaN });
  });
});
