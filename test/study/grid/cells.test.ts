import { estimating } from '../../experiments/prefixes.js';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import type { Cell, Experiment } from '../../../src/experiments/spec.js';
import { cellOf, gridOf, grownCells } from '../../../src/study/grid/cells.js';
import { cellKey } from '../../../src/study/grid/streams.js';
import { findExperiment } from '../../pool/fixtures/laboratory.mjs';

const toy = findExperiment('toy-mixed');
const VALUES = { n: [10, 20], step: 0.5 };
const of = (...ns: readonly number[]): Cell[] => ns.map((n) => ({ settings: { n }, trials: n }));
const withCells = (...ns: readonly number[]): Experiment => ({ ...toy, cells: () => of(...ns) });

describe('a cell', () => {
  it('has its settings, its text, its key, and all that its trials see', () => {
    expect(cellOf({ experiment: toy, values: VALUES }, 7, { n: 10, d: 2 })).toEqual({
      settings: { n: 10, d: 2 },
      text: 'd=2,n=10',
      key: cellKey(toy, 7, { n: 10, d: 2 }),
      trialSettings: { d: 2, n: 10, step: 0.5 },
    });
  });
});

describe('a grid', () => {
  const prefixes = estimating(() => undefined);

  it('has the cells of the values, each with its trials', () => {
    const chosen = { experiment: withCells(2, 1), values: VALUES };
    const grid = gridOf(chosen, 7);
    expect(grid).toEqual({
      ...chosen,
      seed: 7,
      cells: [2, 1].map((n) => ({ ...cellOf(chosen, 7, { n }), trials: n })),
    });
    expect(grownCells(grid, prefixes)).toBe(grid.cells);
    expect(gridOf({ ...chosen, experiment: withCells() }, 7).cells).toEqual([]);
  });

  it('grows as results say', () => {
    const grow: Experiment['grow'] = (_, asked) => (asked === prefixes ? of(1, 2, 3) : of());
    const grid = gridOf({ experiment: { ...withCells(1, 2), grow }, values: {} }, 7);
    expect(grownCells(grid, prefixes).map(({ text, trials }) => [text, trials])).toEqual([
      ['n=1', 1],
      ['n=2', 2],
      ['n=3', 3],
    ]);
    expect(grid.cells.map(({ text }) => text)).toEqual(['n=1', 'n=2']);
  });

  it('has every cell once, of what it grows by too', () => {
    const twice = new InputError('the grid of toy-mixed must have every cell once, got n=1 twice');
    expect(() => gridOf({ experiment: withCells(3, 1, 2, 1), values: {} }, 1)).toThrow(twice);
    const grid = gridOf({ experiment: { ...withCells(1), grow: () => of(1, 1) }, values: {} }, 1);
    expect(() => grownCells(grid, prefixes)).toThrow(twice);
  });
});
