/** Who gets which lease when: with a pool that the test plays. */
import { describe, expect, it, vi } from 'vitest';
import { StudyControl } from '../../src/pool/control.js';
import { openStudy } from '../../src/store/open.js';
import { Coordinator } from '../../src/study/coordinator.js';
import { withRunner } from '../../src/study/runner.js';
import { ExperimentTrack } from '../../src/study/track.js';
import { resolveValues } from '../../src/study/values.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { HandPool } from './handPool.js';
import { IDENTITY, temporaryFolder } from './toy.js';

/** With 8 partitions trials of n = 100 are of all workers, those of n = 10 of one. */
function started(n: string, trials: string) {
  const store = openStudy(temporaryFolder(), { ...IDENTITY, partitions: 8 });
  const experiment = findExperiment('toy-mixed');
  const track = new ExperimentTrack(store, { experiment, values: resolveValues(experiment, 'smoke', new Map([['n', n], ['trials', trials]])) });
  const pool = new HandPool();
  const control = new StudyControl();
  const options = { workers: 2, control, cells: track.queue.cells, pool: () => pool };
  return { store, track, pool, control, over: withRunner(options, (runner) => runner.run(new Coordinator({ ...options, store }, [track]))) };
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

  it('are stored in one transaction when they finish together', async () => {
    const { pool, over, store } = started('10,5', '2');
    const commit = vi.spyOn(store, 'commit');
    await pool.finishTogether([0, 1]);
    expect(commit.mock.calls.map(([batches]) => batches.length)).toEqual([2]);
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
