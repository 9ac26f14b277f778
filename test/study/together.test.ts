import { expect, it } from 'vitest';
import { sharedEntries } from '../../src/study/together.js';

it('workers share training sets that are cut, unless the experiment does not', () => {
  const large = { n: 1e6, d: 50 };
  expect(sharedEntries({}, large)).toBe(5e7);
  expect(sharedEntries({}, { n: 1e6, d: 49 })).toBe(0);
  expect(sharedEntries({}, { n: 64, d: 3 }, 2)).toBe(192);
  expect(sharedEntries({}, { n: 64, d: 3 }, 1)).toBe(0);
  expect([sharedEntries({ shares: () => false }, large), sharedEntries({ shares: () => true }, large)]).toEqual([0, 5e7]);
  expect([sharedEntries({}, { n: 1e9 }, 2), sharedEntries({}, { d: 1e9 }, 2), sharedEntries({}, { n: 'many', d: 9 }, 2)]).toEqual([0, 0, 0]);
});
