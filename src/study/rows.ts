/** From a worker's result to rows of the store. */
import type { LeaseResult } from '../pool/protocol.js';
import type { TrialRow } from '../store/writer.js';

export function* rowsOf(first: number, result: LeaseResult): Generator<TrialRow, void, undefined> {
  const exceptions = new Map(result.exceptions.map((exception) => [exception.trial, exception]));
  for (let index = 0; index < result.done; index++) {
    const trial = first + index;
    const { status, error } = exceptions.get(trial) ?? { status: 'ok' as const, error: null };
    yield { trial, status, error, seconds: result.seconds[index] ?? NaN, measures: result.measures[index] ?? '{}' };
  }
}
