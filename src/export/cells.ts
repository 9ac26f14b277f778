import type { CellSummary, Experiment } from '../experiments/spec.js';
import type { Estimate } from '../statistics/estimate.js';
import type { StoredExperiment } from '../store/identity.js';
import type { StudyReader } from '../store/reader.js';
import type { OnProblem } from '../study/summary/cell.js';
import { summariseExperiment } from '../study/summary/summary.js';
import { effectiveSettings } from '../study/grid/values.js';
import { settingColumns } from './settings.js';
import type { ExportedCell, ExperimentOf } from './study.js';
import { column, NumberRange, type Column, type Table } from './table.js';

/** A cell of the grid with its estimates. */
export interface CellRow {
  readonly cell: ExportedCell;
  readonly summary: CellSummary;
}

/** The parts of an estimate, in the order of columns. */
const PARTS = ['value', 'low', 'high', 'mcse', 'sd'] as const satisfies readonly (keyof Estimate)[];

/** The cells of the grids in order, as screen and report show them. Errors of estimators are passed to `onProblem`. */
export function exportedSummaries(
  store: StudyReader,
  experimentOf: ExperimentOf,
  onProblem?: OnProblem,
  experiments: readonly StoredExperiment[] = store.experiments(),
): CellRow[] {
  return experiments.flatMap((stored) => {
    const experiment = experimentOf(stored);
    return summariseExperiment(store, experiment, stored.values, onProblem).map((summary) => ({
      summary,
      cell: {
        experiment,
        settings: effectiveSettings(experiment, stored.values, summary.settings, store.identity),
        planned: summary.planned,
        stored: undefined,
      },
    }));
  });
}

/** The table of cells, with a row for each cell of the grid. The value of an estimate that throws is missing. */
export function cellTable(
  store: StudyReader,
  experimentOf: ExperimentOf,
  onProblem: OnProblem,
  experiments?: readonly StoredExperiment[],
): Table<CellRow> {
  const rows = exportedSummaries(store, experimentOf, onProblem, experiments);
  return {
    name: 'cells',
    rows: () => rows,
    columns: [
      column('experiment', 'text', ({ cell }) => cell.experiment.id),
      ...settingColumns<CellRow>(
        rows.map(({ cell }) => cell),
        ({ cell }) => cell,
      ),
      countColumn('trials', rows, ({ summary }) => summary.trials),
      countColumn('planned', rows, ({ summary }) => summary.planned),
      ...measureNames(rows.map(({ cell }) => cell.experiment)).flatMap(estimateColumns),
    ],
  };
}

function countColumn(name: string, rows: readonly CellRow[], value: (row: CellRow) => number): Column<CellRow> {
  const range = new NumberRange();
  for (const row of rows) range.add(value(row));
  return column(name, range.type, value);
}

function measureNames(experiments: readonly Experiment[]): string[] {
  return [...new Set(experiments.flatMap(({ measures }) => measures.map(({ name }) => name)))];
}

function estimateColumns(name: string): Column<CellRow>[] {
  return PARTS.map((part) => ({
    path: ['measures', name, part],
    type: 'double',
    value: ({ summary }) => summary.measures[name]?.[part],
  }));
}
