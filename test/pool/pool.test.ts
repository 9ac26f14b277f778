import { availableParallelism } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StudyControl } from '../../src/pool/control.js';
import { replacePools, requireWorkers, startPool, type LeasePool } from '../../src/pool/pool.js';
import type { Lease } from '../../src/pool/protocol.js';
import { defaultWorkers, MOST_WORKERS } from '../../src/pool/workers.js';
import { LABORATORY, WORKER } from '../study/toy.js';

function pool(control = new StudyControl(), laboratory = LABORATORY): LeasePool {
  const started = startPool({ workers: 1, control, worker: WORKER, laboratory });
  onTestFinished(() => started.destroy());
  return started;
}

const lease: Lease = { experiment: 'toy-mixed', settings: { n: 10, d: 2, sleep: 0 }, key: [1, 2], first: 5, count: 40 };

describe('the number of workers', () => {
  it.each([1, MOST_WORKERS])('may be %f', (workers) => {
    expect(() => {
      requireWorkers(workers);
    }).not.toThrow();
  });

  it.each([0, 1.5, MOST_WORKERS + 1, NaN])('may not be %f', (workers) => {
    expect(() => {
      requireWorkers(workers);
    }).toThrow(/--workers must be an integer from 1 to 256/);
  });
});

describe('the maker of pools', () => {
  it('is another one until that is taken back, behind the same check', () => {
    const other: LeasePool = {
      run: () => Promise.reject(new Error('nobody is here')),
      close: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    };
    const asked: number[] = [];
    const back = replacePools(({ workers }) => {
      asked.push(workers);
      return other;
    });
    try {
      expect(startPool({ workers: 3, control: new StudyControl() })).toBe(other);
      expect(() => startPool({ workers: 0, control: new StudyControl() })).toThrow(/--workers/);
    } finally {
      back();
    }
    expect([asked, pool()]).toEqual([[3], expect.not.objectContaining(other)]);
  });

  it('takes as many workers as the machine runs at once, where nothing is said', () => {
    expect(defaultWorkers()).toBe(Math.min(availableParallelism(), MOST_WORKERS));
  });
});

describe('a lease', () => {
  it('names the trials that failed or diverged, and carries curves', async () => {
    const result = await pool().run(lease);
    expect(result.done).toBe(40);
    expect([result.seconds.length, result.measures.length]).toEqual([40, 40]);
    expect(new Set(result.exceptions.map(({ status }) => status))).toEqual(new Set(['failed', 'diverged']));
    for (const { trial } of result.exceptions) expect(trial).toBeGreaterThanOrEqual(5);
    expect(result.curves[0]).toMatchObject({ name: 'path', values: expect.any(Float64Array) as unknown });
  });

  it('gives the same trials when cut in two', async () => {
    const threads = pool();
    const whole = await threads.run(lease);
    const [first, second] = [
      await threads.run({ ...lease, count: 13 }),
      await threads.run({ ...lease, first: 18, count: 27 }),
    ];
    expect([...first.measures, ...second.measures]).toEqual(whole.measures);
  });

  it('comes back early when it takes too long', async () => {
    const result = await pool().run({ ...lease, experiment: 'toy-slow', settings: { sleep: 600 }, count: 1000 });
    // The fourth is the one that ends after two seconds.
    expect(result.done).toBe(4);
  });

  it('performs nothing after the word to stop', async () => {
    const control = new StudyControl();
    control.stop();
    expect(await pool(control).run(lease)).toMatchObject({ done: 0, measures: [] });
  });

  it('rejects when its experiment does not exist, naming lease and reason', async () => {
    await expect(pool().run({ ...lease, experiment: 'nothing' })).rejects.toThrow(
      "a worker broke on nothing, trials 5 to 44 of a cell: no toy experiment 'nothing'",
    );
  });

  it('rejects when the laboratory cannot be loaded', async () => {
    await expect(pool(new StudyControl(), new URL('file:///nowhere/laboratory.mjs')).run(lease)).rejects.toThrow(
      /Cannot find module/,
    );
  });
});
