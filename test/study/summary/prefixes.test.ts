import { describe, expect, it, vi } from 'vitest';
import { valueOf } from '../../../src/study/grid/trialValues.js';
import { Prefixes } from '../../../src/study/summary/prefixes.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { cellsOf, openToyStore, row, storeRows } from '../toyStore.js';
import type { Settings } from '../../../src/settings/types.js';

const measureOf = (name: string, whenFailed?: number) => ({
  name,
  of: 'u',
  description: '',
  ...(whenFailed === undefined ? {} : { whenFailed }),
  estimate: vi.fn((values: Float64Array) => ({
    value: values.reduce((sum, x) => sum + x, 0),
    low: values.length,
    high: 0,
    mcse: 0,
    sd: 0,
  })),
});

function filled(...rows: ReturnType<typeof row>[]) {
  const store = openToyStore();
  const [cell] = cellsOf(store, 'toy', [10, 20]);
  storeRows(store, cell, rows);
  const { estimate } = new Prefixes(store, { ...findExperiment('toy-mixed'), id: 'toy' }, {});
  return {
    store,
    cell,
    estimate: (...[measure, trials]: [ReturnType<typeof measureOf>, number]) =>
      estimate(cell.settings, measure, trials),
    estimateAny: estimate,
  };
}

describe('an estimate of the first trials of a cell', () => {
  it('is of just so many, whatever is stored beyond', () => {
    const { estimate } = filled(row(0), row(1), row(2), row(3));
    expect(estimate(measureOf('u'), 3)).toMatchObject({ value: 0.1 + 0.2, low: 3, high: 0 });
    expect(estimate(measureOf('u'), 4)?.low).toBe(4);
  });

  it('is none before all of them are stored, and one as soon as they are', () => {
    const { estimate, store, cell } = filled(row(0), row(2));
    const measure = measureOf('u');
    expect(estimate(measure, 2)).toBeUndefined();
    storeRows(store, cell, [row(1)]);
    expect(estimate(measure, 3)).toMatchObject({ low: 3 });
  });

  it('is none where a trial was censored', () => {
    expect(filled(row(0), row(1, 'censored'), row(2)).estimate(measureOf('u'), 2)).toBeUndefined();
  });

  it('is none of a cell that is not there', () => {
    expect(filled(row(0)).estimateAny({ d: 2, n: 30 }, measureOf('u'), 1)).toBeUndefined();
  });

  it('is made once for each measure and number of trials', () => {
    const { estimate } = filled(row(0), row(1));
    const [measure, other] = [measureOf('u'), measureOf('v')];
    for (const trials of [1, 2, 2, 1]) estimate(measure, trials);
    estimate(other, 2);
    expect([measure.estimate.mock.calls.length, other.estimate.mock.calls.length]).toEqual([2, 1]);
  });

  it('takes a failed trial as the measure says, else as no number', () => {
    const { estimate } = filled(row(0), row(1, 'failed'), row(2));
    expect(estimate(measureOf('u', 5), 3)).toMatchObject({ value: 5.2 });
    expect(estimate(measureOf('v'), 3)).toMatchObject({ value: NaN, low: 3 });
  });
});

describe('the value of a trial', () => {
  const trial = { trial: 0, seconds: 1, error: null, origin: null, measures: { u: 3 } } as const;

  it('is its measure, of a failed trial what the measure says', () => {
    expect(valueOf({ ...trial, status: 'ok' }, { of: 'u' }, {})).toBe(3);
    expect(valueOf({ ...trial, status: 'diverged' }, { of: 'u', whenFailed: 0 }, {})).toBe(3);
    expect(valueOf({ ...trial, status: 'failed' }, { of: 'u', whenFailed: 0 }, {})).toBe(0);
    expect(valueOf({ ...trial, status: 'failed' }, { of: 'u' }, {})).toBeUndefined();
    expect(valueOf({ ...trial, status: 'ok' }, { of: 'w' }, {})).toBeUndefined();
  });

  it('may be worked out from measures and settings', () => {
    const measure = { of: 'u/n', value: ({ u }: Readonly<Record<string, number>>, { n }: Settings) => u / Number(n) };
    expect(valueOf({ ...trial, status: 'ok' }, measure, { n: 2 })).toBe(1.5);
    expect(valueOf({ ...trial, status: 'failed' }, { ...measure, whenFailed: 0 }, { n: 2 })).toBe(0);
  });
});
