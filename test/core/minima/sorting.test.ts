import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedIntoClasses, type Likeness } from '../../../src/core/minima/sorting.js';

const byDistance = (a: number, b: number): Likeness => {
  const apart = Math.abs(a - b);
  return apart <= 1 ? 'same' : apart <= 3 ? 'unclear' : 'different';
};

describe('sortedIntoClasses', () => {
  it('compares with representatives, not with members', () => {
    expect(sortedIntoClasses([0, 0.9, -0.9, 10], byDistance)).toEqual({ classes: [[0, 0.9, -0.9], [10]], unclear: [] });
    expect(sortedIntoClasses([0, 0.9, 1.8, 2.7], byDistance)).toEqual({ classes: [[0, 0.9]], unclear: [1.8, 2.7] });
  });

  it('does not place what is the same as two representatives, or unclear to one', () => {
    const towards = (item: string, other: string): Likeness =>
      item === 'both' ? 'same' : item === other ? 'same' : 'different';
    expect(sortedIntoClasses(['a', 'b', 'both', 'a'], towards)).toEqual({
      classes: [['a', 'a'], ['b']],
      unclear: ['both'],
    });
    expect(sortedIntoClasses([0, 5, 2], byDistance).unclear).toEqual([2]);
  });

  it('places every item once, and no two members differ by more than twice what is the same', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -20, max: 20, noNaN: true })), (items) => {
        const { classes, unclear } = sortedIntoClasses(items, byDistance);
        expect([...classes.flat(), ...unclear].sort()).toEqual([...items].sort());
        for (const members of classes) expect(Math.max(...members) - Math.min(...members)).toBeLessThanOrEqual(2);
        const heads = classes.map(([head]) => head).sort((a, b) => a - b);
        heads.slice(1).forEach((head, i) => expect(head - heads[i]).toBeGreaterThan(3));
      }),
    );
  });
});
