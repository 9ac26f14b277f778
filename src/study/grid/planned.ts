/** The trials that a study plans now, as they are in its store. Screen, report and export show these trials. */
import type { StoredCell, StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import { gridOf, grownCells, type ChosenExperiment, type GridCell } from './cells.js';
import { Prefixes } from './prefixes.js';

/** A cell of the grid with its stored cell, which is undefined before its first trial. */
export interface GridPoint {
  readonly cell: GridCell;
  readonly stored: StoredCell | undefined;
}

/** The grid of an experiment in order. When the grid depends on results, it is extended as far as the results allow. */
export function gridPoints(store: StudyReader, chosen: ChosenExperiment): GridPoint[] {
  const { experiment, values } = chosen;
  const stored = new Map(store.cells(experiment.id).map((cell) => [cell.text, cell]));
  const grid = gridOf(chosen, store.identity.seed);
  const cells = grownCells(grid, new Prefixes(store, experiment, values).estimate);
  return cells.map((cell) => ({ cell, stored: stored.get(cell.text) }));
}

/** The planned trials of a cell, in order; trials beyond the plan are skipped. */
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
