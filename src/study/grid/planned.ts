/** The trials that a study plans now, as its store has them: what screen, report and export are about. */
import type { Experiment } from '../../experiments/spec.js';
import type { ValuesByName, Settings } from '../../settings/types.js';
import { cellText } from '../../settings/cellText.js';
import type { StoredCell, StoredTrial, StudyReader } from '../../store/reader.js';
import { Prefixes } from './prefixes.js';
import { gridOf } from './values.js';

/** A cell of the grid with its place in the store, undefined before its first trial. */
export interface GridPoint {
  readonly settings: Settings;
  readonly planned: number;
  readonly stored: StoredCell | undefined;
}

/** The grid of an experiment in order; where it follows from results, as far as these say. */
export function gridPoints(store: StudyReader, experiment: Experiment, values: ValuesByName): GridPoint[] {
  const stored = new Map(store.cells(experiment.id).map((cell) => [cell.text, cell]));
  const grid = gridOf(experiment, values, new Prefixes(store, experiment, values).estimate);
  return grid.map(({ settings, trials }) => ({ settings, planned: trials, stored: stored.get(cellText(settings)) }));
}

/** The trials of a cell that are planned, in order; those beyond the plan are passed over. */
export function* plannedTrials(
  store: StudyReader,
  { stored, planned }: Omit<GridPoint, 'settings'>,
): Generator<StoredTrial, void, undefined> {
  if (stored === undefined) return;
  for (const trial of store.trials(stored)) {
    if (trial.trial < planned) yield trial;
  }
}
