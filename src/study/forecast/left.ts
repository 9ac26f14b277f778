/** Finds what is left to do in a study, without changing its folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { STORE_FILE } from '../../store/found.js';
import { requireNothingForeign } from '../../store/folder.js';
import {
  requireSameExperiment,
  requireSameIdentity,
  type StoredExperiment,
  storedAs,
  type StudyIdentity,
} from '../../store/identity.js';
import { readStudy } from '../../store/open.js';
import type { StudyReader } from '../../store/reader.js';
import { missingRanges, type PlannedCell } from '../leases/queue.js';
import { gridOf, grownCells, type ChosenExperiment } from '../grid/cells.js';
import { cellWork, type CellWork } from '../leases/work.js';
import { Prefixes } from '../summary/prefixes.js';

export interface LeftCell extends PlannedCell, CellWork {
  readonly planned: number;
}

export interface LeftExperiment extends ChosenExperiment {
  /** all cells that are planned now, in grid order, also those that are complete */
  readonly cells: readonly LeftCell[];
}

/**
 * Reads which trials are done in the study's folder. The folder need not exist; then no trial is done. Throws
 * `InputError` when the study could not be continued there: the folder holds something else, or results that would not
 * be this study's.
 */
export function leftOf(
  identity: StudyIdentity,
  chosen: readonly ChosenExperiment[],
  directory?: string,
): LeftExperiment[] {
  if (directory !== undefined) requireNothingForeign(directory);
  if (directory === undefined || !existsSync(join(directory, STORE_FILE)))
    return chosen.map((one) => leftOfExperiment(one, identity));
  const store = readStudy(directory);
  try {
    requireSameIdentity(directory, store.identity, identity);
    return store.snapshot(() => chosen.map((one) => leftOfExperiment(one, identity, store)));
  } finally {
    store.close();
  }
}

function leftOfExperiment(chosen: ChosenExperiment, identity: StudyIdentity, store?: StudyReader): LeftExperiment {
  const { experiment, values } = chosen;
  const done = store === undefined ? new Map<string, number[]>() : doneIn(store, storedAs(experiment, values));
  const grid = gridOf(chosen, identity.seed);
  const planned = store === undefined ? grid.cells : grownCells(grid, new Prefixes(store, experiment, values));
  const cells = planned.map((cell): LeftCell => ({
    ...cellWork(experiment, identity, cell),
    planned: cell.trials,
    missing: missingRanges(cell.trials, done.get(cell.text) ?? []),
  }));
  return { experiment, values, cells };
}

/** The trials that are done, by the cell's text. */
function doneIn(store: StudyReader, wanted: StoredExperiment): Map<string, number[]> {
  const stored = store.experiments().find(({ id }) => id === wanted.id);
  if (stored !== undefined) requireSameExperiment(store.dir, stored, wanted);
  return new Map(store.cells(wanted.id).map((cell) => [cell.text, Array.from(store.done(cell), ({ trial }) => trial)]));
}
