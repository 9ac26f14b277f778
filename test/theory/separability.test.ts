import { describe, expect, it } from 'vitest';
import { runawayBoundary } from '../../src/theory/runaway.js';
import { fairSeparation, separationBoundary } from '../../src/theory/separability.js';

describe('the probability that a half-space separates fair coins', () => {
  it.each([
    [3, 2],
    [9, 4],
    [40, 20],
  ])('n = %d, d = %d: by counting', (n, d) => {
    let [binomial, sum] = [1, 0];
    for (let k = 0; k < d; k++) {
      sum += binomial;
      binomial *= (n - 1 - k) / (k + 1);
    }
    expect(fairSeparation(n, d)).toBeCloseTo(sum / 2 ** (n - 1), 12);
  });

  it('is 1 up to n = d', () => {
    expect([fairSeparation(1, 5), fairSeparation(5, 5)]).toEqual([1, 1]);
    expect(fairSeparation(6, 5)).toBeLessThan(1);
  });
});

describe('the n/d at which the cross entropy begins to have a finite minimiser', () => {
  // Computed apart from basin, by a sum over 4001 equidistant v and a golden section search.
  it.each([
    [0, 2],
    [0.5, 2.0763581],
    [1, 2.2782205],
    [2, 2.8991379],
    [4, 4.5152158],
    [8, 8.1949082],
  ])('‖w*‖ = %d', (norm, ratio) => {
    expect(separationBoundary(norm)).toBeCloseTo(ratio, 6);
  });
});

describe('the n/d at which the squared loss begins to have a finite minimum', () => {
  // Computed apart from basin: the least n/d at which the envelope, by a grid search over margins, has a minimum in r.
  it('w* = 0', () => {
    expect(runawayBoundary(0)).toBeGreaterThan(5.9);
    expect(runawayBoundary(0)).toBeLessThan(6);
  });

  it('grows with ‖w*‖, and is larger than that of the cross entropy', () => {
    const norms = [0, 0.5, 1, 2];
    const found = norms.map(runawayBoundary);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    norms.forEach((norm, i) => {
      expect(found[i]).toBeGreaterThan(2.5 * separationBoundary(norm));
    });
  });
});
