import { describe, expect, it } from 'vitest';
import { standardDeviationOfRuns } from '../../../src/core/matching/measures.js';

describe('SD_n', () => {
  it('divides by L, not L − 1', () => {
    // Two runs at distance 2: each is at distance 1 from the mean.
    expect(standardDeviationOfRuns(Float64Array.of(0, 0, 2, 0), 2)).toBe(1);
  });

  it('is zero for equal runs and unmoved by a shift', () => {
    expect(standardDeviationOfRuns(Float64Array.of(3, 4, 3, 4, 3, 4), 3)).toBe(0);
    const runs = Float64Array.of(1, 5, -2, 0, 4, 1);
    expect(
      standardDeviationOfRuns(
        runs.map((value) => value + 7),
        3,
      ),
    ).toBeCloseTo(standardDeviationOfRuns(runs, 3), 12);
  });
});
