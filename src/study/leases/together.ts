/**
 * Decides which trials all workers perform together, and what follows for leases and threads. The rule is only in this
 * file.
 */
import { partitionCount } from '../../core/kernels/partitions.js';
import type { Experiment } from '../../experiments/spec.js';
import type { Settings } from '../../settings/types.js';
import type { Lease } from '../../pool/protocol.js';

/**
 * The number of entries n·d of a trial's training set when all workers share it; the training set is then cut into
 * partitions. Otherwise 0, and one worker performs the trial. The value is a function of the trial's settings, as the
 * partitions are. Every grid with training sets calls its settings n and d.
 */
export function sharedEntries({ shares }: Pick<Experiment, 'shares'>, settings: Settings, partitions?: number): number {
  const { n, d } = settings;
  if (typeof n !== 'number' || typeof d !== 'number' || shares?.(settings) === false) return 0;
  return partitionCount(n, d, partitions) > 1 ? n * d : 0;
}

/** How many of the workers perform a lease together. */
export function workersOn({ team }: Pick<Lease, 'team'>, workers: number): number {
  return team === true ? workers : 1;
}

/**
 * The number of threads for trials of these cells, and the size of the memory that the threads share. There are no more
 * threads than trials, but all threads when one trial uses all of them.
 */
export function threadsFor(cells: Iterable<{ readonly sharedEntries: number }>, trials: number, workers: number) {
  let teamEntries = 0;
  for (const cell of cells) teamEntries = Math.max(teamEntries, cell.sharedEntries);
  return { workers: teamEntries > 0 ? workers : Math.min(workers, trials), teamEntries };
}
