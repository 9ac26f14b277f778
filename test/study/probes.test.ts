import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeftCell } from '../../src/study/left.js';
import { Probes, type Probe } from '../../src/study/probes.js';

function cellOf(cost: number, trials: number, first = 0): LeftCell {
  return { cost, planned: first + trials, missing: [{ first, end: first + trials }], sharedEntries: 0, template: { experiment: 'toy', settings: {}, key: [0, 0], partitions: undefined, team: false } };
}

/** The probes that are no warm-ups, of a machine where a trial takes so many seconds, as long as each fits into the time left. */
function probeAll(cells: readonly LeftCell[], secondsOf: (cell: LeftCell) => number, seconds: number): Probe[] {
  const probes = new Probes(cells, seconds, 1);
  const all: Probe[] = [];
  for (let left = seconds; probes.secondsWithNext(left) !== Infinity;) {
    const probe = probes.take(left);
    const counts = probes.settle(probe, probe.count, probe.count * secondsOf(probe.cell));
    left -= probe.count * secondsOf(probe.cell);
    expect(counts).toBe(!probe.warmUp || secondsOf(probe.cell) > 1);
    if (!probe.warmUp) all.push(probe);
  }
  return all;
}

describe('the probes of an experiment', () => {
  const grid = fc.array(fc.record({ cost: fc.integer({ min: 1, max: 1000 }), trials: fc.integer({ min: 1, max: 50 }), first: fc.nat(20) }), { minLength: 1, maxLength: 40 });

  it('are trials that are missing, each at most once, within the time', () => {
    fc.assert(fc.property(grid, fc.integer({ min: 1, max: 10_000 }), (rows, seconds) => {
      const cells = rows.map(({ cost, trials, first }) => cellOf(cost, trials, first));
      const all = probeAll(cells, ({ cost }) => cost / 10, seconds);
      for (const cell of cells) {
        const trials = all.filter((probe) => probe.cell === cell).flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => first + index));
        expect(new Set(trials).size).toBe(trials.length);
        for (const trial of trials) expect(trial >= cell.missing[0].first && trial < cell.missing[0].end).toBe(true);
      }
      // All but the first trial, a warm-up, were predicted to fit.
      expect(all.reduce((sum, { cell, count }) => sum + (count * cell.cost) / 10, 0)).toBeLessThanOrEqual(seconds);
    }));
  });

  it('begin with cells of every cost, cheap ones first', () => {
    const cells = Array.from({ length: 60 }, (_, index) => cellOf(60 - index, 1));
    const costs = probeAll(cells, () => 0.001, 1000).map(({ cell }) => cell.cost);
    expect(costs.slice(0, 6)).toEqual([10, 20, 30, 40, 50, 60]);
    expect(costs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it('begin with warm-ups, which end', () => {
    const probes = new Probes([cellOf(1, 5)], 100, 2);
    const kinds = Array.from({ length: 30 }, () => {
      if (probes.secondsWithNext(100) === Infinity) return 'none';
      const probe = probes.take(100);
      probes.settle(probe, 1, 1e-6);
      return probe.warmUp ? 'warm-up' : 'probe';
    });
    expect(kinds.indexOf('probe')).toBe(20);
    expect(kinds.lastIndexOf('warm-up')).toBe(19);
    expect(kinds.at(-1)).toBe('none');
  });

  it('of dear cells are left out once the time does not suffice', () => {
    const all = probeAll([cellOf(1, 100), cellOf(1000, 100)], ({ cost }) => cost, 100);
    expect(new Set(all.map(({ cell }) => cell.cost))).toEqual(new Set([1]));
  });

  it('of few cells come back to them with other trials', () => {
    const all = probeAll([cellOf(1, 9)], () => 1, 9);
    expect(all.length).toBeGreaterThan(1);
    expect(all[1].first).toBe(all[0].first + all[0].count);
  });
});
