/** Which trials all workers perform together. */
import { partitionCount } from '../core/kernels/partitions.js';
import type { Settings } from '../experiments/spec.js';

/**
 * The entries n·d of a trial's training set when that is cut into partitions, else 0: a function of its settings, as the
 * cutting is. n and d are the words of every grid that has training sets; other trials have a worker each.
 */
export function sharedEntries({ n, d }: Settings, partitions?: number): number {
  if (typeof n !== 'number' || typeof d !== 'number') return 0;
  return partitionCount(n, d, partitions) > 1 ? n * d : 0;
}
