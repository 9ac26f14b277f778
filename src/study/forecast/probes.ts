/**
 * Chooses the trials of an experiment that a pilot performs. It is pure bookkeeping, without threads and without a
 * clock.
 */
import { CostModel, LONG_SECONDS } from '../leases/cost.js';
import type { LeftCell } from './left.js';
import { leaseTrials, type Slice } from '../leases/queue.js';

/** Each pass has few cells, spread over the range of costs. */
const CELLS_PER_PASS = 6;
const LEAST_PASSES = 3;
/** A trial is started only when the time left is more than this many times its predicted time. */
const SAFETY = 1.5;

/**
 * The first trials of a thread are slow, until its code is compiled; they do not count. `trials` and `seconds` are for
 * each thread; `share` is the largest part of the experiment's time.
 */
const WARM_UP = { trials: 10, seconds: 0.5, share: 0.25 } as const;

export interface Probe extends Slice<LeftCell> {
  /** core seconds */
  readonly predicted: number;
  readonly warmUp: boolean;
}

export class Probes {
  readonly #order: LeftCell[];
  readonly #probeSeconds: number;
  readonly #lanes: number;
  readonly #warmUpSeconds: number;
  readonly #model = new CostModel<LeftCell>();
  readonly #taken = new Map<LeftCell, number>();
  #learnt = false;
  #warmUps = 0;
  /** core seconds handed out: predicted ones, until the measured ones are known */
  #seconds = 0;

  /**
   * `seconds` is the core time that this experiment should take; `lanes` is the number of trials that run at the same
   * time.
   */
  constructor(cells: readonly LeftCell[], seconds: number, lanes: number) {
    this.#order = probeOrder(cells.filter(({ missing }) => missing.length > 0));
    this.#probeSeconds = seconds / this.#order.length;
    this.#lanes = lanes;
    this.#warmUpSeconds = Math.min(lanes * WARM_UP.seconds, seconds * WARM_UP.share);
  }

  /**
   * Core seconds of this experiment if one more trial is performed; infinite when no trial would end within the core
   * seconds left.
   */
  secondsWithNext(secondsLeft: number): number {
    while (this.#order.length > 0 && !this.#fits(this.#order[0], secondsLeft)) this.#order.shift();
    return this.#order.length === 0 ? Infinity : this.#seconds + this.#model.secondsPerTrial(this.#order[0]);
  }

  /** The next trials. `secondsWithNext` must have returned a finite number. */
  take(secondsLeft: number): Probe {
    const [cell] = this.#order;
    const perTrial = this.#model.secondsPerTrial(cell);
    const { first } = cell.missing[0];
    if (this.#warmingUp) {
      this.#warmUps += 1;
      this.#seconds += perTrial;
      return { cell, first, count: 1, predicted: perTrial, warmUp: true };
    }
    this.#order.shift();
    const taken = this.#taken.get(cell) ?? 0;
    const most = this.#learnt ? leaseTrials(Math.min(this.#probeSeconds, secondsLeft / SAFETY), perTrial) : 1;
    const count = Math.min(trialsLeft(cell) - taken, most);
    this.#taken.set(cell, taken + count);
    this.#seconds += count * perTrial;
    return { cell, first: first + taken, count, predicted: count * perTrial, warmUp: false };
  }

  /** Learns what the first `done` trials of a probe took, in core seconds. Returns whether they count. */
  settle({ cell, predicted, warmUp }: Probe, done: number, seconds: number): boolean {
    this.#seconds += seconds - predicted;
    this.#model.observe(cell, done, seconds);
    this.#learnt ||= done > 0;
    return !warmUp || seconds > LONG_SECONDS;
  }

  get #warmingUp(): boolean {
    return (
      this.#warmUps < this.#lanes ||
      (this.#warmUps < this.#lanes * WARM_UP.trials && this.#seconds < this.#warmUpSeconds)
    );
  }

  // Before anything is learnt, there is no reliable prediction, and trials run without one.
  #fits(cell: LeftCell, secondsLeft: number): boolean {
    if (secondsLeft <= 0 || this.#taken.get(cell) === trialsLeft(cell)) return false;
    return !this.#learnt || SAFETY * this.#model.secondsPerTrial(cell) < secondsLeft;
  }
}

// Counts only the first gap: that is enough for a pilot.
function trialsLeft({ missing: [{ first, end }] }: LeftCell): number {
  return end - first;
}

/**
 * Orders the cells in passes. Each pass goes from cheap to expensive cells, and the first pass contains the most
 * expensive cell. When there are few cells, each is visited several times.
 */
function probeOrder(cells: readonly LeftCell[]): LeftCell[] {
  const sorted = cells.toSorted((a, b) => a.cost - b.cost);
  const strides = Math.ceil(sorted.length / CELLS_PER_PASS);
  const passes = Array.from({ length: Math.max(strides, LEAST_PASSES) }, (_, pass) =>
    sorted.filter((_cell, index) => (sorted.length - 1 - index) % strides === pass % strides),
  );
  return passes.flat();
}
