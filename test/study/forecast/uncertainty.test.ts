import { describe, expect, it } from 'vitest';
import { CostModel } from '../../../src/study/leases/cost.js';
import type { LeftCell } from '../../../src/study/forecast/left.js';
import type { ExperimentPilot, SeenTrials } from '../../../src/study/forecast/pilot.js';
import { otherCells, relativeError, SAME_MACHINE } from '../../../src/study/forecast/uncertainty.js';

/** A pilot that has seen trials of these seconds in cells of these costs. */
function pilotOf(...cells: readonly (readonly [cost: number, ...seconds: number[]])[]): {
  pilot: ExperimentPilot;
  cells: LeftCell[];
} {
  const model = new CostModel<LeftCell>();
  const seen = new Map<LeftCell, SeenTrials>();
  for (const [cost, ...times] of cells) {
    const cell = { cost } as LeftCell;
    const seconds = times.reduce((sum, time) => sum + time, 0);
    model.observe(cell, times.length, seconds);
    seen.set(cell, {
      trials: times.length,
      seconds,
      squares: times.reduce((sum, time) => sum + time ** 2, 0),
      bytes: 0,
    });
  }
  return { pilot: { model, seen, failed: 0 }, cells: [...seen.keys()] };
}

describe('the error of the mean time of a cell', () => {
  it('is the variation of trials, pooled over cells, over the root of their number', () => {
    // Relative deviations ∓1/2 with mean 2, ∓1/5 with mean 5: squares 1/2 and 2/25 on two degrees of freedom.
    const { pilot, cells } = pilotOf([1, 1, 3], [2, 4, 6]);
    const variation = Math.sqrt((1 / 2 + 2 / 25) / 2);
    expect(relativeError(pilot, cells[0])).toBeCloseTo(variation / Math.SQRT2, 12);
    expect(relativeError(pilot, { cost: 1 } as LeftCell)).toBeCloseTo(variation, 12);
  });

  it('is a half where no cell has two trials, and nothing where they agree', () => {
    const single = pilotOf([1, 2]);
    expect(relativeError(single.pilot, single.cells[0])).toBe(0.5);
    const equal = pilotOf([1, 2, 2]);
    expect(relativeError(equal.pilot, equal.cells[0])).toBe(0);
  });
});

describe('the factor for other cells', () => {
  it('is four where fewer than two were seen', () => {
    expect([otherCells(pilotOf().pilot), otherCells(pilotOf([1, 2, 3]).pilot)]).toEqual([4, 4]);
  });

  it('is that of the machine where the line says what was seen, and larger by two deviations where not', () => {
    expect(otherCells(pilotOf([10, 3], [20, 4]).pilot)).toBeCloseTo(SAME_MACHINE, 9);
    // Equal costs: the rate is 2, the logs are ∓: log(1/2) and log(3/2).
    const squares = Math.log(1 / 2) ** 2 + Math.log(3 / 2) ** 2;
    expect(otherCells(pilotOf([1, 1], [1, 3]).pilot)).toBeCloseTo(SAME_MACHINE * Math.exp(2 * Math.sqrt(squares)), 9);
  });
});
