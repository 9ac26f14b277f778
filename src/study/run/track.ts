/** The progress of one experiment in a running study: its work left, its counts, its prediction. */
import { predictedBytes, type TrialLimits } from '../../pool/limits.js';
import type { LeaseResult, PerformedStatus } from '../../pool/protocol.js';
import { storedAs } from '../../store/identity.js';
import type { StoredCell } from '../../store/reader.js';
import type { StudyWriter } from '../../store/writer.js';
import type { ExperimentProgress } from './outcome.js';
import { CostModel, LONG_SECONDS } from '../leases/cost.js';
import { missingTrials, type TrialCounts } from '../leases/missing.js';
import { Prefixes } from '../summary/prefixes.js';
import { leaseTrials, WorkQueue, type PlannedCell, type Slice } from '../leases/queue.js';
import { grownCells, type ExperimentGrid, type GridCell } from '../grid/cells.js';
import { cellWork, type CellWork } from '../leases/work.js';

/** A planned cell with what its leases contain. */
export interface TrackedCell extends PlannedCell, CellWork {
  readonly stored: StoredCell;
}

/** If this many first trials all fail, the study stops: the other trials would fail with the same error. */
export const FIRST_TRIALS = 10;

export class ExperimentTrack {
  readonly id: string;
  planned = 0;
  /** operations of all planned trials, done or not */
  operations = 0;
  queue = new WorkQueue<TrackedCell>([]);
  readonly #store: StudyWriter;
  readonly #grid: ExperimentGrid;
  readonly #limits: TrialLimits;
  readonly #prefixes: Prefixes;
  readonly #cost = new CostModel<TrackedCell>();
  #counts: TrialCounts = { done: 0, failed: 0, censored: 0 };
  #performed = 0;
  #trialsInFlight = 0;
  #operationsInFlight = 0;
  #begin: number | undefined;
  #rate = NaN;
  #likely: number | undefined;
  /** whether a trial has taken so long that compiling its code does not matter */
  #slow = false;

  /** Adds the experiment to the store and finds what is missing. Throws `InputError` when the store refuses it. */
  constructor(store: StudyWriter, grid: ExperimentGrid, limits: TrialLimits = {}) {
    this.id = grid.experiment.id;
    this.#store = store;
    this.#grid = grid;
    this.#limits = limits;
    this.#prefixes = new Prefixes(store, grid.experiment, grid.values);
    this.#plan();
  }

  /** Whether the planned trials depend on results. */
  get grows(): boolean {
    return this.#grid.experiment.grow !== undefined;
  }

  /** Plans again when every planned trial is stored. Returns whether there is more work. */
  replan(): boolean {
    if (!this.grows || !this.complete) return false;
    this.#plan();
    return !this.complete;
  }

  /** Whether enough trials are done, and all of them failed from the beginning. */
  get failing(): boolean {
    const { done, failed, censored } = this.#counts;
    return done > 0 && failed === done && done >= Math.min(FIRST_TRIALS, this.planned - censored);
  }

  /** Whether no work is left that this run could do. */
  get complete(): boolean {
    return this.#counts.done + this.#counts.censored === this.planned;
  }

  get workSeconds(): number {
    return this.#cost.seconds(this.queue.trials, this.queue.operations);
  }

  /** A slice that takes about this many seconds; undefined when nothing is left to hand out. `now` is in seconds. */
  take(seconds: number, now: number): Slice<TrackedCell> | undefined {
    const slice = this.queue.next((cell) => leaseTrials(seconds, this.#cost.secondsPerTrial(cell)));
    if (slice === undefined) return undefined;
    this.#begin ??= now;
    this.#trialsInFlight += slice.count;
    this.#operationsInFlight += slice.count * slice.cell.cost;
    return slice;
  }

  /**
   * Counts the stored result of a slice, which `workers` workers performed together, and takes back the trials that
   * were not performed.
   */
  settle(slice: Slice<TrackedCell>, result: LeaseResult, now: number, workers: number): void {
    const { cell, first, count } = slice;
    this.#trialsInFlight -= count;
    this.#operationsInFlight -= count * cell.cost;
    this.queue.giveBack({ cell, first: first + result.done, count: count - result.done });
    const seconds = result.seconds.reduce((sum, own) => sum + own, 0);
    this.#cost.observe(cell, result.done, workers * seconds);
    this.#slow ||= seconds > LONG_SECONDS * result.done;
    this.#performed += result.done;
    this.#count(result);
    if (this.#begin !== undefined && now > this.#begin) this.#rate = this.#performed / (now - this.#begin);
  }

  progress(workers: number): ExperimentProgress {
    const { complete, grows, planned } = this;
    return {
      id: this.id,
      planned,
      likely: grows && !complete ? this.#likely : planned,
      complete,
      ...this.#counts,
      performed: this.#performed,
      trialsPerSecond: this.#rate,
      secondsLeft: complete ? 0 : this.#secondsLeft(workers),
    };
  }

  /** NaN while too little was measured for a prediction. */
  #secondsLeft(workers: number): number {
    // The first trial of each thread is slower than the others, until its code is compiled.
    if (this.#performed <= workers && !this.#slow) return NaN;
    if (!this.#cost.foresees(this.queue.largestCost)) return NaN;
    const trials = this.queue.trials + this.#trialsInFlight / 2;
    const operations = this.queue.operations + this.#operationsInFlight / 2;
    return (this.#cost.seconds(trials, operations) * this.#growth(trials)) / workers;
  }

  /** The work that is left, relative to what is planned of it. */
  #growth(trials: number): number {
    if (!this.grows) return 1;
    if (this.#likely === undefined || trials === 0) return NaN;
    return 1 + Math.max(0, this.#likely - this.planned) / trials;
  }

  #count({ done, exceptions }: LeaseResult): void {
    const countOf = (wanted: PerformedStatus): number => exceptions.filter(({ status }) => status === wanted).length;
    this.#counts.done += done - countOf('censored');
    this.#counts.failed += countOf('failed');
    this.#counts.censored += countOf('censored');
  }

  #plan(): void {
    const { experiment, values } = this.#grid;
    const cells = grownCells(this.#grid, this.#prefixes);
    const stored = this.#store.addExperiment(storedAs(experiment, values), cells);
    this.#counts = { done: 0, failed: 0, censored: 0 };
    this.#likely = experiment.likely?.(values, this.#prefixes);
    this.planned = cells.reduce((sum, { trials }) => sum + trials, 0);
    const tracked = cells.map((cell, index) => this.#track(cell, stored[index]));
    this.operations = tracked.reduce((sum, { cost }, index) => sum + cells[index].trials * cost, 0);
    this.queue = new WorkQueue(tracked);
  }

  #track(cell: GridCell, stored: StoredCell): TrackedCell {
    const { experiment } = this.#grid;
    const work = cellWork(experiment, this.#store.identity, cell);
    const missing = missingTrials(
      this.#store,
      stored,
      cell.trials,
      predictedBytes(experiment, cell.trialSettings),
      this.#limits,
      this.#counts,
    );
    return { ...work, stored, missing };
  }
}
