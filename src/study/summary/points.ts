import type { StudyReader } from '../../store/reader.js';
import { gridOf, grownCells, type ChosenExperiment } from '../grid/cells.js';
import { pointsOf, type GridPoint } from '../grid/planned.js';
import { Prefixes } from './prefixes.js';

/** The grid of an experiment in order. When the grid depends on results, it is extended as far as the results allow. */
export function gridPoints(store: StudyReader, chosen: ChosenExperiment): GridPoint[] {
  const { experiment, values } = chosen;
  const grid = gridOf(chosen, store.identity.seed);
  return pointsOf(store, experiment.id, grownCells(grid, new Prefixes(store, experiment, values)));
}
