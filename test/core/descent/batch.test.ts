import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putStarts, takeStarts } from '../../../src/core/descent/batch.js';
import { BASE, descentFor } from '../kernels/cases.js';

const starts = 6;
const chosen = fc.shuffledSubarray(Array.from({ length: starts }, (_, l) => l));

test('what is taken and put back changes nothing', () => {
  fc.assert(
    fc.property(chosen, (some) => {
      const state = descentFor({ ...BASE, starts });
      putStarts(state, some, takeStarts(state, some));
      expect(state).toEqual(descentFor({ ...BASE, starts }));
    }),
  );
});

test('a changed part changes the chosen starts and no other', () => {
  fc.assert(
    fc.property(chosen, (some) => {
      const state = descentFor({ ...BASE, starts });
      const part = takeStarts(state, some);
      part.weights.fill(7);
      part.status.fill(2);
      expect(part.starts).toBe(some.length);
      putStarts(state, some, part);
      const length = state.weights.length / starts;
      for (let l = 0; l < starts; l++) {
        expect(state.status[l]).toBe(some.includes(l) ? 2 : 0);
        expect(state.weights.subarray(l * length, (l + 1) * length).every((w) => w === 7)).toBe(some.includes(l));
      }
    }),
  );
});
