/** One experiment on its way through a study: its work left, its counts, its prediction. */
import type { Experiment, ParameterValues } from '../experiments/spec.js';
import type { Lease, LeaseResult } from '../pool/protocol.js';
import type { StoredCell } from '../store/reader.js';
import type { StudyWriter } from '../store/writer.js';
import { cellText } from '../store/address.js';
import { CostModel } from './cost.js';
import { Prefixes } from './prefixes.js';
import { countTrials, leaseTrials, missingRanges, WorkQueue, type PlannedCell, type Slice } from './plan.js';
import { cellKey } from './streams.js';
import { sharedEntries } from './together.js';
import { gridOf, trialSettings } from './values.js';

export interface ChosenExperiment {
  readonly experiment: Experiment;
  readonly values: ParameterValues;
}

/** A planned cell with what its leases say. */
export interface TrackedCell extends PlannedCell {
  readonly stored: StoredCell;
  readonly template: Omit<Lease, 'first' | 'count'>;
  /** n·d of a training set that all workers share; 0: each trial has a worker of its own */
  readonly sharedEntries: number;
}

export interface ExperimentProgress {
  readonly id: string;
  readonly planned: number;
  /** stored trials of the plan: ok, diverged or failed */
  readonly done: number;
  readonly failed: number;
  /** performed in this run */
  readonly performed: number;
  /** of this run, since the experiment's first lease; NaN before the first result */
  readonly trialsPerSecond: number;
  /** predicted seconds until this experiment is done, once it has all workers; 0 when done */
  readonly secondsLeft: number;
}

/** So many first trials, all failed, stop a study: the same error will hit them all. */
export const FIRST_TRIALS = 10;

export class ExperimentTrack {
  readonly id: string;
  planned = 0;
  queue = new WorkQueue<TrackedCell>([]);
  readonly #store: StudyWriter;
  readonly #chosen: ChosenExperiment;
  readonly #prefixes: Prefixes;
  readonly #cost = new CostModel<TrackedCell>();
  #done = 0;
  #failed = 0;
  #performed = 0;
  #operationsInFlight = 0;
  #begin: number | undefined;
  #rate = NaN;

  /** Takes the experiment into the store and finds what is missing. Throws `InputError` when the store refuses it. */
  constructor(store: StudyWriter, chosen: ChosenExperiment) {
    this.id = chosen.experiment.id;
    this.#store = store;
    this.#chosen = chosen;
    this.#prefixes = new Prefixes(store, this.id);
    this.#plan();
  }

  /** Whether what is planned follows from results. */
  get grows(): boolean {
    return this.#chosen.experiment.grow !== undefined;
  }

  /** Plans again when all that was planned is stored; whether that brings more work. */
  replan(): boolean {
    if (!this.grows || !this.complete) return false;
    this.#plan();
    return !this.complete;
  }

  /** Whether there is enough to say that every trial fails, from the beginning. */
  get failing(): boolean {
    return this.#done > 0 && this.#failed === this.#done && this.#done >= Math.min(FIRST_TRIALS, this.planned);
  }

  /** n·d of the largest training set that all workers will share */
  get sharedEntries(): number {
    return this.queue.cells.reduce((most, cell) => Math.max(most, cell.sharedEntries), 0);
  }

  get complete(): boolean {
    return this.#done === this.planned;
  }

  get workSeconds(): number {
    return this.#cost.seconds(this.queue.operations);
  }

  /** A slice of about so many seconds; undefined when nothing is left to hand out. `now` in seconds. */
  take(seconds: number, now: number): Slice<TrackedCell> | undefined {
    const slice = this.queue.next((cell) => leaseTrials(seconds, this.#cost.secondsPerTrial(cell)));
    if (slice === undefined) return undefined;
    this.#begin ??= now;
    this.#operationsInFlight += slice.count * slice.cell.cost;
    return slice;
  }

  /** Counts a slice's stored result, of so many workers together, and takes back what was not performed. */
  settle(slice: Slice<TrackedCell>, result: LeaseResult, now: number, workers: number): void {
    const { cell, first, count } = slice;
    this.#operationsInFlight -= count * cell.cost;
    this.queue.giveBack({ cell, first: first + result.done, count: count - result.done });
    this.#cost.observe(cell, result.done, workers * result.seconds.reduce((sum, seconds) => sum + seconds, 0));
    this.#done += result.done;
    this.#performed += result.done;
    this.#failed += result.exceptions.filter(({ status }) => status === 'failed').length;
    if (this.#begin !== undefined && now > this.#begin) this.#rate = this.#performed / (now - this.#begin);
  }

  progress(workers: number): ExperimentProgress {
    const operations = this.complete ? 0 : this.queue.operations + this.#operationsInFlight / 2;
    return {
      id: this.id,
      planned: this.planned,
      done: this.#done,
      failed: this.#failed,
      performed: this.#performed,
      trialsPerSecond: this.#rate,
      secondsLeft: this.#cost.seconds(operations) / workers,
    };
  }

  #plan(): void {
    const { experiment, values } = this.#chosen;
    const grid = gridOf(experiment, values, this.#prefixes.estimate);
    const stored = this.#store.addExperiment(
      { id: experiment.id, version: experiment.version, values },
      grid.map(({ settings }) => ({ text: cellText(settings), settings })),
    );
    [this.#done, this.#failed] = [0, 0];
    this.planned = grid.reduce((sum, { trials }) => sum + trials, 0);
    this.queue = new WorkQueue(stored.map((cell, index) => this.#track(this.#store, experiment, values, cell, grid[index]?.trials ?? 0)));
  }

  #track(store: StudyWriter, experiment: Experiment, values: ParameterValues, stored: StoredCell, planned: number): TrackedCell {
    const settings = trialSettings(values, stored.settings);
    const missing = missingRanges(planned, this.#countDone(store, stored, planned));
    this.#done += planned - countTrials(missing);
    const key = cellKey(experiment, store.identity.seed, stored.settings);
    const { partitions } = store.identity;
    const shared = sharedEntries(settings, partitions);
    return {
      stored, missing, cost: Math.max(1, experiment.cost(settings)), sharedEntries: shared,
      template: { experiment: experiment.id, settings, key, partitions, team: shared > 0 },
    };
  }

  *#countDone(store: StudyWriter, cell: StoredCell, planned: number): Generator<number, void, undefined> {
    for (const { trial, failed } of store.done(cell)) {
      if (failed && trial < planned) this.#failed += 1;
      yield trial;
    }
  }
}
