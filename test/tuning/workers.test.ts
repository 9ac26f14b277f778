import { describe, expect, test } from 'vitest';
import type { LeasePool } from '../../src/pool/pool.js';
import { bestWorkers, measureWorkers, workerCandidates } from '../../src/tuning/workers.js';

test('candidates are all cores, half and a quarter of them', () => {
  expect(workerCandidates(16)).toEqual([16, 8, 4]);
  expect(workerCandidates(2)).toEqual([2, 1]);
  expect(workerCandidates(1)).toEqual([1]);
});

describe('the best number of workers', () => {
  test('is the fastest', () => {
    expect(
      bestWorkers([
        { workers: 8, trialsPerSecond: 80 },
        { workers: 4, trialsPerSecond: 41 },
      ]),
    ).toBe(8);
  });

  test('is the smaller one where threads share cores and gain next to nothing', () => {
    expect(
      bestWorkers([
        { workers: 8, trialsPerSecond: 41 },
        { workers: 4, trialsPerSecond: 40 },
      ]),
    ).toBe(4);
  });
});

test('each worker does a few trials, however short the time', async () => {
  const seen: number[] = [];
  const pool: LeasePool = {
    run: ({ first }) => {
      seen.push(first);
      return Promise.resolve({ done: 1, seconds: Float64Array.of(1), measures: [{}], exceptions: [], curves: [] });
    },
    close: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
  let now = 0;
  const { trialsPerSecond } = await measureWorkers(
    3,
    () => pool,
    { experiment: 'none', settings: {}, key: [1, 2] },
    1e-9,
    () => (now += 1),
  );
  expect(trialsPerSecond).toBeGreaterThan(0);
  for (const worker of [0, 1, 2]) expect(seen.filter((first) => first === worker).length).toBeGreaterThanOrEqual(5);
});

test('throughput counts the trials of all workers, and closes the pool', async () => {
  let now = 0;
  const seen: number[] = [];
  let closed = false;
  const pool: LeasePool = {
    run: ({ first }) => {
      seen.push(first);
      now += 1;
      return Promise.resolve({ done: 1, seconds: Float64Array.of(1), measures: [{}], exceptions: [], curves: [] });
    },
    close: () => {
      closed = true;
      return Promise.resolve();
    },
    destroy: () => Promise.resolve(),
  };
  const lease = { experiment: 'none', settings: {}, key: [1, 2] as const };
  const { workers, trialsPerSecond } = await measureWorkers(
    2,
    () => pool,
    lease,
    10,
    () => now,
  );
  expect(workers).toBe(2);
  expect(trialsPerSecond).toBeCloseTo(1, 1);
  expect(closed).toBe(true);
  expect(new Set(seen)).toEqual(new Set([0, 1]));
});
