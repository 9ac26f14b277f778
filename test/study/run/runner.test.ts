/** Which lease runs when, what is settled together, and how the threads end: with a pool that the test plays. */
import { describe, expect, it } from 'vitest';
import { StudyControl } from '../../../src/pool/control.js';
import type { PoolOptions } from '../../../src/pool/pool.js';
import {
  withRunner,
  type LeaseSource,
  type LeaseTask,
  type Performed,
  type RunnerOptions,
} from '../../../src/study/run/runner.js';
import { HandClock } from '../../pool/fixtures/clock.mjs';
import { HandPool } from '../handPool.js';

/** One lease for each entry: of all workers (true) or of one. */
class Listed implements LeaseSource<LeaseTask> {
  readonly settled: number[][] = [];
  readonly workers: number[] = [];
  readonly #waiting: LeaseTask[];

  constructor(
    teams: readonly boolean[],
    readonly perWorker?: number,
  ) {
    this.#waiting = teams.map((team, first) => ({
      lease: { experiment: 'listed', settings: {}, key: [0, 0], first, count: 1, team },
    }));
  }

  next(): LeaseTask | undefined {
    return this.#waiting.shift();
  }

  settle(performed: readonly Performed<LeaseTask>[]): void {
    this.settled.push(performed.map(({ task }) => task.lease.first));
    this.workers.push(...performed.map(({ workers }) => workers));
  }

  get left(): number {
    return this.#waiting.length;
  }
}

const of = (count: number): boolean[] => Array.from({ length: count }, () => false);

function started<Source extends LeaseSource<LeaseTask>>(source: Source, options: Partial<RunnerOptions> = {}) {
  const [pool, control, clock] = [new HandPool(), new StudyControl(), new HandClock()];
  const asked: PoolOptions[] = [];
  const open = (given: PoolOptions): HandPool => {
    asked.push(given);
    return pool;
  };
  const over = withRunner({ workers: 2, control, clock, cells: [], pool: open, ...options }, async (runner) => {
    await runner.run(source);
    return runner.budgetSpent();
  });
  over.catch(() => undefined);
  return { source, pool, control, clock, asked, over };
}

