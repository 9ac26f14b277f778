import { describe, expect, it } from 'vitest';
import type { TrialLimits } from '../../../src/pool/limits.js';
import { missingTrials, type TrialCounts } from '../../../src/study/leases/missing.js';
import { cellsOf, openToyStore, row, storeRows } from '../toyStore.js';

const ROWS = [row(0), row(2, 'failed'), row(3, 'diverged'), row(4, 'censored', 5), row(8)];

/** What is missing of so many trials of a cell that has those rows, and what was counted. */
function look(planned: number, limits: TrialLimits = {}, bytes = 100) {
  const store = openToyStore();
  const [cell] = cellsOf(store, 'toy', [10]);
  storeRows(store, cell, ROWS);
  const counts: TrialCounts = { done: 1, failed: 0, censored: 0 };
  const missing = missingTrials(store, cell, planned, bytes, limits, counts);
  return { missing, counts, stored: Array.from(store.trials(cell), ({ trial, status }) => `${trial} ${status}`) };
}

describe('what is missing of a cell', () => {
  it('is what is neither done nor over the limits, and what is done is added to the counts', () => {
    expect(look(7)).toMatchObject({
      missing: [
        { first: 1, end: 2 },
        { first: 4, end: 7 },
      ],
      counts: { done: 4, failed: 1, censored: 0 },
    });
  });

  it('goes up to what is planned: what is stored beyond counts nothing', () => {
    expect(look(8)).toMatchObject({
      missing: [
        { first: 1, end: 2 },
        { first: 4, end: 8 },
      ],
      counts: { done: 4 },
    });
    expect(look(9)).toMatchObject({
      missing: [
        { first: 1, end: 2 },
        { first: 4, end: 8 },
      ],
      counts: { done: 5 },
    });
  });

  it('leaves out a trial that was cut after as many seconds as are allowed now, and has it again with more', () => {
    expect(look(7, { trialSeconds: 5 })).toMatchObject({
      missing: [
        { first: 1, end: 2 },
        { first: 5, end: 7 },
      ],
      counts: { done: 4, censored: 1 },
    });
    expect(look(7, { trialSeconds: 5.1 })).toMatchObject({
      missing: [
        { first: 1, end: 2 },
        { first: 4, end: 7 },
      ],
      counts: { done: 4, censored: 0 },
    });
  });

  it('is nothing where a trial would hold too much: the rest is censored, and said so in the store', () => {
    const { missing, counts, stored } = look(7, { trialBytes: 99 });
    expect([missing, counts]).toEqual([[], { done: 4, failed: 1, censored: 4 }]);
    expect(stored).toEqual([
      '0 ok',
      '1 censored',
      '2 failed',
      '3 diverged',
      '4 censored',
      '5 censored',
      '6 censored',
      '8 ok',
    ]);
  });

  it('is begun where a trial holds just what is allowed', () => {
    expect(look(7, { trialBytes: 100 })).toMatchObject({
      missing: [
        { first: 1, end: 2 },
        { first: 4, end: 7 },
      ],
      counts: { censored: 0 },
    });
  });
});
