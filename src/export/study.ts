/** What an export reads from a study: its cells with every effective setting, and the trials of each cell. */
import type { Experiment } from '../experiments/spec.js';
import type { Settings } from '../settings/types.js';
import { formatAddress } from '../store/address.js';
import type { StoredExperiment } from '../store/identity.js';
import type { StoredCell, StudyReader } from '../store/reader.js';
import type { StoredTrial } from '../store/trials.js';
import { plannedTrials } from '../study/grid/planned.js';
import { gridPoints } from '../study/summary/points.js';
import { effectiveSettings } from '../study/grid/values.js';

/** Returns the experiment of a store's entry; see `storedExperiment` of experiments/registry.ts. */
export type ExperimentOf = (stored: StoredExperiment) => Experiment;

export interface ExportedCell {
  readonly experiment: Experiment;
  /** every effective setting */
  readonly settings: Settings;
  /** number of trials that the present grid plans here; 0 for a cell that is no longer in the grid */
  readonly planned: number;
  /** undefined before the cell's first trial */
  readonly stored: StoredCell | undefined;
}

export interface ExportedTrial {
  readonly cell: ExportedCell;
  readonly address: string;
  readonly trial: StoredTrial;
  /** whether the present grid plans this trial */
  readonly current: boolean;
}

/** The cells by experiment, in grid order. With `all`, cells that are no longer in the grid follow after them. */
export function exportedCells(
  store: StudyReader,
  experimentOf: ExperimentOf,
  all: boolean,
  experiments: readonly StoredExperiment[] = store.experiments(),
): ExportedCell[] {
  return experiments.flatMap((one) => {
    const experiment = experimentOf(one);
    const settled = (cell: Settings): Pick<ExportedCell, 'experiment' | 'settings'> => ({
      experiment,
      settings: effectiveSettings(experiment, one.values, cell, store.identity),
    });
    const points = gridPoints(store, { experiment, values: one.values }).map(({ cell, stored }) => ({
      ...settled(cell.settings),
      planned: cell.trials,
      stored,
    }));
    if (!all) return points;
    const inGrid = new Set(points.map(({ stored }) => stored?.id));
    const left = store.cells(experiment.id).filter(({ id }) => !inGrid.has(id));
    return [...points, ...left.map((stored) => ({ ...settled(stored.settings), planned: 0, stored }))];
  });
}

/** The stored trials of the cells, in order. Without `all`, only the planned ones. */
export function* exportedTrials(
  store: StudyReader,
  cells: readonly ExportedCell[],
  all: boolean,
): Generator<ExportedTrial, void, undefined> {
  for (const cell of cells) {
    const { stored, planned } = cell;
    if (stored === undefined) continue;
    for (const trial of all ? store.trials(stored) : plannedTrials(store, stored, planned)) {
      const address = formatAddress({ experiment: stored.experiment, cell: stored.text, trial: trial.trial });
      yield { cell, address, trial, current: trial.trial < planned };
    }
  }
}

/** How many stored trials the present grid does not plan. */
export function supersededTrials(
  store: StudyReader,
  experimentOf: ExperimentOf,
  experiments?: readonly StoredExperiment[],
): number {
  const counts = exportedCells(store, experimentOf, true, experiments).map(({ stored, planned }) =>
    stored === undefined ? 0 : store.countFrom(stored, planned),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
