import type { StudyReader } from '../store/reader.js';
import { settingColumns } from './settings.js';
import { exportedTrials, type ExportedCell, type ExportedTrial } from './study.js';
import { column, NumberRange, type Column, type NumberType, type Table } from './table.js';

/** The trial table: a row for each stored trial. */
export function trialTable(store: StudyReader, cells: readonly ExportedCell[], all: boolean): Table<ExportedTrial> {
  const rows = (): Iterable<ExportedTrial> => exportedTrials(store, cells, all);
  const { trial, measures } = numberTypes(rows());
  const origins = store.origins();
  return {
    name: 'trials',
    rows,
    columns: [
      column('address', 'text', ({ address }) => address),
      column('experiment', 'text', ({ cell }) => cell.experiment.id),
      ...settingColumns<ExportedTrial>(cells, ({ cell }) => cell),
      column('trial', trial, (row) => row.trial.trial),
      column('current', 'boolean', ({ current }) => current),
      column('status', 'text', (row) => row.trial.status),
      column('seconds', 'double', (row) => row.trial.seconds),
      ...Array.from(measures, ([name, type]): Column<ExportedTrial> => ({
        path: ['measures', name],
        type,
        value: (row) => row.trial.measures[name],
      })),
      column('error', 'text', (row) => row.trial.error ?? undefined),
      column('build', 'text', ({ trial: { origin } }) => (origin === null ? undefined : origins.get(origin)?.build)),
    ],
  };
}

/** Types of the trial's index and of every measure that a trial has. */
function numberTypes(rows: Iterable<ExportedTrial>): {
  readonly trial: NumberType;
  readonly measures: ReadonlyMap<string, NumberType>;
} {
  const index = new NumberRange();
  const measures = new Map<string, NumberType>();
  for (const { trial } of rows) {
    index.add(trial.trial);
    for (const name of Object.keys(trial.measures)) measures.set(name, 'double');
  }
  return { trial: index.type, measures };
}
