/** Finds which trials of a cell are stored, and which are left to do. */
import { overMemory, type TrialLimits } from '../../pool/limits.js';
import type { StoredCell } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import type { StudyWriter } from '../../store/writer.js';
import { countTrials, missingRanges, type Range } from './queue.js';
import { censoredRows } from './rows.js';

export interface TrialCounts {
  /** trials with status ok, diverged or failed */
  done: number;
  failed: number;
  /** trials over the limits of this run */
  censored: number;
}

/**
 * The missing trials of a cell; `counts` is increased by the trials that are not missing. When one trial would hold
 * more `bytes` than allowed, the missing trials are censored at once.
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
  // A trial that was cut off after this many seconds would need more, so it is not missing.
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
