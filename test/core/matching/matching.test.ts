import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, bottleneck, largestRelativeError, matchedDistance } from '../../../src/core/matching/matching.js';

function permutations(size: number): number[][] {
  if (size === 0) return [[]];
  return permutations(size - 1).flatMap((rest) =>
    Array.from({ length: size }, (_, at) => [...rest.slice(0, at), size - 1, ...rest.slice(at)]),
  );
}

function total(cost: ArrayLike<number>, columns: ArrayLike<number>): number {
  return Array.from(columns).reduce((sum, column, row) => sum + cost[row * columns.length + column], 0);
}

const matrix = fc
  .integer({ min: 1, max: 6 })
  .chain((size) =>
    fc
      .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: size * size, maxLength: size * size })
      .map((values) => ({ size, cost: Float64Array.from(values) })),
  );

describe('assignment', () => {
  it('is a permutation with the least total cost of all permutations', () => {
    fc.assert(
      fc.property(matrix, ({ size, cost }) => {
        const found = assign(cost, size);
        expect([...found].sort()).toEqual(Array.from({ length: size }, (_, i) => i));
        const best = Math.min(...permutations(size).map((columns) => total(cost, columns)));
        expect(total(cost, found)).toBeCloseTo(best, 9);
      }),
    );
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

describe('bottleneck assignment', () => {
  it('has the least largest cost of all permutations', () => {
    fc.assert(
      fc.property(matrix, ({ size, cost }) => {
        const largest = (columns: readonly number[]): number =>
          Math.max(...columns.map((column, row) => cost[row * size + column]));
        // Not toBe: −0 is no other cost than 0.
        expect(bottleneck(cost, size) === Math.min(...permutations(size).map(largest))).toBe(true);
      }),
    );
  });

  it('is not the largest cost of the assignment with the least total', () => {
    // The least total, 0 + 5, has the larger worst entry.
    expect(bottleneck(Float64Array.of(0, 3, 4, 5), 2)).toBe(4);
    expect([...assign(Float64Array.of(0, 3, 4, 5), 2)]).toEqual([0, 1]);
  });

  it('is infinite when every permutation meets a forbidden pair', () => {
    expect(bottleneck(Float64Array.of(1, Infinity, 2, Infinity), 2)).toBe(Infinity);
  });
});

describe('largest relative error', () => {
  const teacher = Float64Array.of(3, 4, 0, 1);

  it('divides by the norm of the teacher’s neuron and takes the worst one', () => {
    expect(largestRelativeError(Float64Array.of(0, 1.1, 3, 4.2), teacher, 2)).toBeCloseTo(0.1, 12);
  });

  it('matches v along with W', () => {
    const weights = Float64Array.of(0, 1, 3, 4);
    expect(
      largestRelativeError(weights, teacher, 2, { v: Float64Array.of(-1, 1), teacher: Float64Array.of(1, -1) }),
    ).toBe(0);
    expect(
      largestRelativeError(weights, teacher, 2, { v: Float64Array.of(1, -1), teacher: Float64Array.of(1, -1) }),
    ).toBeCloseTo(Math.hypot(3, 3), 12);
    expect(
      largestRelativeError(weights, teacher, 2, { v: Float64Array.of(1, 1), teacher: Float64Array.of(1, -1) }),
    ).toBe(Infinity);
  });
});

describe('matched distance with output weights', () => {
  it('is that of the rows (w, v), over all orders', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 30, maxLength: 30 }),
        (rows, numbers) => {
          const [weights, teacher] = [
            Float64Array.from(numbers.slice(0, 2 * rows)),
            Float64Array.from(numbers.slice(10, 10 + 2 * rows)),
          ];
          const [v, u] = [
            Float64Array.from(numbers.slice(20, 20 + rows)),
            Float64Array.from(numbers.slice(25, 25 + rows)),
          ];
          const joined = (w: Float64Array, o: Float64Array): Float64Array =>
            Float64Array.from({ length: rows * 3 }, (_, at) =>
              at % 3 === 2 ? o[Math.floor(at / 3)] : w[Math.floor(at / 3) * 2 + (at % 3)],
            );
          expect(matchedDistance(weights, teacher, rows, { signs: false }, { v, teacher: u })).toBeCloseTo(
            matchedDistance(joined(weights, v), joined(teacher, u), rows),
            12,
          );
        },
      ),
      { seed: 3 },
    );
  });
});
