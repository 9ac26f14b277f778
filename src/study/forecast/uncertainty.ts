/** How far the prediction from a pilot can be from what a study really takes. */
import type { LeftCell } from './left.js';
import type { ExperimentPilot, SeenTrials } from './pilot.js';

/** At another time, the same trials can take longer or shorter by this factor. */
export const SAME_MACHINE = 1.25;
/**
 * The factor for unseen cells when the pilot has seen only one cell or none. With one cell, overhead and time per
 * operation cannot be told apart.
 */
const FEW_CELLS = 4;
/** Standard deviation of a trial's time relative to the mean of its cell, when no cell has two trials. */
const UNKNOWN_VARIATION = 0.5;

/** Relative standard error of the mean time of a cell's trials. */
export function relativeError({ seen }: ExperimentPilot, cell: LeftCell): number {
  return variation([...seen.values()]) / Math.sqrt(seen.get(cell)?.trials ?? 1);
}

/**
 * The factor within which the times of trials of unseen cells are expected: two standard deviations of the seen cells
 * from the fitted line.
 */
export function otherCells({ seen, model }: ExperimentPilot): number {
  if (seen.size < 2) return FEW_CELLS;
  const logs = Array.from(seen, ([{ cost }, own]) => Math.log(own.seconds / own.trials / model.seconds(1, cost)));
  return SAME_MACHINE * Math.exp(2 * Math.sqrt(logs.reduce((sum, log) => sum + log ** 2, 0) / (logs.length - 1)));
}

// The relative standard deviation of a trial's time, pooled over cells.
function variation(cells: readonly SeenTrials[]): number {
  const degrees = cells.reduce((sum, { trials }) => sum + trials - 1, 0);
  if (degrees === 0) return UNKNOWN_VARIATION;
  const squares = cells.reduce(
    (sum, { trials, seconds, squares }) => sum + (squares / (seconds / trials) ** 2 - trials),
    0,
  );
  return Math.sqrt(Math.max(0, squares) / degrees);
}
