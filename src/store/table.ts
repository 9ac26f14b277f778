/** The trial table: every stored trial, ordered by experiment, cell in grid order, trial. */
import type { Settings } from '../experiments/spec.js';
import { formatAddress } from './address.js';
import type { StoredTrial, StudyReader } from './reader.js';

/** One line of the trial table. */
export interface TableRow extends StoredTrial {
  readonly address: string;
  readonly experiment: string;
  readonly settings: Settings;
}

/** The trial table, streamed: it can be walked more than once. */
export interface TrialTable {
  readonly rows: () => Iterable<TableRow>;
}

export function trialTable(store: StudyReader): TrialTable {
  return { rows: () => tableRows(store) };
}

function* tableRows(store: StudyReader): Generator<TableRow, void, undefined> {
  for (const { id } of store.experiments()) {
    for (const cell of store.cells(id)) {
      for (const trial of store.trials(cell)) {
        const address = formatAddress({ experiment: id, cell: cell.text, trial: trial.trial });
        yield { address, experiment: id, settings: cell.settings, ...trial };
      }
    }
  }
}
