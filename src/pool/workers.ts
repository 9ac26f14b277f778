/** How many workers a pool may have. */
import { availableParallelism } from 'node:os';

export const MOST_WORKERS = 256;

/** As many workers as the machine runs at once. */
export function defaultWorkers(): number {
  return Math.min(availableParallelism(), MOST_WORKERS);
}
