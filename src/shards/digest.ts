/** One digest for all results of a study. It is the same for every way in which the study can be run. */
import { createHash } from 'node:crypto';
import { formatAddress } from '../store/address.js';
import { encodeMeasures } from '../store/measures.js';
import type { StoredCell, StudyReader } from '../store/reader.js';

/**
 * SHA-256 over the trials that are done, in the order of experiment, cell text and trial. It includes address, status,
 * error, measures and curves, but not the seconds.
 */
export function studyDigest(store: StudyReader): string {
  const hash = createHash('sha256');
  for (const { id } of store.experiments().toSorted((a, b) => compare(a.id, b.id))) {
    for (const cell of store.cells(id).toSorted((a, b) => compare(a.text, b.text))) {
      for (const { trial, status, error, measures } of store.trials(cell)) {
        if (status === 'censored') continue;
        hash.update(
          JSON.stringify([
            formatAddress({ experiment: id, cell: cell.text, trial }),
            status,
            error,
            encodeMeasures(measures),
            curvesOf(store, cell, trial),
          ]),
        );
      }
    }
  }
  return hash.digest('hex');
}

function curvesOf(store: StudyReader, cell: StoredCell, trial: number): [string, string][] {
  return Object.entries(store.curves(cell, trial)).map(([name, values]) => [
    name,
    Buffer.from(values.buffer).toString('base64'),
  ]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
