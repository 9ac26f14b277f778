/** Measures which number of worker threads finishes most trials, as threads that share a core may gain nothing. */
import type { LeasePool } from '../pool/pool.js';
import type { Lease } from '../pool/protocol.js';

/** Trials per second of a number of workers. */
export interface Throughput {
  readonly workers: number;
  readonly trialsPerSecond: number;
}

/** Least trials of each worker; fewer are not informative. */
const LEAST_TRIALS = 5;

/** The least gain of more workers over fewer, as each takes memory. */
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
    // The threads are started, and have loaded their kernels, before the clock starts.
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

/** The least number of workers that no other number beats by more than the least gain. */
export function bestWorkers(measured: readonly Throughput[]): number {
  const most = Math.max(...measured.map(({ trialsPerSecond }) => trialsPerSecond));
  const enough = measured.filter(({ trialsPerSecond }) => trialsPerSecond * LEAST_GAIN >= most);
  return Math.min(...enough.map(({ workers }) => workers));
}
