/**
 * The timer of running workers: it reports progress, checks the budget, and ends threads that do not stop when told to.
 */
import { systemClock, type Clock } from '../../pool/clock.js';
import { StopLevel, type StudyControl } from '../../pool/control.js';
import type { LeasePool } from '../../pool/pool.js';

const TICK_SECONDS = 0.1;
/** Seconds that running trials may continue after the budget is spent. */
export const BUDGET_GRACE_SECONDS = 5;
/** Seconds to wait for a trial that does not poll the cancel word. */
const ABANDON_GRACE_SECONDS = 3;

export interface WatchOptions {
  readonly control: StudyControl;
  readonly budgetSeconds?: number | undefined;
  /** seconds that running trials may continue after the budget is spent; default: BUDGET_GRACE_SECONDS */
  readonly graceSeconds?: number;
  /** called ten times a second */
  readonly onTick?: (() => void) | undefined;
  /** default: the system's */
  readonly clock?: Clock | undefined;
}

export class Watch {
  budgetSpent = false;
  destroyed = false;
  readonly #options: WatchOptions;
  readonly #pool: Pick<LeasePool, 'destroy'>;
  readonly #clock: Clock;
  readonly #begin: number;
  readonly #stop: () => void;
  #abandonedAt: number | undefined;

  constructor(options: WatchOptions, pool: Pick<LeasePool, 'destroy'>) {
    this.#options = options;
    this.#pool = pool;
    this.#clock = options.clock ?? systemClock;
    this.#begin = this.#clock.now();
    this.#stop = this.#clock.every(TICK_SECONDS, () => {
      this.#tick();
    });
  }

  end(): void {
    this.#stop();
  }

  #tick(): void {
    const seconds = this.#clock.now() - this.#begin;
    this.#watchBudget(seconds);
    this.#watchAbandoned(seconds);
    this.#options.onTick?.();
  }

  #watchBudget(seconds: number): void {
    const { budgetSeconds = Infinity, graceSeconds = BUDGET_GRACE_SECONDS, control } = this.#options;
    if (seconds < budgetSeconds) return;
    if (control.level === StopLevel.none) {
      this.budgetSpent = true;
      control.stop();
    }
    if (this.budgetSpent && control.level === StopLevel.finish && seconds > budgetSeconds + graceSeconds)
      control.stopNow();
  }

  #watchAbandoned(seconds: number): void {
    if (this.#options.control.level !== StopLevel.abandon || this.destroyed) return;
    this.#abandonedAt ??= seconds;
    if (seconds < this.#abandonedAt + ABANDON_GRACE_SECONDS) return;
    this.destroyed = true;
    void this.#pool.destroy();
  }
}
