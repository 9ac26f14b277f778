/** Keeps the workers supplied with leases and stores what they finish. */
import { systemClock, type Clock } from '../pool/clock.js';
import { StopLevel, type StudyControl } from '../pool/control.js';
import type { LeasePool } from '../pool/pool.js';
import type { LeaseResult } from '../pool/protocol.js';
import type { Origin } from '../store/origin.js';
import type { Batch, StudyWriter } from '../store/writer.js';
import { leaseSeconds, type Slice } from './plan.js';
import { rowsOf } from './rows.js';
import type { ExperimentTrack, TrackedCell } from './track.js';

interface Handed {
  readonly track: ExperimentTrack;
  readonly slice: Slice<TrackedCell>;
}

interface Finished extends Handed {
  readonly result: LeaseResult;
}

export interface CoordinatorOptions {
  readonly store: StudyWriter;
  readonly workers: number;
  readonly control: StudyControl;
  /** what rates go by; default: the system's */
  readonly clock?: Clock;
  /** who performs the trials */
  readonly origin?: Origin | undefined;
}

export class Coordinator {
  readonly #options: CoordinatorOptions;
  readonly #tracks: readonly ExperimentTrack[];
  readonly #pool: LeasePool;
  readonly #clock: Clock;
  /** One lease waits for each worker, so that none idles while results are stored. */
  readonly #mostInFlight: number;
  #end: () => void = () => undefined;
  #inFlight = 0;
  /** what all workers will do together, as soon as they are free, or are doing */
  #waiting: Handed | undefined;
  #together = false;
  #finished: Finished[] = [];
  #scheduled = false;
  #crash: Error | undefined;

  constructor(options: CoordinatorOptions, tracks: readonly ExperimentTrack[], pool: LeasePool) {
    this.#options = options;
    this.#tracks = tracks;
    this.#pool = pool;
    this.#clock = options.clock ?? systemClock;
    this.#mostInFlight = 2 * options.workers;
  }

  /** Resolves when nothing is left to do or the control says stop; rejects when a worker has died. */
  async run(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#end = resolve;
      this.#settle();
    });
    if (this.#crash !== undefined) throw this.#crash;
  }

  #handOut(): void {
    while (this.#inFlight < this.#mostInFlight && this.#options.control.level === StopLevel.none && this.#crash === undefined) {
      if (!this.#handOutOne()) return;
    }
  }

  // A lease for all workers waits until they are free, and nothing else is handed out until it is done.
  #handOutOne(): boolean {
    if (this.#together) return false;
    const next = this.#waiting ?? this.#take();
    if (next === undefined) return false;
    this.#waiting = next.slice.cell.template.team === true ? next : undefined;
    if (this.#waiting !== undefined && this.#inFlight > 0) return false;
    this.#together = this.#waiting !== undefined;
    this.#waiting = undefined;
    this.#dispatch(next);
    return true;
  }

  // The first experiment that has work left: the pool goes on to the next one while the last leases of this one run.
  #take(): Handed | undefined {
    const secondsLeft = this.#tracks.reduce((sum, track) => sum + track.workSeconds, 0);
    const seconds = leaseSeconds(secondsLeft, this.#options.workers);
    for (const track of this.#tracks) {
      const slice = track.take(seconds, this.#clock.now());
      if (slice !== undefined) return { track, slice };
    }
    return undefined;
  }

  #dispatch({ track, slice }: Handed): void {
    this.#inFlight += 1;
    const { cell, first, count } = slice;
    this.#pool.run({ ...cell.template, first, count }).then(
      (result) => { this.#finished.push({ track, slice, result }); },
      (error: unknown) => { if (this.#options.control.level !== StopLevel.abandon) this.#crash ??= asError(error); },
    ).finally(() => {
      this.#inFlight -= 1;
      this.#together = false;
      this.#schedule();
    });
  }

  // Leases that finish in the same turn of the event loop share a transaction.
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#settle();
    });
  }

  #settle(): void {
    try {
      this.#store(this.#finished.splice(0));
      if (this.#tracks.some((track) => track.failing)) this.#options.control.stop();
      this.#handOut();
    } catch (error) {
      this.#crash ??= asError(error);
    }
    if (this.#crash !== undefined || this.#inFlight === 0) this.#end();
  }

  #store(finished: readonly Finished[]): void {
    if (finished.length === 0) return;
    this.#options.store.commit(finished.map((one) => asBatch(one, this.#options.origin)));
    for (const { track, slice, result } of finished) track.settle(slice, result, this.#clock.now(), slice.cell.template.team === true ? this.#options.workers : 1);
  }
}

function asBatch({ slice, result }: Finished, origin: Origin | undefined): Batch {
  return { cell: slice.cell.stored, rows: rowsOf(slice.first, result), curves: result.curves, origin };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
