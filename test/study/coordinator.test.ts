/** Who gets which lease when: with a pool that the test plays. */
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StudyControl } from '../../src/pool/control.js';
import type { LeasePool } from '../../src/pool/pool.js';
import type { Lease, LeaseResult } from '../../src/pool/protocol.js';
import { openStudy } from '../../src/store/open.js';
import { Coordinator } from '../../src/study/coordinator.js';
import { ExperimentTrack } from '../../src/study/track.js';
import { resolveValues } from '../../src/study/values.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { IDENTITY, temporaryFolder } from './toy.js';

/** Leases that run until the test says that the oldest, or a certain one, is done. */
class HandPool implements LeasePool {
  readonly running: { readonly lease: Lease; readonly end: (result: LeaseResult) => void }[] = [];

  run(lease: Lease): Promise<LeaseResult> {
    return new Promise((end) => { this.running.push({ lease, end }); });
  }

  /** Ends one lease with one trial of it. */
  async finish(index = 0): Promise<void> {
    const [{ end }] = this.running.splice(index, 1);
    end({ done: 1, seconds: Float64Array.of(1), measures: ['{}'], exceptions: [], curves: [] });
    for (let i = 0; i < 4; i++) await turn();
  }

  get teams(): boolean[] {
    return this.running.map(({ lease }) => lease.team === true);
  }

  close = (): Promise<void> => Promise.resolve();
  destroy = (): Promise<void> => Promise.resolve();
}

/** With 8 partitions trials of n = 100 are of all workers, those of n = 10 of one. */
function started(n: string, trials: string) {
  const store = openStudy(temporaryFolder(), { ...IDENTITY, partitions: 8 });
  const experiment = findExperiment('toy-mixed');
  const track = new ExperimentTrack(store, { experiment, values: resolveValues(experiment, 'smoke', new Map([['n', n], ['trials', trials]])) });
  const pool = new HandPool();
  const control = new StudyControl();
  return { store, track, pool, control, over: new Coordinator({ store, workers: 2, control }, [track], pool).run() };
}

describe('leases of one worker', () => {
  it('are two for each worker, and another when one is done', async () => {
    const { pool, over, store } = started('10,5', '6');
    expect(pool.running.length).toBeGreaterThan(1);
    expect(pool.running.length).toBeLessThanOrEqual(4);
    while (pool.running.length > 0) await pool.finish();
    await over;
    store.close();
  });
});

describe('a lease of all workers', () => {
  it('waits until nothing else runs, and nothing is handed out beside it', async () => {
    const { pool, over, track, store } = started('10,100', '3');
    let alone = 0;
    while (pool.running.length > 0) {
      if (pool.teams.includes(true)) {
        expect(pool.teams).toEqual([true]);
        alone += 1;
      }
      await pool.finish(pool.running.length - 1);
    }
    await over;
    expect(alone).toBe(3);
    expect(track.complete).toBe(true);
    store.close();
  });

  it('is not handed out after the word to stop', async () => {
    const { pool, over, control, store } = started('100', '3');
    expect(pool.teams).toEqual([true]);
    control.stop();
    await pool.finish();
    await over;
    expect(pool.running).toEqual([]);
    store.close();
  });
});
