import { describe, expect, it } from 'vitest';
import { secondsLeft, type CountedCell } from '../../src/live/forecast.js';
import type { CellTally } from '../../src/store/reader.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { cellWork } from '../../src/study/leases/work.js';
import { findExperiment } from '../pool/fixtures/laboratory.mjs';
import { IDENTITY } from '../study/toy.js';

const experiment = findExperiment('toy-other');
const chosen = { experiment, values: resolveValues(experiment, 'smoke', new Map()) };
const [cell] = gridOf(chosen, IDENTITY.seed).cells;
const work = cellWork(experiment, IDENTITY, cell);

/** A cell of 100 trials, of which some are done, each in 2 s. */
const counted = (done: number): CountedCell => ({ planned: 100, work, tally: done === 0 ? undefined : tallyOf(done) });
const tallyOf = (done: number): CellTally => ({
  ...{ cell: 1, ok: done, diverged: 0, failed: 0, censored: 0 },
  ...{ seconds: 2 * done, squares: 4 * done },
});

describe('the forecast from stored trials', () => {
  it('is the time of the missing trials on all workers, within its interval', () => {
    const left = secondsLeft(chosen, [counted(60)], 4);
    expect(left?.value).toBeCloseTo((40 * 2) / 4, 9);
    expect(left?.low).toBeLessThan(20);
    expect(left?.high).toBeGreaterThan(20);
  });

  it('of a cell without trials follows from the others', () => {
    expect(secondsLeft(chosen, [counted(60), counted(0)], 1)?.value).toBeCloseTo(280, 9);
  });

  it('is nothing when all is done, and unknown before the first trial', () => {
    expect(secondsLeft(chosen, [counted(100)], 4)?.value).toBe(0);
    expect(secondsLeft(chosen, [counted(0)], 4)).toBeUndefined();
  });
});
