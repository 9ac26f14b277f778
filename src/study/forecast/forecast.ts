/**
 * Predicts what a study will take: trials, core time, wall-clock time on a number of workers, and bytes. It is a pure
 * function of what is left to do and what a pilot has measured.
 */
import type { Interval } from '../../statistics/estimate.js';
import type { LeftCell, LeftExperiment } from './left.js';
import type { ExperimentPilot } from './pilot.js';
import { countTrials } from '../leases/queue.js';
import { workersOn } from '../leases/together.js';
import { otherCells, relativeError, SAME_MACHINE } from './uncertainty.js';

export interface Forecast {
  readonly cells: number;
  readonly trials: number;
  /** stored trials */
  readonly done: number;
  readonly left: number;
  /** core time of the trials left */
  readonly coreSeconds: Interval;
  /** wall-clock time of the trials left */
  readonly seconds: Interval;
  /** bytes that the trials left will add to the store; NaN when no trial has been seen */
  readonly storeBytes: number;
  /** bytes that one trial holds at its peak; NaN when the experiment does not say */
  readonly trialBytes: number;
  /** bytes that all workers together hold at most */
  readonly peakBytes: number;
  /** operations left, and how many of them are in cells without a pilot trial */
  readonly operations: number;
  readonly extrapolated: number;
}

export interface ExperimentForecast extends Forecast {
  readonly id: string;
  /** whether results may ask for more than the trials that are planned now */
  readonly grows: boolean;
}

interface Work {
  readonly cell: LeftCell;
  readonly trials: number;
}

export function forecastExperiment(
  { experiment, cells }: LeftExperiment,
  pilot: ExperimentPilot,
  workers: number,
): ExperimentForecast {
  const work = cells
    .map((cell): Work => ({ cell, trials: countTrials(cell.missing) }))
    .filter(({ trials }) => trials > 0);
  const [trials, left] = [total(cells, ({ planned }) => planned), total(work, (own) => own.trials)];
  const coreSeconds = coreSecondsOf(work, pilot);
  const longest = Math.max(
    0,
    ...work.map(({ cell }) => pilot.model.secondsPerTrial(cell) / workersOn(cell.template, workers)),
  );
  const bytesOf = ({ cell }: Work): number => experiment.bytes?.(cell.template.settings) ?? NaN;
  const unseen = work.filter(({ cell }) => !pilot.seen.has(cell));
  return {
    id: experiment.id,
    grows: experiment.grow !== undefined,
    cells: cells.length,
    trials,
    done: trials - left,
    left,
    coreSeconds,
    seconds: mapEstimate(coreSeconds, (seconds) => Math.max(seconds / workers, longest)),
    storeBytes: storeBytesOf(work, pilot),
    trialBytes: Math.max(0, ...work.map(bytesOf)),
    peakBytes: Math.max(
      0,
      ...work.map((own) => bytesOf(own) * Math.min(workers / workersOn(own.cell.template, workers), left)),
    ),
    operations: total(work, operationsOf),
    extrapolated: total(unseen, operationsOf),
  };
}

/** Adds up the forecasts of experiments that run one after the other. */
export function forecastTotal(all: readonly ExperimentForecast[]): Forecast {
  const estimate = (of: (one: Forecast) => Interval): Interval => ({
    value: total(all, (one) => of(one).value),
    low: total(all, (one) => of(one).low),
    high: total(all, (one) => of(one).high),
  });
  const largest = (of: (one: Forecast) => number): number => Math.max(0, ...all.map(of));
  return {
    cells: total(all, ({ cells }) => cells),
    trials: total(all, ({ trials }) => trials),
    done: total(all, ({ done }) => done),
    left: total(all, ({ left }) => left),
    coreSeconds: estimate(({ coreSeconds }) => coreSeconds),
    seconds: estimate(({ seconds }) => seconds),
    storeBytes: total(all, ({ storeBytes }) => storeBytes),
    trialBytes: largest(({ trialBytes }) => trialBytes),
    peakBytes: largest(({ peakBytes }) => peakBytes),
    operations: total(all, ({ operations }) => operations),
    extrapolated: total(all, ({ extrapolated }) => extrapolated),
  };
}

function coreSecondsOf(work: readonly Work[], pilot: ExperimentPilot): Interval {
  const { model, seen } = pilot;
  const secondsOf = ({ cell, trials }: Work): number => trials * model.secondsPerTrial(cell);
  const known = work.filter(({ cell }) => seen.has(cell));
  const [measured, others] = [total(known, secondsOf), total(work, secondsOf) - total(known, secondsOf)];
  const error = 2 * Math.sqrt(total(known, (own) => (secondsOf(own) * relativeError(pilot, own.cell)) ** 2));
  const spread = otherCells(pilot);
  return {
    value: measured + others,
    low: Math.max(0, measured - error) / SAME_MACHINE + others / spread,
    high: (measured + error) * SAME_MACHINE + others * spread,
  };
}

// A trial of an unseen cell is assumed to need the mean number of bytes over the seen cells.
function storeBytesOf(work: readonly Work[], { seen }: ExperimentPilot): number {
  if (work.length === 0) return 0;
  const bytes = Array.from(seen.values(), (own) => own.bytes / own.trials);
  const mean = total(bytes, (own) => own) / bytes.length;
  return total(work, ({ cell, trials }) => {
    const own = seen.get(cell);
    return trials * (own === undefined ? mean : own.bytes / own.trials);
  });
}

function operationsOf({ cell, trials }: Work): number {
  return trials * cell.cost;
}

function mapEstimate({ value, low, high }: Interval, map: (seconds: number) => number): Interval {
  return { value: map(value), low: map(low), high: map(high) };
}

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
