/** Stops trials that run longer than allowed. */
import type { Clock } from './clock.js';
import type { LeaseWords, StudyControl } from './control.js';

const TICK_SECONDS = 0.1;
/** Between two ticks at most this much counts, so that a suspended process (Ctrl-Z) costs its trials no time. */
const LONGEST_TICK_SECONDS = 1;
/** A trial counts as deaf this long after its word was set; a trial that polls has ended by then. */
const DEAF_SECONDS = 2;

export class Timekeeper {
  readonly #control: StudyControl;
  readonly #limit: number;
  readonly #leases = new Map<LeaseWords, { trial: number | undefined; seconds: number; readonly onDeaf: () => void }>();
  readonly #clock: Clock;
  readonly #stop: () => void;
  #last: number;

  /** Limits every trial to a number of seconds. */
  constructor(control: StudyControl, limit: number, clock: Clock) {
    this.#control = control;
    this.#limit = limit;
    this.#clock = clock;
    this.#last = clock.now();
    this.#stop = clock.every(TICK_SECONDS, () => {
      this.#tick();
    });
  }

  /** `onDeaf`: called when a trial continues long after its word was set. */
  watch(lease: LeaseWords, onDeaf: () => void = () => undefined): void {
    this.#leases.set(lease, { trial: undefined, seconds: 0, onDeaf });
  }

  forget(lease: LeaseWords): void {
    this.#leases.delete(lease);
  }

  end(): void {
    this.#stop();
  }

  #tick(): void {
    const now = this.#clock.now();
    const elapsed = now - this.#last;
    const passed = Math.min(LONGEST_TICK_SECONDS, elapsed);
    this.#control.standStill(elapsed - passed);
    this.#last = now;
    for (const [lease, seen] of this.#leases) {
      const trial = lease.running;
      seen.seconds = trial !== undefined && trial === seen.trial ? seen.seconds + passed : 0;
      seen.trial = trial;
      if (seen.seconds >= this.#limit) lease.cut();
      if (seen.seconds >= this.#limit + DEAF_SECONDS) seen.onDeaf();
    }
  }
}
