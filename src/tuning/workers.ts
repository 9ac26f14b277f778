/** Measuring how many worker threads finish most trials: threads that share a core may gain nothing. */
import type { LeasePool } from '../pool/pool.js';
import type { Lease } from '../pool/protocol.js';

/** Trials per second of so many workers. */
export interface Throughput {
  readonly workers: number;
  readonly trialsPerSecond: number;
}

/** Trials of each worker at least: fewer say nothing. */
const LEAST_TRIALS = 5;

/** More workers must gain this much over fewer: each takes memory. */
const LEAST_GAIN = 1.03;

/** All cores, and half of them, a quarter, …: hardware threads come in twos and fours. */
export function workerCandidates(cores: number): number[] {
  return [...new Set([cores, Math.ceil(cores / 2), Math.ceil(cores / 4)])].filter((workers) => workers >= 1);
}

/** Leases of one trial each on every worker, until the time is up and each has done a few. */
export async function measureWorkers(
  workers: number,
  open: (workers: number) => LeasePool,
  lease: Omit<Lease, 'first' | 'count'>,
  seconds: number,
  clock: () => number,
): Promise<Throughput> {
  const pool = open(workers);
  try {
    // The threads are there, and have their kernels, before the clock runs.
    await Promise.all(Array.from({ length: workers }, (_, first) => pool.run({ ...lease, first, count: 1 })));
    const begin = clock();
    let done = 0;
    const lane = async (_: unknown, first: number): Promise<void> => {
      for (let own = 0; own < LEAST_TRIALS || clock() - begin < seconds; own++, done++)
        await pool.run({ ...lease, first, count: 1 });
    };
    await Promise.all(Array.from({ length: workers }, lane));
    return { workers, trialsPerSecond: done / (clock() - begin) };
  } finally {
    await pool.close();
  }
}

/** The fewest workers that nothing beats by more than a little. */
export function bestWorkers(measured: readonly Throughput[]): number {
  const most = Math.max(...measured.map(({ trialsPerSecond }) => trialsPerSecond));
  const enough = measured.filter(({ trialsPerSecond }) => trialsPerSecond * LEAST_GAIN >= most);
  return Math.min(...enough.map(({ workers }) => workers));
}
