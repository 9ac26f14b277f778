/** The worker threads of a study. */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { refuse } from '../core/errors.js';
import type { StudyControl } from './control.js';
import type { Lease, LeaseResult, WorkerSettings } from './protocol.js';

export const MOST_WORKERS = 256;

export interface PoolOptions {
  /** threads, 1 … 256 */
  readonly workers: number;
  readonly control: StudyControl;
  /** the compiled worker; tests that run from source name the one in dist */
  readonly worker?: URL;
  /** the module with experiments and kernels, see laboratory.ts */
  readonly laboratory?: URL;
}

export interface LeasePool {
  /** Rejects when the worker dies: the lease is lost then. */
  run(lease: Lease): Promise<LeaseResult>;
  /** Waits for the leases in flight, then ends the threads. */
  close(): Promise<void>;
  /** Ends the threads at once; leases in flight reject. */
  destroy(): Promise<void>;
}

/** As many workers as the machine runs at once. */
export function defaultWorkers(): number {
  return Math.min(availableParallelism(), MOST_WORKERS);
}

/** Throws `InputError` unless the number of workers is an integer from 1 to 256. */
export function requireWorkers(workers: number): void {
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) refuse('--workers', `an integer from 1 to ${MOST_WORKERS}`, workers);
}

export function startPool({ workers, control, worker, laboratory }: PoolOptions): LeasePool {
  requireWorkers(workers);
  const workerData: WorkerSettings = {
    control: control.buffer,
    laboratory: (laboratory ?? new URL('./laboratory.js', import.meta.url)).href,
  };
  const filename = (worker ?? new URL('./worker.js', import.meta.url)).href;
  const threads = new Piscina<Lease, LeaseResult>({
    filename,
    workerData,
    minThreads: workers,
    maxThreads: workers,
    recordTiming: false,
  });
  // A thread that dies between leases takes nothing with it and is replaced.
  threads.on('error', () => undefined);
  return {
    run: async (lease) => {
      try {
        return await threads.run(lease);
      } catch (error) {
        throw brokenLease(lease, error);
      }
    },
    close: () => threads.close(),
    destroy: () => threads.destroy(),
  };
}

function brokenLease({ experiment, first, count }: Lease, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error(`a worker broke on ${experiment}, trials ${first} to ${first + count - 1} of a cell: ${message}`, { cause });
}
