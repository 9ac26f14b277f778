/** Leases in flight and their words. */
import { MOST_LEASES, type StudyControl } from './control.js';
import type { Lease } from './protocol.js';
import type { Timekeeper } from './timekeeper.js';

/** Gives each lease in flight words of its own, and has the timekeeper watch them. */
export function numberedLeases(control: StudyControl, timekeeper: Timekeeper | undefined) {
  const free = Array.from({ length: MOST_LEASES }, (_, number) => number);
  return async <T>(lease: Lease, run: (number: number, deaf: AbortSignal) => Promise<T>): Promise<T> => {
    const number = free.pop();
    if (number === undefined) throw new Error(`at most ${MOST_LEASES} leases may be in flight`);
    const words = control.take(number, lease);
    const deaf = new AbortController();
    timekeeper?.watch(words, () => {
      deaf.abort();
    });
    try {
      return await run(number, deaf.signal);
    } finally {
      timekeeper?.forget(words);
      control.release(number);
      free.push(number);
    }
  };
}
