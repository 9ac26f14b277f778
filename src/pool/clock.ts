/** The clock of a running study. Tests use a clock that they advance themselves. */
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
