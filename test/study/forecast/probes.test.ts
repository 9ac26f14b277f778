import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeftCell } from '../../../src/study/forecast/left.js';
import { Probes, type Probe } from '../../../src/study/forecast/probes.js';

function cellOf(cost: number, trials: number, first = 0): LeftCell {
  return {
    cost,
    planned: first + trials,
    missing: [{ first, end: first + trials }],
    sharedEntries: 0,
    template: { experiment: 'toy', settings: {}, key: [0, 0], partitions: undefined, team: false },
  };
}

/**
 * The probes that are no warm-ups, of a machine where a trial takes so many seconds, as long as each fits into the time
 * left.
 */
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
  const grid = fc.array(
    fc.record({ cost: fc.integer({ min: 1, max: 1000 }), trials: fc.integer({ min: 1, max: 50 }), first: fc.nat(20) }),
    { minLength: 1, maxLength: 40 },
  );

  it('are trials that are missing, each at most once, within the time', () => {
    fc.assert(
      fc.property(grid, fc.integer({ min: 1, max: 10_000 }), (rows, seconds) => {
        const cells = rows.map(({ cost, trials, first }) => cellOf(cost, trials, first));
        const all = probeAll(cells, ({ cost }) => cost / 10, seconds);
        for (const cell of cells) {
          const trials = all
            .filter((probe) => probe.cell === cell)
            .flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => first + index));
          expect(new Set(trials).size).toBe(trials.length);
          for (const trial of trials) expect(trial >= cell.missing[0].first && trial < cell.missing[0].end).toBe(true);
        }
        // All but the first trial, a warm-up, were predicted to fit.
        expect(all.reduce((sum, { cell, count }) => sum + (count * cell.cost) / 10, 0)).toBeLessThanOrEqual(seconds);
      }),
    );
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

  it('count their time as predicted, until it is known', () => {
    const cell = cellOf(40e9, 9);
    const probes = new Probes([cell], 100, 1);
    // A second each, as long as nothing else is known.
    expect(probes.secondsWithNext(100)).toBeCloseTo(1, 12);
    const warmUp = probes.take(100);
    expect(warmUp).toMatchObject({ cell, first: 0, count: 1, predicted: 1, warmUp: true });
    expect(probes.secondsWithNext(100)).toBeCloseTo(2, 12);
    expect(probes.settle(warmUp, 1, 3)).toBe(true);
    expect(probes.secondsWithNext(100)).toBeCloseTo(6, 12);
    // Three are left to the order of three passes: a third of the time each, in which 9 trials of 3 s fit.
    expect(probes.take(100)).toMatchObject({ first: 0, count: 9, predicted: 27, warmUp: false });
    expect(probes.secondsWithNext(100)).toBe(Infinity);
  });

  it('are as many as fit one and a half times into what is left', () => {
    const begun = (left: number) => {
      const probes = new Probes([cellOf(1, 100)], 1000, 1);
      probes.settle(probes.take(1000), 1, 2);
      return probes.secondsWithNext(left) === Infinity ? 0 : probes.take(left).count;
    };
    expect([begun(3), begun(3.1), begun(9.1), begun(0)]).toEqual([0, 1, 3, 0]);
  });

  it('count a warm-up that takes more than a second, and end warming up after a share of the time', () => {
    const settled = (seconds: number) => {
      const probes = new Probes([cellOf(1, 100)], 1000, 1);
      return probes.settle(probes.take(1000), 1, seconds);
    };
    expect([settled(1), settled(1.01)]).toEqual([false, true]);
    const warmUps = (seconds: number, lanes: number, each: number) => {
      const probes = new Probes([cellOf(1, 1000)], seconds, lanes);
      for (let count = 0; ; count++) {
        const probe = probes.take(1000);
        if (!probe.warmUp) return count;
        probes.settle(probe, 1, each);
      }
    };
    // Half a second for each of the lanes, a quarter of the time at most, ten trials each at most, one each at least.
    expect([
      warmUps(100, 1, 0.2),
      warmUps(1, 1, 0.1),
      warmUps(100, 2, 0.3),
      warmUps(100, 2, 9),
      warmUps(100, 3, 1e-6),
    ]).toEqual([3, 3, 4, 2, 30]);
  });

  it('of few cells come back to them with other trials', () => {
    const all = probeAll([cellOf(1, 9)], () => 1, 9);
    expect(all.length).toBeGreaterThan(1);
    expect(all[1].first).toBe(all[0].first + all[0].count);
  });
});
