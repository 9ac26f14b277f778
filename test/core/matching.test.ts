import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, matchedDistance } from '../../src/core/matching.js';

function permutations(size: number): number[][] {
  if (size === 0) return [[]];
  return permutations(size - 1).flatMap((rest) => Array.from({ length: size }, (_, at) => [...rest.slice(0, at), size - 1, ...rest.slice(at)]));
}

function total(cost: ArrayLike<number>, columns: ArrayLike<number>): number {
  return Array.from(columns).reduce((sum, column, row) => sum + cost[row * columns.length + column], 0);
}

const matrix = fc.integer({ min: 1, max: 6 }).chain((size) =>
  fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: size * size, maxLength: size * size }).map((values) => ({ size, cost: Float64Array.from(values) })));

describe('assignment', () => {
  it('is a permutation with the least total cost of all permutations', () => {
    fc.assert(fc.property(matrix, ({ size, cost }) => {
      const found = assign(cost, size);
      expect([...found].sort()).toEqual(Array.from({ length: size }, (_, i) => i));
      const best = Math.min(...permutations(size).map((columns) => total(cost, columns)));
      expect(total(cost, found)).toBeCloseTo(best, 9);
    }));
  });

  it('is not the greedy choice', () => {
    // Greedy takes 1 then 100; the best total is 2 + 3.
    expect([...assign(Float64Array.of(1, 2, 3, 100), 2)]).toEqual([1, 0]);
  });
});

describe('matched distance', () => {
  const weights = Float64Array.of(1, 0, 0, 0, 2, 0, 0, 0, 3);

  it('is zero for permuted rows', () => {
    expect(matchedDistance(Float64Array.of(0, 0, 3, 1, 0, 0, 0, 2, 0), weights, 3)).toBe(0);
  });

  it('counts signs only where they are identifiable', () => {
    const flipped = Float64Array.of(-1, 0, 0, 0, 2, 0, 0, 0, 3);
    expect(matchedDistance(flipped, weights, 3)).toBe(2);
    expect(matchedDistance(flipped, weights, 3, { signs: true })).toBe(0);
  });

  it('equals the Frobenius norm for a small perturbation', () => {
    const moved = weights.map((value, i) => value + 1e-3 * (i % 2));
    expect(matchedDistance(moved, weights, 3)).toBeCloseTo(Math.sqrt(4) * 1e-3, 12);
  });
});
