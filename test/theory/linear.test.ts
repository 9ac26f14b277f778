import { describe, expect, it } from 'vitest';
import { solveLinear } from '../../src/theory/linear.js';

describe('solveLinear', () => {
  it('solves a system that needs a pivot', () => {
    // 2y = 2, 3x + z = 4, x + y − z = 0
    const columns = [Float64Array.of(0, 3, 1), Float64Array.of(2, 0, 1), Float64Array.of(0, 1, -1)];
    const x = solveLinear(columns, Float64Array.of(2, 4, 0));
    [0.75, 1, 1.75].forEach((value, i) => {
      expect(x[i]).toBeCloseTo(value, 14);
    });
  });

  it('has no solution of dependent columns', () => {
    const column = Float64Array.of(1, 2);
    expect(solveLinear([column, column], Float64Array.of(1, 1)).every(Number.isFinite)).toBe(false);
  });
});
