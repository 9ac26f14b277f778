/** The trials of one lease, as they are performed. */
import type { Lease, LeaseResult, PerformedTrial } from './protocol.js';

export class Collected {
  done = 0;
  /** of curves */
  bytes = 0;
  readonly #first: number;
  readonly #seconds: Float64Array;
  readonly #measures: PerformedTrial['measures'][] = [];
  readonly #exceptions: LeaseResult['exceptions'][number][] = [];
  readonly #curves: LeaseResult['curves'][number][] = [];

  constructor(lease: Lease) {
    this.#first = lease.first;
    this.#seconds = new Float64Array(lease.count);
  }

  add({ status, seconds, measures, error, curves }: PerformedTrial): void {
    const trial = this.#first + this.done;
    this.#seconds[this.done] = seconds;
    this.#measures.push(measures);
    if (status !== 'ok') this.#exceptions.push({ trial, status, error });
    for (const [name, values] of Object.entries(curves)) {
      this.#curves.push({ trial, name, values });
      this.bytes += values.byteLength;
    }
    this.done += 1;
  }

  result(): LeaseResult {
    return {
      done: this.done,
      seconds: this.#seconds.slice(0, this.done),
      measures: this.#measures,
      exceptions: this.#exceptions,
      curves: this.#curves,
    };
  }
}
