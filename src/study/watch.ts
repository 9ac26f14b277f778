/** The clock of a running study: progress, budget, and threads that do not stop when told to. */
import { performance } from 'node:perf_hooks';
import { StopLevel, type StudyControl } from '../pool/control.js';
import type { LeasePool } from '../pool/pool.js';
import type { ExperimentProgress } from './track.js';

const TICK_MILLISECONDS = 100;
/** How long running trials may go on when the budget is spent. */
export const BUDGET_GRACE_SECONDS = 5;
/** How long a trial that does not poll the cancel word is waited for. */
const ABANDON_GRACE_SECONDS = 3;

export interface WatchOptions {
  readonly control: StudyControl;
  readonly budgetSeconds?: number;
  /** how long running trials may go on when the budget is spent; default: BUDGET_GRACE_SECONDS */
  readonly graceSeconds?: number;
  readonly onProgress?: (progress: readonly ExperimentProgress[]) => void;
}

export class Watch {
  budgetSpent = false;
  destroyed = false;
  readonly #options: WatchOptions;
  readonly #pool: LeasePool;
  readonly #progress: () => readonly ExperimentProgress[];
  readonly #begin = performance.now();
  readonly #timer: NodeJS.Timeout;
  #abandonedAt: number | undefined;

  constructor(options: WatchOptions, pool: LeasePool, progress: () => readonly ExperimentProgress[]) {
    this.#options = options;
    this.#pool = pool;
    this.#progress = progress;
    this.#timer = setInterval(() => { this.#tick(); }, TICK_MILLISECONDS);
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const seconds = (performance.now() - this.#begin) / 1000;
    this.#watchBudget(seconds);
    this.#watchAbandoned(seconds);
    this.#options.onProgress?.(this.#progress());
  }

  #watchBudget(seconds: number): void {
    const { budgetSeconds = Infinity, graceSeconds = BUDGET_GRACE_SECONDS, control } = this.#options;
    if (seconds < budgetSeconds) return;
    if (control.level === StopLevel.none) {
      this.budgetSpent = true;
      control.stop();
    }
    if (this.budgetSpent && control.level === StopLevel.finish && seconds > budgetSeconds + graceSeconds) control.stopNow();
  }

  #watchAbandoned(seconds: number): void {
    if (this.#options.control.level !== StopLevel.abandon || this.destroyed) return;
    this.#abandonedAt ??= seconds;
    if (seconds < this.#abandonedAt + ABANDON_GRACE_SECONDS) return;
    this.destroyed = true;
    void this.#pool.destroy();
  }
}

/** Uses a pool under a watch, then ends its threads. Rejects as `use` does. */
export async function underWatch(pool: LeasePool, watch: Watch, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } catch (error) {
    await pool.destroy();
    throw error;
  } finally {
    watch.end();
  }
  if (!watch.destroyed) await pool.close();
}