describe('leases of one worker', () => {
  it('are two for each worker, and another when one is done', async () => {
    const { source, pool, over } = started(new Listed(of(6)));
    expect(pool.trials).toEqual([0, 1, 2, 3]);
    await pool.finish(1);
    expect(pool.trials).toEqual([0, 2, 3, 4]);
    while (pool.running.length > 0) await pool.finish();
    await over;
    expect(source.settled.flat()).toEqual([1, 0, 2, 3, 4, 5]);
    expect(source.workers).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('are as many for each worker as their source says', () => {
    expect(started(new Listed(of(6), 1)).pool.trials).toEqual([0, 1]);
  });

  it('that finish in the same turn are settled together', async () => {
    const { source, pool, over } = started(new Listed(of(4)));
    await pool.finishTogether([0, 2]);
    await pool.finishTogether([0, 1]);
    await over;
    expect(source.settled).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('may come when something is settled', async () => {
    const waiting = [new Listed(of(1)), new Listed(of(1))];
    const { pool, over } = started({ next: () => waiting[0]?.next(), settle: () => void waiting.shift() });
    expect(pool.running).toHaveLength(1);
    await pool.finish();
    expect(pool.running).toHaveLength(1);
    await pool.finish();
    await over;
    expect(waiting).toEqual([]);
  });
});

describe('a source that is run again', () => {
  it('is asked by the second run alone, also when the last leases of the first finished together', async () => {
    const rounds = [new Listed(of(2)), new Listed(of(9))];
    const [pool, control] = [new HandPool(), new StudyControl()];
    const source = { next: () => rounds[0]?.next(), settle: () => undefined };
    void withRunner({ workers: 2, control, cells: [], pool: () => pool }, async (runner) => {
      await runner.run(source);
      rounds.shift();
      await runner.run(source);
    });
    await pool.finishTogether([0, 1]);
    expect(pool.trials).toEqual([0, 1, 2, 3]);
  });
});

describe('a lease of all workers', () => {
  it('waits until nothing else runs, and nothing is handed out beside it', async () => {
    const { source, pool, over } = started(new Listed([false, false, true, false, true, true]));
    const seen = [pool.trials];
    while (pool.running.length > 0) {
      await pool.finish(pool.running.length - 1);
      seen.push(pool.trials);
    }
    await over;
    expect(seen).toEqual([[0, 1], [0], [2], [3], [4], [5], []]);
    expect(source.workers).toEqual([1, 1, 2, 1, 2, 2]);
  });

  it('that waits is not handed out after the word to stop', async () => {
    const { pool, control, over } = started(new Listed([false, true]));
    control.stop();
    await pool.finish();
    await over;
    expect(pool.running).toEqual([]);
  });

  it('is one as any other where there is one worker', () => {
    expect(started(new Listed([true, true, true]), { workers: 1 }).pool.trials).toEqual([0, 1]);
  });
});

describe('the word to stop', () => {
  it('leaves the rest, and settles what runs', async () => {
    const { source, pool, control, over } = started(new Listed(of(6)));
    control.stop();
    for (let i = 0; i < 4; i++) await pool.finish();
    await over;
    expect(source.settled.flat()).toEqual([0, 1, 2, 3]);
    expect(source.left).toBe(2);
    expect(pool.endings).toEqual(['closed']);
  });

  it('at once is no error of the leases that it breaks off', async () => {
    const { source, pool, control, over } = started(new Listed(of(6)));
    control.stopNow();
    for (let i = 0; i < 4; i++) await pool.die();
    await over;
    expect(source.settled).toEqual([]);
    expect(pool.endings).toEqual(['closed']);
  });

  it('at once ends the threads of a trial that does not listen', async () => {
    const { source, pool, control, clock, over } = started(new Listed(of(2)));
    control.stopNow();
    clock.advance(2.9);
    expect(pool.endings).toEqual([]);
    clock.advance(0.5);
    await over;
    expect(pool.endings).toEqual(['destroyed']);
    expect(source.settled).toEqual([]);
  });

  it('comes when the budget is spent, and a while later at once', async () => {
    const { pool, control, clock, over } = started(new Listed(of(6)), { budgetSeconds: 10, graceSeconds: 1 });
    clock.advance(9.8);
    expect(control.level).toBe(0);
    clock.advance(0.4);
    expect(control.level).toBe(1);
    clock.advance(1);
    expect(control.level).toBe(2);
    while (pool.running.length > 0) await pool.die();
    expect(await over).toBe(true);
  });
});

describe('a run', () => {
  it('ends its threads and its clock when nothing is left', async () => {
    let ticks = 0;
    const { pool, clock, over } = started(new Listed(of(1)), { onTick: () => (ticks += 1) });
    clock.advance(0.25);
    expect(ticks).toBe(2);
    await pool.finish();
    expect(await over).toBe(false);
    clock.advance(1);
    expect([ticks, pool.endings]).toEqual([2, ['closed']]);
  });

  it('is over when a worker dies: its threads are ended at once, and nothing is handed out', async () => {
    const { source, pool, over } = started(new Listed(of(9)));
    await pool.die(1);
    await expect(over).rejects.toThrow('a worker broke on trial 1');
    expect(pool.endings).toEqual(['destroyed']);
    expect(source.left).toBe(5);
  });

  it.each(['next', 'settle'] as const)('is over with what %s of its source throws', async (method) => {
    const source = new Listed(of(9));
    const { pool, over } = started(source);
    source[method] = () => {
      throw new Error('the disk is full');
    };
    await pool.finish();
    await expect(over).rejects.toThrow('the disk is full');
    expect(pool.endings).toEqual(['destroyed']);
    expect(pool.running).toEqual([]);
  });
});

describe('the threads', () => {
  it.each([
    ['are no more than trials', [0, 0], 3, { workers: 3, teamEntries: 0 }],
    ['are as many as wanted where nobody knows how many trials', [0], undefined, { workers: 8, teamEntries: 0 }],
    [
      'are all where one trial takes all, with memory for the largest',
      [0, 500, 200],
      3,
      { workers: 8, teamEntries: 500 },
    ],
  ])('%s', (_, entries, trials, expected) => {
    const cells = entries.map((sharedEntries) => ({ sharedEntries }));
    expect(started(new Listed([]), { workers: 8, cells, trials }).asked).toMatchObject([expected]);
  });
});
