/** What of a cell is stored, and what is left to do. */
import { overMemory, type TrialLimits } from '../../pool/limits.js';
import type { StoredCell, StoredTrial } from '../../store/reader.js';
import type { StudyWriter } from '../../store/writer.js';
import { countTrials, missingRanges, type Range } from './queue.js';
import { censoredRows } from './rows.js';

export interface TrialCounts {
  /** ok, diverged or failed */
  done: number;
  failed: number;
  /** over the limits of this run */
  censored: number;
}

/**
 * The trials of a cell that are missing; `counts` gets those that are not. Where one would hold more `bytes` than
 * allowed they are censored at once.
 */
export function missingTrials(
  store: StudyWriter,
  cell: StoredCell,
  planned: number,
  bytes: number,
  { trialSeconds, trialBytes = Infinity }: TrialLimits,
  counts: TrialCounts,
): readonly Range[] {
  const isOver = bytes > trialBytes;
  // A trial that was cut after so many seconds takes more.
  const missing = missingRanges(planned, counted(store.done(cell, isOver ? 0 : trialSeconds), planned, counts));
  if (!isOver) return missing;
  store.commit([{ cell, rows: censoredRows(missing, overMemory(bytes, trialBytes)), curves: [] }]);
  counts.censored += countTrials(missing);
  return [];
}

function* counted(
  stored: Iterable<Pick<StoredTrial, 'trial' | 'status'>>,
  planned: number,
  counts: TrialCounts,
): Generator<number, void, undefined> {
  for (const { trial, status } of stored) {
    if (trial >= planned) return;
    if (status === 'censored') counts.censored += 1;
    else counts.done += 1;
    if (status === 'failed') counts.failed += 1;
    yield trial;
  }
}
