/** The only way in which workers get leases. Whoever has trials to perform is a source of leases. */
import { StopLevel } from '../../pool/control.js';
import { startPool, type LeasePool, type PoolOptions } from '../../pool/pool.js';
import type { Lease, LeaseResult, OwnPartsOf } from '../../pool/protocol.js';
import { threadsFor, workersOn } from '../leases/together.js';
import type { CellWork } from '../leases/work.js';
import { Watch, type WatchOptions } from './watch.js';

/** A lease, and whatever its source needs when the result arrives. */
export interface LeaseTask {
  readonly lease: Lease;
}

export interface Performed<Task extends LeaseTask> {
  readonly task: Task;
  readonly result: LeaseResult;
  /** number of workers that performed it together */
  readonly workers: number;
}

export interface LeaseSource<Task extends LeaseTask> {
  /** leases in progress for each worker; default: 2 */
  readonly perWorker?: number | undefined;
  /** The next task; undefined when nothing is left, or when more tasks exist only after further results are settled. */
  next(): Task | undefined;
  /** Receives the results that finished in one turn of the event loop. An exception from it ends the run. */
  settle(performed: readonly Performed<Task>[]): void;
}

/** What workers need to know of a cell before they get its leases. */
export type RunCell = Pick<CellWork, 'sharedEntries' | 'code' | 'files'> & {
  readonly template?: Pick<CellWork['template'], 'experiment'>;
};

export interface RunnerOptions extends Omit<PoolOptions, 'teamEntries' | 'own'>, WatchOptions {
  /** the cells whose trials will be performed */
  readonly cells: Iterable<RunCell>;
  /** largest number of trials; undefined when it is not known */
  readonly trials?: number | undefined;
  /** makes another pool of workers, for tests */
  readonly pool?: ((options: PoolOptions) => LeasePool) | undefined;
}

/**
 * Starts workers under a watch, uses them, and ends them. When `use` rejects, the workers are ended at once, and this
 * promise rejects with the same error.
 */
export async function withRunner<T>(options: RunnerOptions, use: (runner: LeaseRunner) => Promise<T>): Promise<T> {
  const { control, cells, trials = Infinity } = options;
  const threads = threadsFor(cells, trials, options.workers);
  const pool = (options.pool ?? startPool)({ ...options, ...threads, own: ownOf(cells) });
  const watch = new Watch(options, pool);
  const runner: LeaseRunner = {
    budgetSpent: () => watch.budgetSpent,
    run: (source) => new Flight(source, { pool, control, workers: threads.workers }).over(),
  };
  try {
    const result = await use(runner).finally(() => {
      watch.end();
    });
    if (!watch.destroyed) await pool.close();
    return result;
  } catch (error) {
    await pool.destroy();
    throw error;
  }
}

/** What users' own experiments need in addition to settings; each part is listed once. */
function ownOf(cells: Iterable<RunCell>): OwnPartsOf[] {
  const own = new Map<string, OwnPartsOf>();
  for (const { code, files, template } of cells) {
    if ((code ?? files) !== undefined && template !== undefined)
      own.set(template.experiment, { experiment: template.experiment, code, files });
  }
  return [...own.values()];
}

export interface LeaseRunner {
  /** Whether the work was stopped because the time budget was spent. */
  readonly budgetSpent: () => boolean;
  /**
   * Resolves when nothing is in progress and the source has nothing left or the control says stop. Work that was
   * stopped before its end is not settled. Rejects when a worker has died. Only one source can run at a time.
   */
  readonly run: <Task extends LeaseTask>(source: LeaseSource<Task>) => Promise<void>;
}

/** One lease waits for each worker, so that no worker is idle while results are settled. */
const LEASES_PER_WORKER = 2;

type Crew = Pick<RunnerOptions, 'control' | 'workers'> & { readonly pool: LeasePool };

/** Hands out the leases of one source. */
class Flight<Task extends LeaseTask> {
  readonly #source: LeaseSource<Task>;
  readonly #crew: Crew;
  readonly #mostInFlight: number;
  #end: () => void = () => undefined;
  #inFlight = 0;
  /** the task that all workers will perform together when they are free, and whether they are performing such a task */
  #waiting: Task | undefined;
  #together = false;
  #performed: Performed<Task>[] = [];
  #scheduled = false;
  #crash: Error | undefined;

  constructor(source: LeaseSource<Task>, crew: Crew) {
    this.#source = source;
    this.#crew = crew;
    this.#mostInFlight = crew.workers * (source.perWorker ?? LEASES_PER_WORKER);
  }

  async over(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#end = resolve;
      this.#settle();
    });
    if (this.#crash !== undefined) throw this.#crash;
  }

  #handOut(): void {
    const { control } = this.#crew;
    while (this.#inFlight < this.#mostInFlight && control.level === StopLevel.none && this.#crash === undefined) {
      if (!this.#handOutOne()) return;
    }
  }

  // A lease for all workers waits until they are free. Nothing else is handed out until it is done.
  #handOutOne(): boolean {
    if (this.#together) return false;
    const task = this.#waiting ?? this.#source.next();
    if (task === undefined) return false;
    const workers = workersOn(task.lease, this.#crew.workers);
    this.#waiting = workers > 1 && this.#inFlight > 0 ? task : undefined;
    if (this.#waiting !== undefined) return false;
    this.#together = workers > 1;
    this.#dispatch(task, workers);
    return true;
  }

  #dispatch(task: Task, workers: number): void {
    this.#inFlight += 1;
    this.#crew.pool
      .run(task.lease)
      .then(
        (result) => {
          this.#performed.push({ task, result, workers });
        },
        (error: unknown) => {
          if (!this.#crew.control.cancelled) this.#crash ??= asError(error);
        },
      )
      .finally(() => {
        this.#inFlight -= 1;
        this.#together = false;
        this.#schedule();
      });
  }

  // Leases that finish in the same turn of the event loop are settled together, so that they share a transaction in the
  // store.
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#settle();
    });
  }

  #settle(): void {
    try {
      const performed = this.#performed.splice(0);
      if (performed.length > 0) this.#source.settle(performed);
      this.#handOut();
    } catch (error) {
      this.#crash ??= asError(error);
    }
    if (this.#crash !== undefined || this.#inFlight === 0) this.#end();
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
