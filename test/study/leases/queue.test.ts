import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSUMED_FLOPS_PER_SECOND } from '../../../src/core/speed.js';
import { CostModel } from '../../../src/study/leases/cost.js';
import {
  countTrials,
  leaseSeconds,
  leaseTrials,
  missingRanges,
  MOST_TRIALS_PER_LEASE,
  WorkQueue,
  type PlannedCell,
  type Slice,
} from '../../../src/study/leases/queue.js';

interface NamedCell extends PlannedCell {
  readonly name: number;
}

const cells = fc
  .array(
    fc.record({ cost: fc.integer({ min: 1, max: 1000 }), planned: fc.nat(60), done: fc.uniqueArray(fc.nat(70)) }),
    { maxLength: 8 },
  )
  .map((specs) =>
    specs.map(({ cost, planned, done }, name): NamedCell => ({
      name,
      cost,
      missing: missingRanges(
        planned,
        done.toSorted((a, b) => a - b),
      ),
    })),
  );

function listTrials(cell: NamedCell): string[] {
  return cell.missing.flatMap(({ first, end }) =>
    Array.from({ length: end - first }, (_, index) => `${cell.name}#${first + index}`),
  );
}

function trialsOf({ cell, first, count }: Slice<NamedCell>): string[] {
  return Array.from({ length: count }, (_, index) => `${cell.name}#${first + index}`);
}

describe('missingRanges', () => {
  it('is what is planned and not done', () => {
    expect(missingRanges(10, [0, 1, 4, 9, 12])).toEqual([
      { first: 2, end: 4 },
      { first: 5, end: 9 },
    ]);
    expect(missingRanges(3, [])).toEqual([{ first: 0, end: 3 }]);
    expect(missingRanges(2, [0, 1, 2])).toEqual([]);
    expect(missingRanges(0, [])).toEqual([]);
  });
});

describe('WorkQueue', () => {
  it('hands every missing trial out exactly once, whatever the lease sizes and what comes back', () => {
    fc.assert(
      fc.property(cells, fc.infiniteStream(fc.nat(20)), fc.infiniteStream(fc.nat(30)), (planned, sizes, kept) => {
        const queue = new WorkQueue(planned);
        const performed: string[] = [];
        for (
          let slice = queue.next(() => 1 + next(sizes));
          slice !== undefined;
          slice = queue.next(() => 1 + next(sizes))
        ) {
          // A worker that performs nothing at all for ever would never end: the first trial is always performed.
          const done = Math.min(slice.count, 1 + next(kept));
          performed.push(...trialsOf({ ...slice, count: done }));
          queue.giveBack({ ...slice, first: slice.first + done, count: slice.count - done });
        }
        expect(performed.toSorted()).toEqual(planned.flatMap(listTrials).toSorted());
        expect(queue.trials).toBe(0);
        expect(queue.operations).toBe(0);
      }),
    );
  });

  it('has the cells that have something left, and takes back only what was theirs', () => {
    const [some, none, dear] = [
      {
        cost: 2,
        missing: [
          { first: 3, end: 5 },
          { first: 8, end: 9 },
        ],
      },
      { cost: 5, missing: [] },
      { cost: 7, missing: [{ first: 0, end: 1 }] },
    ];
    const queue = new WorkQueue<PlannedCell>([some, none, dear]);
    expect(queue.cells).toEqual([dear, some]);
    expect([queue.trials, queue.operations]).toEqual([4, 13]);
    queue.giveBack({ cell: none, first: 0, count: 0 });
    expect(() => {
      queue.giveBack({ cell: none, first: 0, count: 1 });
    }).toThrow(/never handed out/);
    const taken = Array.from({ length: 4 }, () => queue.next(() => 9));
    expect(taken.map((slice) => [slice?.cell.cost, slice?.first, slice?.count])).toEqual([
      [2, 3, 1],
      [7, 0, 1],
      [2, 4, 1],
      [2, 8, 1],
    ]);
    expect(queue.next(() => 9)).toBeUndefined();
  });

  it('hands out again first what it took back', () => {
    const cell = { cost: 1, missing: [{ first: 0, end: 100 }] };
    const queue = new WorkQueue<PlannedCell>([cell]);
    expect(queue.next(() => 50)).toMatchObject({ first: 0, count: 1 });
    expect(queue.next(() => 50)).toMatchObject({ first: 1, count: 9 });
    queue.giveBack({ cell, first: 4, count: 6 });
    expect(queue.next(() => 4)).toMatchObject({ first: 4, count: 4 });
    expect(queue.next(() => 50)).toMatchObject({ first: 8, count: 2 });
    expect([queue.next(() => 50)?.first, queue.trials]).toEqual([10, 80]);
  });

  it('counts what is left', () => {
    fc.assert(
      fc.property(cells, (planned) => {
        const queue = new WorkQueue(planned);
        let trials = planned.reduce((sum, cell) => sum + countTrials(cell.missing), 0);
        let operations = planned.reduce((sum, cell) => sum + cell.cost * countTrials(cell.missing), 0);
        for (let slice = queue.next(() => 3); slice !== undefined; slice = queue.next(() => 3)) {
          trials -= slice.count;
          operations -= slice.count * slice.cell.cost;
          expect([queue.trials, queue.operations]).toEqual([trials, operations]);
        }
      }),
    );
  });

  it('shows one trial of every cell first, cheap cells first', () => {
    const range = [{ first: 0, end: 5 }];
    const queue = new WorkQueue([
      { cost: 2, missing: range },
      { cost: 9, missing: range },
      { cost: 1, missing: range },
    ]);
    const order = [0, 1, 2]
      .map(() => queue.next(() => 4))
      .map((slice) => [slice?.cell.cost, slice?.first, slice?.count]);
    expect(order).toEqual([
      [1, 0, 1],
      [2, 0, 1],
      [9, 0, 1],
    ]);
  });

  it('then lets all cells advance together, dear cells first in each round', () => {
    const queue = new WorkQueue([
      { cost: 1, missing: [{ first: 0, end: 20 }] },
      { cost: 9, missing: [{ first: 0, end: 20 }] },
    ]);
    const order: number[] = [];
    for (let slice = queue.next(() => 50); slice !== undefined; slice = queue.next(() => 50))
      order.push(slice.cell.cost);
    // Two probes, the rest of the first tenth, then nine rounds of a tenth each.
    expect(order).toEqual([1, 9, 9, 1, ...Array.from({ length: 9 }, () => [9, 1]).flat()]);
  });

  it('never lets one cell run more than a tenth ahead of another', () => {
    fc.assert(
      fc.property(
        cells.filter((planned) => planned.length > 1),
        fc.integer({ min: 1, max: 30 }),
        (planned, size) => {
          const queue = new WorkQueue(planned);
          const handed = new Map(planned.map((cell) => [cell, 0]));
          for (let slice = queue.next(() => size); slice !== undefined; slice = queue.next(() => size)) {
            handed.set(slice.cell, (handed.get(slice.cell) ?? 0) + slice.count);
            const open = [...handed].filter(([cell]) => countTrials(cell.missing) > 0);
            const tenths = open.map(([cell, count]) => (10 * count) / countTrials(cell.missing));
            const coarsest = Math.max(...open.map(([cell]) => 10 / countTrials(cell.missing)));
            expect(Math.max(...tenths) - Math.min(...tenths)).toBeLessThanOrEqual(1 + coarsest + 1e-9);
          }
        },
      ),
    );
  });
});

