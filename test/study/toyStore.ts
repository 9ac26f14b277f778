/** A store that has one experiment of toys, filled by hand. */
import { onTestFinished } from 'vitest';
import { openStudy } from '../../src/store/open.js';
import type { StoredCell } from '../../src/store/reader.js';
import type { TrialStatus } from '../../src/store/status.js';
import type { StudyWriter, TrialRow } from '../../src/store/writer.js';
import { IDENTITY, temporaryFolder } from './toy.js';

export function openToyStore(): StudyWriter {
  const store = openStudy(temporaryFolder(), IDENTITY);
  onTestFinished(() => {
    store.close();
  });
  return store;
}

/** A trial whose measure u is a tenth of its number. */
export function row(trial: number, status: TrialStatus = 'ok', seconds = 1): TrialRow {
  return {
    trial,
    status,
    seconds,
    measures: status === 'ok' ? { u: trial / 10 } : {},
    error: status === 'ok' ? null : status,
  };
}

export function storeRows(store: StudyWriter, cell: StoredCell, rows: readonly TrialRow[]): void {
  store.commit([{ cell, rows, curves: [] }]);
}

/** Cells of an experiment of this id, by n. */
export function cellsOf(store: StudyWriter, id: string, ns: readonly number[]): StoredCell[] {
  return store.addExperiment(
    { id, version: 1, values: {} },
    ns.map((n) => ({ text: `d=2,n=${n}`, settings: { d: 2, n } })),
  );
}
