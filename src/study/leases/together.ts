/** Which trials all workers perform together, and what follows for leases and threads: the rule stands here alone. */
import { partitionCount } from '../../core/kernels/partitions.js';
import type { Experiment } from '../../experiments/spec.js';
import type { Settings } from '../../settings/types.js';
import type { Lease } from '../../pool/protocol.js';

/**
 * The entries n·d of a trial's training set when all workers share it, which is cut into partitions then, else 0: a
 * function of its settings, as the cutting is. n and d are the words of every grid that has training sets; other trials
 * have a worker each.
 */
export function sharedEntries({ shares }: Pick<Experiment, 'shares'>, settings: Settings, partitions?: number): number {
  const { n, d } = settings;
  if (typeof n !== 'number' || typeof d !== 'number' || shares?.(settings) === false) return 0;
  return partitionCount(n, d, partitions) > 1 ? n * d : 0;
}

/** Of so many workers, those that perform a lease together. */
export function workersOn({ team }: Pick<Lease, 'team'>, workers: number): number {
  return team === true ? workers : 1;
}

/**
 * The threads for trials of such cells: no more than trials, but all where one trial takes all; and the memory that
 * they share.
 */
export function threadsFor(cells: Iterable<{ readonly sharedEntries: number }>, trials: number, workers: number) {
  let teamEntries = 0;
  for (const cell of cells) teamEntries = Math.max(teamEntries, cell.sharedEntries);
  return { workers: teamEntries > 0 ? workers : Math.min(workers, trials), teamEntries };
}
