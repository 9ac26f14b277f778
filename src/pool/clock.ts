/** The time that a running study goes by. Tests bring a clock of their own, which they move. */
import { performance } from 'node:perf_hooks';

export interface Clock {
  /** seconds since some moment; never goes back */
  readonly now: () => number;
  /** Calls `tick` every so many seconds, until the function that it returns is called. */
  readonly every: (seconds: number, tick: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => performance.now() / 1000,
  every: (seconds, tick) => {
    const timer = setInterval(tick, 1000 * seconds);
    return () => {
      clearInterval(timer);
    };
  },
};
