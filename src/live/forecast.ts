/** What is left of a running experiment, forecast from the trials that are stored. */
import type { Interval } from '../statistics/estimate.js';
import type { CellTally } from '../store/reader.js';
import { forecastExperiment } from '../study/forecast/forecast.js';
import type { LeftCell, LeftExperiment } from '../study/forecast/left.js';
import type { ExperimentPilot } from '../study/forecast/pilot.js';
import type { ChosenExperiment } from '../study/grid/cells.js';
import { CostModel } from '../study/leases/cost.js';
import { workersOn } from '../study/leases/together.js';
import type { CellWork } from '../study/leases/work.js';

export interface CountedCell {
  readonly planned: number;
  readonly work: CellWork;
  /** undefined: it has no trials yet */
  readonly tally: CellTally | undefined;
}

/**
 * Wall-clock seconds until the planned trials are done, from now on this number of workers. Stored trials take the place
 * of a pilot. Undefined before the first trial.
 */
export function secondsLeft(
  chosen: ChosenExperiment,
  cells: readonly CountedCell[],
  workers: number,
): Interval | undefined {
  const pilot: ExperimentPilot = { model: new CostModel<LeftCell>(), seen: new Map(), failed: 0 };
  const left: LeftExperiment = { ...chosen, cells: cells.map((counted) => observed(counted, pilot, workers)) };
  return pilot.seen.size === 0 ? undefined : forecastExperiment(left, pilot, workers).seconds;
}

function observed({ planned, work, tally }: CountedCell, pilot: ExperimentPilot, workers: number): LeftCell {
  const over = tally === undefined ? 0 : tally.ok + tally.diverged + tally.failed + tally.censored;
  const missing = over < planned ? [{ first: over, end: planned }] : [];
  const cell: LeftCell = { ...work, planned, missing };
  if (tally === undefined) return cell;
  const together = workersOn(work.template, workers);
  const seconds = together * tally.seconds;
  pilot.model.observe(cell, over, seconds);
  pilot.seen.set(cell, { trials: over, seconds, squares: together ** 2 * tally.squares, bytes: Number.NaN });
  return cell;
}
