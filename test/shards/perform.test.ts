/** A unit as leases, without a pool. */
import { describe, expect, it } from 'vitest';
import type { LeaseResult } from '../../src/pool/protocol.js';
import { UnitSource } from '../../src/shards/perform.js';

const template = { experiment: 'toy', settings: {}, key: [0, 0], partitions: 8, team: true } as const;
const source = (first: number, count: number): UnitSource =>
  new UnitSource({ template, cost: 1, sharedEntries: 800, first, count });

/** The first `done` trials from `first` on, each with a curve. */
function resultOf(first: number, done: number): LeaseResult {
  const trials = Array.from({ length: done }, (_, i) => first + i);
  return {
    done,
    seconds: Float64Array.from(trials, () => 0.3),
    measures: trials.map((trial) => ({ u: trial })),
    exceptions: [],
    curves: trials.map((trial) => ({ trial, name: 'path', values: Float64Array.of(trial) })),
  };
}

describe('a unit', () => {
  it('is whole, in order, when every trial has come, whatever the order and however short the leases', () => {
    const unit = source(5, 40);
    const trials = Array.from({ length: 40 }, (_, i) => 5 + i);
    const tasks = [unit.next(), unit.next()];
    expect(tasks.map((task) => task?.lease)).toEqual([
      { ...template, first: 5, count: 1 },
      { ...template, first: 6, count: 3 },
    ]);
    const settled = [];
    for (let task = tasks.pop(); task !== undefined; task = tasks.pop() ?? unit.next()) {
      expect(unit.whole).toBeUndefined();
      // Of longer leases the last trial is not performed.
      const { first, count } = task.lease;
      settled.push(count);
      unit.settle([{ task, result: resultOf(first, Math.max(1, count - 1)), workers: 1 }]);
    }
    expect(Math.max(...settled)).toBeGreaterThan(1);
    expect(unit.whole?.rows.map(({ trial, measures }) => [trial, measures])).toEqual(
      trials.map((trial) => [trial, { u: trial }]),
    );
    expect(unit.whole?.curves.map(({ trial }) => trial)).toEqual(trials);
  });

  it('has leases of about a second once it knows what a trial takes', () => {
    const unit = source(0, 100);
    const task = unit.next();
    if (task === undefined) throw new Error('a unit has a first lease');
    unit.settle([{ task, result: resultOf(0, 1), workers: 1 }]);
    expect(unit.next()?.lease).toMatchObject({ first: 1, count: 3 });
  });
});
