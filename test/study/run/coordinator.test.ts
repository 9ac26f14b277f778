/** Who gets which lease when: with a pool that the test plays. */
import { describe, expect, it, vi } from 'vitest';
import { StopLevel, StudyControl } from '../../../src/pool/control.js';
import { openStudy } from '../../../src/store/open.js';
import { Coordinator } from '../../../src/study/run/coordinator.js';
import { withRunner } from '../../../src/study/run/runner.js';
import { ExperimentTrack } from '../../../src/study/run/track.js';
import { gridOf } from '../../../src/study/grid/cells.js';
import { resolveValues } from '../../../src/study/grid/values.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';
import { HandClock } from '../../pool/fixtures/clock.mjs';
import { HandPool } from '../handPool.js';
import { IDENTITY, temporaryFolder } from '../toy.js';

/** With 8 partitions trials of n = 100 are of all workers, those of n = 10 of one. */
function started(n: string, trials: string) {
  const store = openStudy(temporaryFolder(), { ...IDENTITY, partitions: 8 });
  const experiment = findExperiment('toy-mixed');
  const track = new ExperimentTrack(
    store,
    gridOf(
      {
        experiment,
        values: resolveValues(
          experiment,
          'smoke',
          new Map([
            ['n', n],
            ['trials', trials],
          ]),
        ),
      },
      1,
    ),
  );
  const pool = new HandPool();
  const control = new StudyControl();
  const options = { workers: 2, control, cells: track.queue.cells, pool: () => pool };
  return {
    store,
    track,
    pool,
    control,
    over: withRunner(options, (runner) => runner.run(new Coordinator({ ...options, store }, [track]))),
  };
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

describe('a study of experiments', () => {
  const failing = {
    done: 12,
    seconds: new Float64Array(12).fill(1),
    measures: Array.from({ length: 12 }, () => ({})),
    curves: [],
    exceptions: Array.from({ length: 12 }, (_, trial) => ({ trial, status: 'failed' as const, error: 'no' })),
  };

  it('begins the next one when the first has nothing left to hand out, and rates go by the clock', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const clock = new HandClock();
    const tracks = ['toy-mixed', 'toy-other'].map((id) => {
      const experiment = findExperiment(id);
      return new ExperimentTrack(
        store,
        gridOf(
          {
            experiment,
            values: resolveValues(
              experiment,
              'smoke',
              new Map([
                ['n', '10'],
                ['trials', '1'],
              ]),
            ),
          },
          1,
        ),
      );
    });
    const origin = { build: 'a' };
    const study = new Coordinator({ store, workers: 2, control: new StudyControl(), clock, origin }, tracks);
    const [first, second] = [study.next(), study.next()];
    expect([first?.lease.experiment, second?.lease.experiment, study.next()]).toEqual([
      'toy-mixed',
      'toy-other',
      undefined,
    ]);
    if (first === undefined) throw new Error('nothing to do');
    clock.advance(4);
    study.settle([
      {
        task: first,
        result: { done: 1, seconds: Float64Array.of(1), measures: [{}], exceptions: [], curves: [] },
        workers: 1,
      },
    ]);
    expect(tracks[0].progress(1)).toMatchObject({ done: 1, trialsPerSecond: expect.closeTo(1 / 4, 5) as number });
    expect(store.madeBy()).toEqual([{ origin, trials: 1 }]);
    store.close();
  });

  it('stops when every trial of one fails, not before', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const experiment = findExperiment('toy-failing');
    const track = new ExperimentTrack(
      store,
      gridOf(
        {
          experiment,
          values: resolveValues(
            experiment,
            'smoke',
            new Map([
              ['n', '10'],
              ['trials', '12'],
            ]),
          ),
        },
        1,
      ),
    );
    const control = new StudyControl();
    const study = new Coordinator({ store, workers: 1, control }, [track]);
    const task = study.next();
    if (task === undefined) throw new Error('nothing to do');
    const { first, count } = task.lease;
    const of = (done: number) => ({
      ...failing,
      done,
      seconds: failing.seconds.subarray(0, done),
      measures: failing.measures.slice(0, done),
      exceptions: failing.exceptions.slice(0, done),
    });
    study.settle([{ task, result: of(count), workers: 1 }]);
    expect([first, control.level]).toEqual([0, StopLevel.none]);
    for (let more = study.next(); more !== undefined; more = study.next()) {
      const begun = more.lease.first;
      const result = of(more.lease.count);
      study.settle([
        {
          task: more,
          result: { ...result, exceptions: result.exceptions.map((one) => ({ ...one, trial: begun + one.trial })) },
          workers: 1,
        },
      ]);
    }
    expect([track.failing, control.level]).toEqual([true, StopLevel.finish]);
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
