/** Performs stored trials again on a pool, and compares the bits. */
import type { Experiment } from '../../experiments/spec.js';
import type { StudyControl } from '../../pool/control.js';
import { formatAddress } from '../../store/address.js';
import { differences, type Difference, type TrialRecord } from '../../store/differences.js';
import type { Origin } from '../../store/origin.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';
import { recordAt, recordFrom, storedWork } from './replay.js';
import { withRunner, type LeaseTask, type RunnerOptions } from '../run/runner.js';
import type { Sample } from './sample.js';
import { leaseOf, type CellWork } from '../leases/work.js';

export interface VerifyOptions extends Pick<RunnerOptions, 'worker' | 'laboratory' | 'clock' | 'pool'> {
  readonly store: StudyReader;
  readonly sample: Sample;
  readonly findExperiment: (id: string) => Experiment;
  readonly workers: number;
  readonly control: StudyControl;
  readonly onProgress?: (verification: Verification) => void;
}

/** A trial that gave a different result. */
export interface DifferingTrial {
  readonly address: string;
  /** the maker of the stored trial */
  readonly origin: Origin;
  /** `first` is the stored value, `second` the replayed one */
  readonly differences: readonly Difference[];
}

/** Counts of the replayed trials of one maker. */
export interface VerifiedOrigin {
  readonly origin: Origin;
  readonly replayed: number;
  readonly differing: number;
}

export interface Verification {
  /** number of trials to perform */
  readonly sampled: number;
  /** number of trials that were performed */
  readonly replayed: number;
  /** in the order of the sample */
  readonly differing: readonly DifferingTrial[];
  /** by maker of the stored trials, in the order of the origins' numbers */
  readonly origins: readonly VerifiedOrigin[];
}

interface Task extends LeaseTask, Pick<CellWork, 'sharedEntries' | 'code' | 'template'> {
  readonly cell: StoredCell;
}

/**
 * Performs the trials of a sample again, until the control says stop. Throws `InputError` before the first trial when
 * the version of an experiment has changed since. Rejects when a worker dies.
 */
export async function verifyStudy(options: VerifyOptions): Promise<Verification> {
  const tasks = tasksOf(options);
  const tally = new Tally(options.store, tasks);
  if (tasks.length === 0) return tally.verification;
  const waiting = tasks.values();
  await withRunner({ ...options, cells: tasks, trials: tasks.length }, (runner) =>
    runner.run<Task>({
      next: () => waiting.next().value,
      settle: (performed) => {
        for (const { task, result } of performed) {
          const again = recordFrom(task.lease.first, result);
          if (again === undefined) continue;
          tally.settle(task, again);
          options.onProgress?.(tally.verification);
        }
      },
    }),
  );
  return tally.verification;
}

/** Replaces the number of an unknown origin; it is sorted after all numbers. */
const UNKNOWN = Infinity;

class Tally {
  readonly #store: StudyReader;
  readonly #tasks: readonly Task[];
  readonly #origins: ReadonlyMap<number, Origin>;
  readonly #found = new Map<Task, DifferingTrial>();
  /** by the origin's number */
  readonly #counts = new Map<number, { replayed: number; differing: number }>();

  constructor(store: StudyReader, tasks: readonly Task[]) {
    this.#store = store;
    this.#tasks = tasks;
    this.#origins = store.origins();
  }

  settle(task: Task, again: TrialRecord): void {
    const {
      cell,
      lease: { first },
    } = task;
    const stored = this.#store.trial(cell, first);
    if (stored === undefined) throw new Error('a sampled trial has left the store');
    const number = stored.origin ?? UNKNOWN;
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
    const origins = [...this.#counts]
      .sort(([a], [b]) => a - b)
      .map(([number, counts]) => ({ origin: this.#origins.get(number) ?? {}, ...counts }));
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
    const work = storedWork(store, cell, findExperiment(cell.experiment));
    return trials.map((first) => ({ ...work, cell, lease: leaseOf({ cell: work, first, count: 1 }) }));
  });
}
