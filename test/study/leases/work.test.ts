import { describe, expect, it } from 'vitest';
import { cellOf } from '../../../src/study/grid/cells.js';
import { cellKey } from '../../../src/study/grid/streams.js';
import { cellWork, leaseOf } from '../../../src/study/leases/work.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';

const toy = findExperiment('toy-mixed');
const VALUES = { n: [10, 20], d: 2, sleep: 0, trials: 5 };

describe('the work of a cell', () => {
  it('has the operations of a trial, its settings with every single value, and the key of the cell alone', () => {
    const { cost, sharedEntries, template } = cellWork(
      toy,
      {},
      cellOf({ experiment: toy, values: VALUES }, 7, { n: 10 }),
    );
    expect([cost, sharedEntries]).toEqual([toy.cost({ n: 10, d: 2 }), 0]);
    expect(template).toEqual({
      experiment: 'toy-mixed',
      settings: { n: 10, d: 2, sleep: 0, trials: 5 },
      key: cellKey(toy, 7, { n: 10 }),
      partitions: undefined,
      team: false,
    });
  });

  it('is of all workers where the training set is cut', () => {
    const { sharedEntries, template } = cellWork(
      toy,
      { partitions: 8 },
      cellOf({ experiment: toy, values: VALUES }, 7, { n: 100, d: 2 }),
    );
    expect([sharedEntries, template.partitions, template.team]).toEqual([200, 8, true]);
  });

  it('has the precision of the study where its trials work in it', () => {
    const cell = cellOf({ experiment: toy, values: VALUES }, 7, { n: 10 });
    const { template } = cellWork({ ...toy, takesMixed: () => true }, { precision: 'mixed' }, cell);
    expect(template.precision).toBe('mixed');
    expect(() => cellWork(toy, { precision: 'mixed' }, cell)).toThrow('--precision must be float64 for toy-mixed');
  });

  it('costs one operation at least', () => {
    const cell = cellOf({ experiment: toy, values: VALUES }, 1, {});
    expect([0, 0.5, 3].map((cost) => cellWork({ ...toy, cost: () => cost }, {}, cell).cost)).toEqual([1, 1, 3]);
  });

  it('is leased in consecutive trials', () => {
    const cell = cellWork(toy, {}, cellOf({ experiment: toy, values: VALUES }, 7, { n: 10 }));
    expect(leaseOf({ cell, first: 3, count: 4 })).toEqual({ ...cell.template, first: 3, count: 4 });
  });
});
