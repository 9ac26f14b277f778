/** A pool without workers: leases run until the test says how they end. */
import { setImmediate as turn } from 'node:timers/promises';
import type { LeasePool } from '../../src/pool/pool.js';
import type { Lease, LeaseResult } from '../../src/pool/protocol.js';

interface Running {
  readonly lease: Lease;
  readonly end: (result: LeaseResult) => void;
  readonly break: (error: Error) => void;
}

export class HandPool implements LeasePool {
  running: Running[] = [];
  /** how its threads were ended */
  readonly endings: ('closed' | 'destroyed')[] = [];

  run(lease: Lease): Promise<LeaseResult> {
    return new Promise((end, reject) => {
      this.running.push({ lease, end, break: reject });
    });
  }

  /** Ends one lease with one trial of it. */
  async finish(index = 0): Promise<void> {
    await this.finishTogether([index]);
  }

  /** Ends several in the same turn of the event loop, one after the other. */
  async finishTogether(indices: readonly number[]): Promise<void> {
    const ending = indices.map((index) => this.running[index]);
    this.running = this.running.filter((one) => !ending.includes(one));
    for (const { end } of ending) {
      end({ done: 1, seconds: Float64Array.of(1), measures: [{}], exceptions: [], curves: [] });
      for (let i = 0; i < 9; i++) await Promise.resolve();
    }
    await turns();
  }

  /** One lease's worker dies. */
  async die(index = 0): Promise<void> {
    for (const one of this.running.splice(index, 1)) one.break(new Error(`a worker broke on trial ${one.lease.first}`));
    await turns();
  }

  get trials(): number[] {
    return this.running.map(({ lease }) => lease.first);
  }

  get teams(): boolean[] {
    return this.running.map(({ lease }) => lease.team === true);
  }

  close(): Promise<void> {
    this.endings.push('closed');
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.endings.push('destroyed');
    for (const one of this.running.splice(0)) one.break(new Error('the threads were ended'));
    return Promise.resolve();
  }
}

/** What follows from a result has happened then. */
async function turns(): Promise<void> {
  for (let i = 0; i < 4; i++) await turn();
}
