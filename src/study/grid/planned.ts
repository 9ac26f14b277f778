/** The trials that a study plans now, as they are in its store. Screen, report and export show these trials. */
import type { StoredCell, StudyReader } from '../../store/reader.js';
import type { StoredTrial } from '../../store/trials.js';
import type { GridCell } from './cells.js';

/** A cell of the grid with its stored cell, which is undefined before its first trial. */
export interface GridPoint {
  readonly cell: GridCell;
  readonly stored: StoredCell | undefined;
}

/** These cells with their stored ones. */
export function pointsOf(store: StudyReader, experiment: string, cells: readonly GridCell[]): GridPoint[] {
  const stored = new Map(store.cells(experiment).map((cell) => [cell.text, cell]));
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
