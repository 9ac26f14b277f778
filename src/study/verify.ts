/** Performing stored trials again on a pool, and comparing the bits. */
import type { Experiment } from '../experiments/spec.js';
import { StopLevel, type StudyControl } from '../pool/control.js';
import { startPool, type LeasePool, type PoolOptions } from '../pool/pool.js';
import type { Lease, LeaseResult } from '../pool/protocol.js';
import { formatAddress } from '../store/address.js';
import { differences, type Difference, type TrialRecord } from '../store/differences.js';
import type { Origin } from '../store/origin.js';
import type { StoredCell, StudyReader } from '../store/reader.js';
import { recordAt, recordOf, storedTask } from './replay.js';
import { rowsOf } from './rows.js';
import type { Sample } from './sample.js';
import { sharedEntries } from './together.js';

export interface VerifyOptions extends Pick<PoolOptions, 'worker' | 'laboratory'> {
  readonly store: StudyReader;
  readonly sample: Sample;
  readonly findExperiment: (id: string) => Experiment;
  readonly workers: number;
  readonly control: StudyControl;
  readonly onProgress?: (verification: Verification) => void;
}

/** A trial that came out differently. */
export interface DifferingTrial {
  readonly address: string;
  /** who made the stored one */
  readonly origin: Origin;
  /** first: stored; second: replayed */
  readonly differences: readonly Difference[];
}

/** The trials of one maker that were replayed. */
export interface VerifiedOrigin {
  readonly origin: Origin;
  readonly replayed: number;
  readonly differing: number;
}

export interface Verification {
  /** trials to be performed */
  readonly sampled: number;
  /** trials that were */
  readonly replayed: number;
  /** in the order of the sample */
  readonly differing: readonly DifferingTrial[];
  /** by who made the stored trials, in the order of their numbers */
  readonly origins: readonly VerifiedOrigin[];
}

interface Task {
  readonly cell: StoredCell;
  readonly lease: Lease;
  /** n·d of a training set that all workers share, else 0 */
  readonly sharedEntries: number;
}

/**
 * Performs the trials of a sample again, until the control says stop. Throws `InputError` before the first one when the version of an
 * experiment has changed since; rejects when a worker dies.
 */
export async function verifyStudy(options: VerifyOptions): Promise<Verification> {
  const tasks = tasksOf(options);
  const tally = new Tally(options.store, tasks);
  if (tasks.length === 0) return tally.verification;
  await performTasks(options, tasks, (task, again) => {
    tally.settle(task, again);
    options.onProgress?.(tally.verification);
  });
  return tally.verification;
}

class Tally {
  readonly #store: StudyReader;
  readonly #tasks: readonly Task[];
  readonly #origins: ReadonlyMap<number, Origin>;
  readonly #found = new Map<Task, DifferingTrial>();
  /** by number of the origin; NaN: unknown */
  readonly #counts = new Map<number, { replayed: number; differing: number }>();

  constructor(store: StudyReader, tasks: readonly Task[]) {
    this.#store = store;
    this.#tasks = tasks;
    this.#origins = store.origins();
  }

  settle(task: Task, again: TrialRecord): void {
    const { cell, lease: { first } } = task;
    const stored = this.#store.trial(cell, first);
    if (stored === undefined) throw new Error('a sampled trial has left the store');
    const number = stored.origin ?? NaN;
    const counts = this.#counts.get(number) ?? { replayed: 0, differing: 0 };
    this.#counts.set(number, counts);
    counts.replayed += 1;
    const found = differences(recordAt(this.#store, cell, stored), again);
    if (found.length === 0) return;
    counts.differing += 1;
    const address = formatAddress({ experiment: cell.experiment, cell: cell.text, trial: first });
    this.#found.set(task, { address, origin: this.#origins.get(number) ?? {}, differences: found });
  }

  get verification(): Verification {
    const origins = [...this.#counts].sort(([a], [b]) => a - b).map(([number, counts]) => ({ origin: this.#origins.get(number) ?? {}, ...counts }));
    return {
      sampled: this.#tasks.length,
      replayed: origins.reduce((sum, { replayed }) => sum + replayed, 0),
      differing: this.#tasks.flatMap((task) => this.#found.get(task) ?? []),
      origins,
    };
  }
}

function tasksOf({ store, sample, findExperiment }: VerifyOptions): Task[] {
  return sample.cells.flatMap(({ cell, trials }) => {
    const experiment = findExperiment(cell.experiment);
    const task = storedTask(store, cell, experiment);
    const shared = sharedEntries(experiment, task.settings, task.partitions);
    return trials.map((trial) => ({ cell, sharedEntries: shared, lease: { ...task, experiment: cell.experiment, first: trial, count: 1, team: shared > 0 } }));
  });
}

type Settle = (task: Task, again: TrialRecord) => void;

async function performTasks(options: VerifyOptions, tasks: readonly Task[], settle: Settle): Promise<void> {
  const teamEntries = Math.max(...tasks.map((task) => task.sharedEntries));
  const workers = teamEntries > 0 ? options.workers : Math.min(options.workers, tasks.length);
  const pool = startPool({ ...options, workers, teamEntries });
  try {
    // Trials that take all workers are performed one after the other. Of the others one waits for each worker.
    await drain(pool, tasks.filter(({ lease }) => lease.team === true), 1, options.control, settle);
    await drain(pool, tasks.filter(({ lease }) => lease.team !== true), 2 * workers, options.control, settle);
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  await pool.close();
}

async function drain(pool: LeasePool, tasks: readonly Task[], lanes: number, control: StudyControl, settle: Settle): Promise<void> {
  const waiting = tasks.values();
  const lane = async (): Promise<void> => {
    while (control.level === StopLevel.none) {
      const { value: task, done } = waiting.next();
      if (done === true) return;
      const again = recordFrom(task.lease.first, await pool.run(task.lease));
      if (again !== undefined) settle(task, again);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** The trial of a lease of one; undefined when it was told to stop. */
function recordFrom(trial: number, result: LeaseResult): TrialRecord | undefined {
  const [row] = rowsOf(trial, result);
  if (result.done === 0) return undefined;
  return recordOf({ ...row, curves: Object.fromEntries(result.curves.map(({ name, values }) => [name, values])) });
}
