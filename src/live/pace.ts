/** Work that may take only a share of one processor core: after each piece it rests. */
import { systemClock } from '../pool/clock.js';

export interface PaceLimits {
  /** the share of a core on average; read after each piece */
  readonly share: () => number;
  /** least seconds from the end of a piece to the next one */
  readonly leastRest: number;
}

export class Pace {
  readonly #limits: PaceLimits;
  #next = -Infinity;

  constructor(limits: PaceLimits) {
    this.#limits = limits;
  }

  get due(): boolean {
    return systemClock.now() >= this.#next;
  }

  /** Performs a piece of work, measures its processor time, and sets the time of the next piece. */
  async spend(work: () => void | Promise<void>): Promise<void> {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    this.#next = systemClock.now() + Math.max(this.#limits.leastRest, (user + system) / 1e6 / this.#limits.share());
  }

  /** The next piece is due at once. */
  hurry(): void {
    this.#next = -Infinity;
  }
}
