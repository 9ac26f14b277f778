/** The trials that a study plans now, as its store has them: what screen, report and export are about. */
import type { StoredCell, StoredTrial, StudyReader } from '../../store/reader.js';
import { gridOf, grownCells, type ChosenExperiment, type GridCell } from './cells.js';
import { Prefixes } from './prefixes.js';

/** A cell of the grid with its place in the store, undefined before its first trial. */
export interface GridPoint {
  readonly cell: GridCell;
  readonly stored: StoredCell | undefined;
}

/** The grid of an experiment in order; where it follows from results, as far as these say. */
export function gridPoints(store: StudyReader, chosen: ChosenExperiment): GridPoint[] {
  const { experiment, values } = chosen;
  const stored = new Map(store.cells(experiment.id).map((cell) => [cell.text, cell]));
  const grid = gridOf(chosen, store.identity.seed);
  const cells = grownCells(grid, new Prefixes(store, experiment, values).estimate);
  return cells.map((cell) => ({ cell, stored: stored.get(cell.text) }));
}

/** The trials of a cell that are planned, in order; those beyond the plan are passed over. */
export function* plannedTrials(
  store: StudyReader,
  stored: StoredCell | undefined,
  planned: number,
): Generator<StoredTrial, void, undefined> {
  if (stored === undefined) return;
  for (const trial of store.trials(stored)) {
    if (trial.trial < planned) yield trial;
  }
}
