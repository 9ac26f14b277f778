/** Makes rows for the store. */
import type { LeaseResult } from '../../pool/protocol.js';
import type { TrialRow } from '../../store/writer.js';
import type { Range } from './queue.js';

/** The rows of a worker's result. */
export function* rowsOf(first: number, result: LeaseResult): Generator<TrialRow, void, undefined> {
  const exceptions = new Map(result.exceptions.map((exception) => [exception.trial, exception]));
  for (let index = 0; index < result.done; index++) {
    const trial = first + index;
    const { status, error } = exceptions.get(trial) ?? { status: 'ok' as const, error: null };
    yield { trial, status, error, seconds: result.seconds[index] ?? NaN, measures: result.measures[index] ?? {} };
  }
}

/** Rows for trials that are not started. */
export function* censoredRows(ranges: readonly Range[], error: string): Generator<TrialRow, void, undefined> {
  for (const { first, end } of ranges) {
    for (let trial = first; trial < end; trial++) yield { trial, status: 'censored', error, seconds: 0, measures: {} };
  }
}
