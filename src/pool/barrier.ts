/**
 * How a leader and its helpers work on one job at a time, through a few shared words and without messages.
 *
 * The leader opens a job, all members claim parts until none is left, and the leader closes it. After that no helper
 * enters, and when those inside have left, every part is done. A helper announces that it is inside before it checks
 * whether the job is open, and the leader closes the job before it checks which helpers are inside. So one of the two
 * always sees the other.
 */
import { systemClock, type Clock } from './clock.js';

const TURN = 0;
const NEXT = 1;
const INSIDE = 2;
const OVER = 3;
const FAILED = 4;
export const BARRIER_WORDS = 16;

/**
 * Spins of about ten microseconds: the time between two iterations of a descent is as short, and waking a thread takes
 * longer.
 */
const SPINS = 2000;
/** A sleeping helper wakes after this time to check. */
const NAP_MILLISECONDS = 100;
/**
 * The patience is divided into this many slices of at most a second: while the process is suspended (Ctrl-Z) at most
 * one of them passes.
 */
const FEWEST_SLICES = 10;
const LONGEST_SLICE_MILLISECONDS = 1000;

export interface BarrierOptions {
  /** how long the leader waits for a helper that does not leave; a part takes milliseconds */
  readonly patienceMilliseconds: number;
  /** the clock of patience; default: the system's */
  readonly clock?: Pick<Clock, 'now'>;
}

/** Thrown to the leader when a helper does not finish its part. */
export class HelperLost extends Error {
  override readonly name = 'HelperLost';
  constructor(seconds: number) {
    super(
      `a worker that helped with this trial did not finish its part within ${seconds} s: it has died, or the machine stands still`,
    );
  }
}

/** The length of one wait, for a given patience. */
export function patienceSlice(patienceMilliseconds: number): number {
  return Math.min(LONGEST_SLICE_MILLISECONDS, patienceMilliseconds / FEWEST_SLICES);
}

export class Barrier {
  readonly #words: Int32Array;
  readonly #patience: number;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(buffer: SharedArrayBuffer, { patienceMilliseconds, clock = systemClock }: BarrierOptions) {
    this.#words = new Int32Array(buffer, 0, BARRIER_WORDS);
    this.#patience = patienceMilliseconds;
    this.#clock = clock;
  }

  /** How many helpers may be working on a part. */
  get inside(): number {
    return Atomics.load(this.#words, INSIDE);
  }

  /** Called before the first job, when no helper is inside: clears the state that a dead helper left. */
  reset(): void {
    this.#words.fill(0);
  }

  /** Called after the last job: helpers return. */
  end(): void {
    Atomics.store(this.#words, OVER, 1);
    // Adding two keeps an open turn open and a closed one closed, and wakes all sleepers.
    Atomics.add(this.#words, TURN, 2);
    Atomics.notify(this.#words, TURN);
  }

  /** The leader's side: does its share of `parts` parts and returns when all are done. */
  lead(parts: number, work: (part: number) => void): void {
    Atomics.store(this.#words, NEXT, 0);
    Atomics.store(this.#words, FAILED, 0);
    this.#turn();
    try {
      this.#workOn(parts, work);
    } finally {
      this.#turn();
      this.#waitUntilEmpty();
    }
    if (Atomics.load(this.#words, FAILED) === 0) return;
    // A part that failed in a helper fails here too, and is then the leader's own error.
    for (let part = 0; part < parts; part++) work(part);
  }

  /**
   * A helper's side: works on every job until `end`. `enter` reads the job and returns its number of parts and the
   * work.
   */
  help(enter: () => { readonly parts: number; readonly work: (part: number) => void }): void {
    let finished = -1;
    while (Atomics.load(this.#words, OVER) === 0) {
      const turn = Atomics.load(this.#words, TURN);
      if (isOpen(turn) && turn !== finished) finished = this.#join(turn, enter);
      else this.#sleep(turn);
    }
  }

  #join(turn: number, enter: () => { readonly parts: number; readonly work: (part: number) => void }): number {
    Atomics.add(this.#words, INSIDE, 1);
    try {
      if (Atomics.load(this.#words, TURN) !== turn) return -1;
      const { parts, work } = enter();
      this.#workOn(parts, work);
    } catch {
      Atomics.store(this.#words, FAILED, 1);
    } finally {
      Atomics.sub(this.#words, INSIDE, 1);
      Atomics.notify(this.#words, INSIDE);
    }
    return turn;
  }

  #workOn(parts: number, work: (part: number) => void): void {
    for (let part = Atomics.add(this.#words, NEXT, 1); part < parts; part = Atomics.add(this.#words, NEXT, 1))
      work(part);
  }

  #turn(): void {
    Atomics.add(this.#words, TURN, 1);
    Atomics.notify(this.#words, TURN);
  }

  #sleep(turn: number): void {
    for (let i = 0; i < SPINS; i++) if (Atomics.load(this.#words, TURN) !== turn) return;
    Atomics.wait(this.#words, TURN, turn, NAP_MILLISECONDS);
  }

  #waitUntilEmpty(): void {
    for (let i = 0; i < SPINS; i++) if (this.inside === 0) return;
    const slice = patienceSlice(this.#patience);
    let left = this.#patience;
    for (let inside = this.inside; inside !== 0; inside = this.inside) {
      if (left <= 0) throw new HelperLost(this.#patience / 1000);
      const begin = this.#clock.now();
      Atomics.wait(this.#words, INSIDE, inside, slice);
      left -= Math.min(slice, 1000 * (this.#clock.now() - begin));
    }
  }
}

function isOpen(turn: number): boolean {
  return turn % 2 !== 0;
}
