import { expect, it } from 'vitest';
import { sharedEntries, threadsFor, workersOn } from '../../../src/study/leases/together.js';

it('workers share training sets that are cut, unless the experiment does not', () => {
  const large = { n: 1e6, d: 50 };
  expect(sharedEntries({}, large)).toBe(5e7);
  expect(sharedEntries({}, { n: 1e6, d: 49 })).toBe(0);
  expect(sharedEntries({}, { n: 64, d: 3 }, 2)).toBe(192);
  expect(sharedEntries({}, { n: 64, d: 3 }, 1)).toBe(0);
  expect([sharedEntries({ shares: () => false }, large), sharedEntries({ shares: () => true }, large)]).toEqual([
    0, 5e7,
  ]);
  expect([
    sharedEntries({}, { n: 1e9 }, 2),
    sharedEntries({}, { d: 1e9 }, 2),
    sharedEntries({}, { n: 'many', d: 9 }, 2),
  ]).toEqual([0, 0, 0]);
});

it('a lease of a team takes all workers, another one', () => {
  expect([workersOn({ team: true }, 5), workersOn({ team: false }, 5), workersOn({}, 5)]).toEqual([5, 1, 1]);
});

it('there are no more threads than trials, but all where one trial takes all, with memory for the largest', () => {
  const of = (...entries: readonly number[]) => entries.map((sharedEntries) => ({ sharedEntries }));
  expect(threadsFor(of(0, 0), 3, 8)).toEqual({ workers: 3, teamEntries: 0 });
  expect(threadsFor(of(0), 9, 8)).toEqual({ workers: 8, teamEntries: 0 });
  expect(threadsFor(of(5, 40, 1, 0), 3, 8)).toEqual({ workers: 8, teamEntries: 40 });
  expect(threadsFor(of(1), 3, 8)).toEqual({ workers: 8, teamEntries: 1 });
  expect(threadsFor([], Infinity, 8)).toEqual({ workers: 8, teamEntries: 0 });
});
