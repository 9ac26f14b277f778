/**
 * The words that the coordinator and its workers share: whether to continue, and for each lease in flight the words
 * that its trials poll.
 */
import type { Lease } from './protocol.js';

/** `finish`: begin no new trial; `abandon`: also interrupt the running ones. */
export const StopLevel = { none: 0, finish: 1, abandon: 2 } as const;
export type StopLevel = (typeof StopLevel)[keyof typeof StopLevel];

/** Two leases for each of the largest number of workers: one runs, one waits. */
export const MOST_LEASES = 512;
/** The level and each lease have a cache line of their own: every trial writes there. */
const LINE = 16;
const LINE_BYTES = LINE * Int32Array.BYTES_PER_ELEMENT;

/** A lease in flight. */
export interface LeaseInHand extends Pick<Lease, 'experiment' | 'key' | 'first' | 'count'> {
  /** the trial that a worker performs at this moment; absent where the lease waits, or between two trials */
  readonly running?: number;
}

export class StudyControl {
  readonly buffer: SharedArrayBuffer;
  /** the leases in flight by their numbers; known to the coordinator alone */
  readonly #inFlight = new Map<number, Lease>();
  readonly #level: Int32Array;
  /** tenths of seconds */
  readonly #standstill: Int32Array;

  /** Makes a new control or, in a worker, a view of the coordinator's control. */
  constructor(buffer = new SharedArrayBuffer((1 + MOST_LEASES) * LINE_BYTES)) {
    this.buffer = buffer;
    this.#level = new Int32Array(buffer, 0, 1);
    this.#standstill = new Int32Array(buffer, Int32Array.BYTES_PER_ELEMENT, 1);
  }

  get level(): StopLevel {
    return Atomics.load(this.#level, 0) as StopLevel;
  }

  get cancelled(): boolean {
    return this.level === StopLevel.abandon;
  }

  /** Seconds in which the process was suspended: they do not count for limits. */
  get standstill(): number {
    return Atomics.load(this.#standstill, 0) / 10;
  }

  /** Adds seconds, rounded down to tenths. */
  standStill(seconds: number): void {
    Atomics.add(this.#standstill, 0, Math.floor(10 * seconds));
  }

  /** The words of the lease with this number, 0 … MOST_LEASES − 1. */
  lease(number: number): LeaseWords {
    return new LeaseWords(this.buffer, (1 + number) * LINE_BYTES);
  }

  /** Gives a lease its words until `release`. */
  take(number: number, lease: Lease): LeaseWords {
    const words = this.lease(number);
    words.reset();
    this.#inFlight.set(number, lease);
    return words;
  }

  release(number: number): void {
    this.#inFlight.delete(number);
  }

  /** What the workers compute now, and what waits for them. */
  get inHand(): LeaseInHand[] {
    return Array.from(this.#inFlight, ([number, { experiment, key, first, count }]) => {
      const turn = this.lease(number).running;
      // A trial that was interrupted by the time of another one is begun again, so that turns can exceed the trials.
      const running = turn === undefined ? {} : { running: first + Math.min(count - 1, (turn - 1) / 2) };
      return { experiment, key, first, count, ...running };
    });
  }

  /** Running trials end and are kept; no new one begins. */
  stop(): void {
    Atomics.compareExchange(this.#level, 0, StopLevel.none, StopLevel.finish);
  }

  /** Running trials are interrupted and not kept. */
  stopNow(): void {
    // The level is set first: a trial that begins now clears its word and reads the level after that.
    Atomics.store(this.#level, 0, StopLevel.abandon);
    for (let number = 0; number < MOST_LEASES; number++) this.lease(number).cut();
  }

  /** What Ctrl-C does: the first time `stop`, the second time `stopNow`. */
  interrupt(): void {
    if (this.level === StopLevel.none) this.stop();
    else this.stopNow();
  }
}

/** The words that the trials of one lease in flight share with the coordinator. */
export class LeaseWords {
  /** The word that kernels poll: not 0 when the running trial should stop. */
  readonly cancel: Int32Array;
  /** odd while a trial is running, and another number for each */
  readonly #turn: Int32Array;

  constructor(buffer: SharedArrayBuffer, byteOffset: number) {
    this.cancel = new Int32Array(buffer, byteOffset, 1);
    this.#turn = new Int32Array(buffer, byteOffset + Int32Array.BYTES_PER_ELEMENT, 1);
  }

  /** Clears the state of the previous lease, whose worker may have died. */
  reset(): void {
    Atomics.store(this.cancel, 0, 0);
    Atomics.store(this.#turn, 0, 0);
  }

  beginTrial(): void {
    Atomics.store(this.cancel, 0, 0);
    Atomics.add(this.#turn, 0, 1);
  }

  endTrial(): void {
    Atomics.add(this.#turn, 0, 1);
  }

  /** The number of the running trial in the lease; undefined between trials. */
  get running(): number | undefined {
    const turn = Atomics.load(this.#turn, 0);
    return turn % 2 === 0 ? undefined : turn;
  }

  get isCut(): boolean {
    return Atomics.load(this.cancel, 0) !== 0;
  }

  /** Interrupts the running trial; a trial that begins at this moment may be interrupted too. */
  cut(): void {
    Atomics.store(this.cancel, 0, 1);
  }
}
