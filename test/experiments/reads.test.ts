import { expect, it } from 'vitest';
import { Reads } from '../../src/experiments/reads.js';
import type { CellSummary } from '../../src/experiments/spec.js';

const cells: CellSummary[] = [1, 2, 3].map((n) => ({
  settings: { n },
  trials: 5,
  planned: 5,
  failed: 0,
  diverged: 0,
  measures: {},
}));

it('notes which cells results were read of, and not that their settings were', () => {
  const reads = new Reads();
  const watched = reads.watch(cells);
  expect(watched).toEqual(cells);
  reads.take();
  const [, second, third] = watched;
  expect([second.settings, third.trials, third.measures]).toEqual([{ n: 2 }, 5, {}]);
  expect([...reads.take()]).toEqual([2]);
  expect([...reads.take()]).toEqual([]);
});
