import { describe, expect, it } from 'vitest';
import { simulate } from '../../bench/manyCores/model.mjs';

const FREE = { receive: 0, result: 0, handOut: 0, transaction: 0, row: 0, lease: 0, trial: 0 };
const run = (trials: number, workers: number, costs: object = {}, cores = workers + 1) =>
  simulate({ experiments: [[{ seconds: 1, trials }]], workers, cores, costs: { ...FREE, ...costs } });

describe('the model of a run', () => {
  it('takes the time of the trials where nothing else costs anything', () => {
    expect(run(80, 8)).toEqual({ seconds: 10, efficiency: 1, coordinator: 0 });
    expect(run(1, 8).seconds).toBe(1);
    expect(run(9, 8).seconds).toBe(2);
  });
  it('adds what a worker pays for each lease: trials of a second are leases of their own', () => {
    expect(run(80, 8, { lease: 0.5 }).seconds).toBeCloseTo(15, 12);
  });
  it('shares the cores among busy threads', () => {
    expect(run(80, 8, {}, 4).seconds).toBeCloseTo(20, 12);
  });
  it('takes the time of the coordinator where that cannot keep up', () => {
    const { seconds, coordinator } = run(1000, 100, { row: 0.1 });
    expect(seconds).toBeGreaterThan(100);
    expect(seconds).toBeLessThan(103);
    expect(coordinator).toBeGreaterThan(0.97);
  });
});
