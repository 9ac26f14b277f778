/** Cuts trials that run longer than they may. */
import { performance } from 'node:perf_hooks';
import type { LeaseWords, StudyControl } from './control.js';

const TICK_MILLISECONDS = 100;
/** Between two ticks no more than this counts: a process that stands still (Ctrl-Z) takes nothing from its trials. */
const LONGEST_TICK_SECONDS = 1;

export class Timekeeper {
  readonly #control: StudyControl;
  readonly #limit: number;
  readonly #leases = new Map<LeaseWords, { trial: number | undefined; seconds: number }>();
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();

  /** Every trial may take so many seconds. */
  constructor(control: StudyControl, limit: number) {
    this.#control = control;
    this.#limit = limit;
    this.#timer = setInterval(() => { this.#tick(); }, TICK_MILLISECONDS).unref();
  }

  watch(lease: LeaseWords): void {
    this.#leases.set(lease, { trial: undefined, seconds: 0 });
  }

  forget(lease: LeaseWords): void {
    this.#leases.delete(lease);
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    const elapsed = (now - this.#last) / 1000;
    const passed = Math.min(LONGEST_TICK_SECONDS, elapsed);
    this.#control.standStill(elapsed - passed);
    this.#last = now;
    for (const [lease, seen] of this.#leases) {
      const trial = lease.running;
      seen.seconds = trial !== undefined && trial === seen.trial ? seen.seconds + passed : 0;
      seen.trial = trial;
      if (seen.seconds >= this.#limit) lease.cut();
    }
  }
}
