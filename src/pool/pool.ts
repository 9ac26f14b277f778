/** The worker threads of a study. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { installed } from '../base/package.js';
import { shortageOf } from '../base/shortage.js';
import { refuse } from '../base/errors.js';
import { Barrier, patienceSlice } from './barrier.js';
import { systemClock, type Clock } from './clock.js';
import { despiteDeaf } from './deaf.js';
import type { StudyControl } from './control.js';
import { numberedLeases } from './leases.js';
import type { TrialLimits } from './limits.js';
import type { Lease, LeaseResult, NumberedLease, OwnPartsOf, WorkerSettings } from './protocol.js';
import { teamMemory, type TeamMemory } from './team.js';
import { Timekeeper } from './timekeeper.js';
import { MOST_WORKERS } from './workers.js';

export interface PoolOptions extends Pick<TrialLimits, 'trialSeconds'> {
  /** threads, 1 … 256 */
  readonly workers: number;
  readonly control: StudyControl;
  /** data that trials of users' own code need beside their settings */
  readonly own?: readonly OwnPartsOf[];
  /** entries n·d of the largest training set that all workers share; 0, the default: none is shared */
  readonly teamEntries?: number;
  /** time that such a trial waits for a worker that does not answer; default: PATIENCE_MILLISECONDS */
  readonly patienceMilliseconds?: number | undefined;
  /** the clock of time limits in this process; default: the system's */
  readonly clock?: Clock | undefined;
  /** the compiled worker; tests that run from source name the one in dist */
  readonly worker?: URL;
  /** the module with experiments and kernels, see laboratory.ts */
  readonly laboratory?: URL;
}

export interface LeasePool {
  /**
   * Rejects when the worker dies: the lease is lost then. A lease with `team` takes all workers, and must be the only
   * one. When one of the other workers dies during a trial, that trial fails. The promise also rejects when one of them
   * does not return.
   */
  run(lease: Lease): Promise<LeaseResult>;
  /** Waits for the leases in flight, then ends the threads. */
  close(): Promise<void>;
  /** Ends the threads at once; leases in flight reject. */
  destroy(): Promise<void>;
}

/** Throws `InputError` unless the number of workers is an integer from 1 to 256. */
export function requireWorkers(workers: number): void {
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS)
    refuse('--workers', `an integer from 1 to ${MOST_WORKERS}`, workers);
}

export type MakePool = (options: PoolOptions) => LeasePool;

let make: MakePool = startThreads;

/** Throws `InputError` unless the number of workers is an integer from 1 to 256. */
export function startPool(options: PoolOptions): LeasePool {
  requireWorkers(options.workers);
  return make(options);
}

/** For tests: replaces the maker of threads until the returned function is called. */
export function replacePools(other: MakePool): () => void {
  make = other;
  return () => {
    make = startThreads;
  };
}

type Threads = Piscina<NumberedLease | number, LeaseResult>;

function startThreads(options: PoolOptions): LeasePool {
  const { workers, control, teamEntries = 0, patienceMilliseconds, trialSeconds, clock = systemClock } = options;
  // A single worker needs no shared memory.
  const team = workers > 1 && teamEntries > 0 ? availableTeamMemory(teamEntries, patienceMilliseconds) : undefined;
  const threads = threadsOf(options, team);
  const timekeeper = trialSeconds === undefined ? undefined : new Timekeeper(control, trialSeconds, clock);
  const numbered = numberedLeases(control, timekeeper);
  return {
    run: (lease) => {
      if (lease.own === true && trialSeconds !== undefined) {
        return despiteDeaf(lease, trialSeconds, (own) =>
          numbered(own, (number, deaf) => untilDeaf(threads, { ...own, number }, deaf)),
        );
      }
      return numbered(lease, (number) =>
        lease.team === true && team !== undefined
          ? together(threads, team, { ...lease, number }, workers)
          : alone(threads, { ...lease, number }),
      );
    },
    close: async () => {
      await threads.close();
      timekeeper?.end();
    },
    destroy: async () => {
      timekeeper?.end();
      await threads.destroy();
    },
  };
}

/** A thread loads built modules. */
const built = (file: string): URL => pathToFileURL(installed(`dist/pool/${file}`));

function threadsOf(options: PoolOptions, team: TeamMemory | undefined): Threads {
  const { workers, control, worker, laboratory, own, trialSeconds } = options;
  const workerData: WorkerSettings = {
    control: control.buffer,
    team,
    trialSeconds,
    own,
    laboratory: (laboratory ?? built('laboratory.js')).href,
  };
  const filename = (worker ?? built('worker.js')).href;
  const threads: Threads = new Piscina({
    filename,
    workerData,
    minThreads: workers,
    maxThreads: workers,
    recordTiming: false,
  });
  // A thread that dies between leases loses no results and is replaced.
  threads.on('error', () => undefined);
  return threads;
}

async function alone(threads: Threads, lease: NumberedLease): Promise<LeaseResult> {
  try {
    return await threads.run(lease);
  } catch (error) {
    throw brokenLease(lease, error);
  }
}

/** Undefined when the worker was ended because its trial did not poll its word. */
async function untilDeaf(threads: Threads, lease: NumberedLease, deaf: AbortSignal): Promise<LeaseResult | undefined> {
  try {
    return await threads.run(lease, { signal: deaf });
  } catch (error) {
    if (deaf.aborted) return undefined;
    throw brokenLease(lease, error);
  }
}

function together(threads: Threads, memory: TeamMemory, lease: NumberedLease, workers: number): Promise<LeaseResult> {
  const help = (): Promise<unknown> => threads.run(lease.number, { name: 'help' });
  return runTogether(
    memory,
    () => alone(threads, lease),
    Array.from({ length: workers - 1 }, () => help),
  );
}

/** Undefined where the memory is not available: then one worker tries alone, and its trial reports the shortage. */
function availableTeamMemory(entries: number, patienceMilliseconds: number | undefined): TeamMemory | undefined {
  try {
    return teamMemory(entries, patienceMilliseconds);
  } catch (error) {
    if (shortageOf(error) === undefined) throw error;
    return undefined;
  }
}

/** A lease with helpers. They join before it begins or while it runs, and leave when it is over. */
async function runTogether<T>(
  memory: TeamMemory,
  lead: () => Promise<T>,
  helpers: readonly (() => Promise<unknown>)[],
): Promise<T> {
  const barrier = new Barrier(memory.words, memory);
  barrier.reset();
  const led = lead();
  // When a helper dies, the trial itself reports it.
  const helped = Promise.all(helpers.map((help) => help().catch(() => undefined)));
  try {
    return await led;
  } finally {
    barrier.end();
    await allBack(barrier, helped, memory.patienceMilliseconds);
  }
}

/**
 * Waits until all helpers are back. A worker inside a part may still write to the shared memory; patience is spent only
 * while one is inside.
 */
async function allBack(barrier: Barrier, helped: Promise<unknown>, patience: number): Promise<void> {
  const slice = patienceSlice(patience);
  const back = helped.then(() => true);
  for (
    let left = patience;
    !(await Promise.race([back, sleep(slice, false, { ref: false })]));
    left = barrier.inside === 0 ? patience : left - slice
  ) {
    if (left <= 0)
      throw new Error(
        `a worker that helped with a trial did not come back within ${patience / 1000} s; the same command continues in new threads`,
      );
  }
}

function brokenLease({ experiment, first, count }: Lease, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error(`a worker broke on ${experiment}, trials ${first} to ${first + count - 1} of a cell: ${message}`, {
    cause,
  });
}
