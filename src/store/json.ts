/** The trial table as one JSON array, a trial per line. Numbers that JSON cannot say are null. */
import type { Sink } from '../base/sink.js';
import type { TableRow, TrialTable } from './table.js';

export function writeJson(table: TrialTable, sink: Sink): void {
  for (const piece of pieces(table)) sink.write(piece);
}

function* pieces(table: TrialTable): Generator<string, void, undefined> {
  let separator = '[\n';
  for (const row of table.rows()) {
    yield separator + rowJson(row);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

function rowJson({ address, experiment, settings, trial, status, seconds, measures, error }: TableRow): string {
  return JSON.stringify({ address, experiment, settings, trial, status, seconds, measures, error });
}
