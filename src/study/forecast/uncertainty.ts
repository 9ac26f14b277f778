/** How far a pilot can be from what a study takes. */
import type { LeftCell } from './left.js';
import type { ExperimentPilot, SeenTrials } from './pilot.js';

/** The same trials take so many times as long at another time, or as short. */
export const SAME_MACHINE = 1.25;
/** What is said of other cells when a pilot has seen one, which does not tell overhead from operations, or none. */
const FEW_CELLS = 4;
/** Standard deviation of a trial's time over that of its cell's mean, where no cell has two trials. */
const UNKNOWN_VARIATION = 0.5;

/** Standard error of the mean time of a cell's trials, relative to it. */
export function relativeError({ seen }: ExperimentPilot, cell: LeftCell): number {
  return variation([...seen.values()]) / Math.sqrt(seen.get(cell)?.trials ?? 1);
}

/**
 * The factor within which trials of cells that were not seen are expected: two standard deviations of how far the seen
 * ones are from the line.
 */
export function otherCells({ seen, model }: ExperimentPilot): number {
  if (seen.size < 2) return FEW_CELLS;
  const logs = Array.from(seen, ([{ cost }, own]) => Math.log(own.seconds / own.trials / model.seconds(1, cost)));
  return SAME_MACHINE * Math.exp(2 * Math.sqrt(logs.reduce((sum, log) => sum + log ** 2, 0) / (logs.length - 1)));
}

// Pooled over cells.
function variation(cells: readonly SeenTrials[]): number {
  const degrees = cells.reduce((sum, { trials }) => sum + trials - 1, 0);
  if (degrees === 0) return UNKNOWN_VARIATION;
  const squares = cells.reduce(
    (sum, { trials, seconds, squares }) => sum + (squares / (seconds / trials) ** 2 - trials),
    0,
  );
  return Math.sqrt(Math.max(0, squares) / degrees);
}
