import type { StudyReader } from '../store/reader.js';
import { settingColumns } from './settings.js';
import { exportedTrials, type ExportedCell, type ExportedTrial } from './study.js';
import { column, NumberRange, type Column, type Table } from './table.js';

/** The trial table: a row for each stored trial. */
export function trialTable(store: StudyReader, cells: readonly ExportedCell[], all: boolean): Table<ExportedTrial> {
  const rows = (): Iterable<ExportedTrial> => exportedTrials(store, cells, all);
  const ends = cells.flatMap(({ stored, planned }) =>
    stored === undefined ? [] : [{ stored, end: all ? Number.MAX_SAFE_INTEGER : planned }],
  );
  const index = new NumberRange();
  for (const { stored, end } of ends) index.add(store.lastBefore(stored, end) ?? 0);
  const measures = new Set(ends.flatMap(({ stored, end }) => store.measuresBefore(stored, end)));
  const origins = store.origins();
  return {
    name: 'trials',
    rows,
    columns: [
      column('address', 'text', ({ address }) => address),
      column('experiment', 'text', ({ cell }) => cell.experiment.id),
      ...settingColumns<ExportedTrial>(cells, ({ cell }) => cell),
      column('trial', index.type, (row) => row.trial.trial),
      column('current', 'boolean', ({ current }) => current),
      column('status', 'text', (row) => row.trial.status),
      column('seconds', 'double', (row) => row.trial.seconds),
      ...Array.from(measures, (name): Column<ExportedTrial> => ({
        path: ['measures', name],
        type: 'double',
        value: (row) => row.trial.measures[name],
      })),
      column('error', 'text', (row) => row.trial.error ?? undefined),
      column('build', 'text', ({ trial: { origin } }) => (origin === null ? undefined : origins.get(origin)?.build)),
    ],
  };
}
