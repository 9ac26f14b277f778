/** Which trials all workers perform together. */
import { partitionCount } from '../core/kernels/partitions.js';
import type { Experiment, Settings } from '../experiments/spec.js';

/**
 * The entries n·d of a trial's training set when all workers share it, which is cut into partitions then, else 0: a function of
 * its settings, as the cutting is. n and d are the words of every grid that has training sets; other trials have a worker each.
 */
export function sharedEntries({ shares }: Pick<Experiment, 'shares'>, settings: Settings, partitions?: number): number {
  const { n, d } = settings;
  if (typeof n !== 'number' || typeof d !== 'number' || shares?.(settings) === false) return 0;
  return partitionCount(n, d, partitions) > 1 ? n * d : 0;
}