describe('lease sizes', () => {
  it('are 0.2 to 1 second, short near the end', () => {
    expect(leaseSeconds(1000, 2)).toBe(1);
    expect(leaseSeconds(4, 2)).toBe(0.5);
    expect(leaseSeconds(0.1, 2)).toBe(0.2);
    expect([leaseSeconds(8, 2), leaseSeconds(1.6, 2), leaseSeconds(7.2, 3), leaseSeconds(Infinity, 2)]).toEqual(
      [1, 0.2, 0.6, 1].map((s) => expect.closeTo(s, 12) as number),
    );
  });

  it('are at least one trial, and never more than memory allows', () => {
    expect(leaseTrials(1, 0.25)).toBe(4);
    expect(leaseTrials(1, 60)).toBe(1);
    expect(leaseTrials(1, 1e-12)).toBe(MOST_TRIALS_PER_LEASE);
    expect(leaseTrials(1, 0)).toBe(MOST_TRIALS_PER_LEASE);
    expect([leaseTrials(1, 0.26), leaseTrials(0.5, 0.25), leaseTrials(0.49, 0.25), leaseTrials(1, 1 / 20_000)]).toEqual(
      [3, 2, 1, 16384],
    );
  });
});

describe('CostModel', () => {
  const [small, large] = [{ cost: 1e9 }, { cost: 4e9 }];

  it('starts with a guess, then uses what it has seen', () => {
    const model = new CostModel();
    expect(model.secondsPerTrial(small)).toBe(1e9 / ASSUMED_FLOPS_PER_SECOND);
    model.observe(small, 10, 5);
    expect(model.secondsPerTrial(small)).toBeCloseTo(0.5, 12);
    expect(model.secondsPerTrial(large)).toBeCloseTo(2, 12);
    expect(model.seconds(2, 8e9)).toBeCloseTo(4, 12);
  });

  it('knows the cells that it has seen by themselves', () => {
    const model = new CostModel();
    model.observe(small, 10, 5);
    model.observe(large, 10, 5);
    expect(model.secondsPerTrial(small)).toBeCloseTo(0.5, 12);
    expect(model.secondsPerTrial(large)).toBeCloseTo(0.5, 12);
  });

  it('tells the overhead of a trial from its operations', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        fc.double({ min: 1e-12, max: 1e-9, noNaN: true }),
        (overhead, perOperation) => {
          const model = new CostModel();
          for (const cost of [1e3, 1e6, 1e9]) model.observe({ cost }, 5, 5 * (overhead + perOperation * cost));
          const [trials, operations] = [3, 5e10];
          const expected = overhead * trials + perOperation * operations;
          expect(Math.abs(model.seconds(trials, operations) / expected - 1)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('takes no line that falls, or begins below nothing', () => {
    for (const seconds of [
      [2, 1],
      [1, 100],
    ]) {
      const model = new CostModel();
      [1e9, 1e10].forEach((cost, index) => {
        model.observe({ cost }, 1, seconds[index]);
      });
      expect(model.seconds(1, 1e11)).toBeCloseTo((10 * (seconds[0] + seconds[1])) / 1.1, 9);
    }
  });

  it('follows a machine that becomes slower', () => {
    const model = new CostModel();
    model.observe(small, 10, 5);
    for (let lease = 0; lease < 30; lease++) model.observe(small, 10, 50);
    expect(model.secondsPerTrial(small)).toBeCloseTo(5, 1);
  });
});

function next(stream: fc.Stream<number>): number {
  const { value } = stream.next() as { value: number };
  return value;
}
