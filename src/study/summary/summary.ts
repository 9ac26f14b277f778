/** Computes one estimate with interval for each cell and measure, from stored trials. */
import type { CellSummary, Experiment } from '../../experiments/spec.js';
import type { ValuesByName } from '../../settings/types.js';
import type { StudyReader } from '../../store/reader.js';
import { rethrow, summariseCell, type MadeSummary, type OnProblem } from './cell.js';
import type { SummaryMemory } from './memory.js';
import { gridPoints } from './points.js';

/**
 * The cells of an experiment's grid in order, each with a summary of its stored trials. A measure's estimate uses the
 * values of the trials that have the measure, in the order of trials. A failed trial counts as `whenFailed`, or is left
 * out. Censored trials are counted separately and have no value of any measure. Trials beyond the plan do not count. An
 * estimate without any value is NaN. An estimate that throws is NaN too, if `onProblem` accepts the error. With a memory
 * only the cells with new trials are read.
 */
export function summariseExperiment(
  store: StudyReader,
  experiment: Experiment,
  values: ValuesByName,
  onProblem: OnProblem = rethrow,
  memory?: SummaryMemory,
): CellSummary[] {
  return gridPoints(store, { experiment, values }).map((point) => {
    const make = (): MadeSummary => summariseCell(store, experiment, point, onProblem);
    return memory === undefined || point.stored === undefined
      ? make().summary
      : memory.summaryOf(point.stored, point.cell.trials, make);
  });
}
