/** Rates over several cells together, from measures that are rates over the trials of each. */
import { currentLevel, type Estimate, type Noted } from '../../statistics/estimate.js';
import { jointConfidence, smallestOf } from '../../statistics/extremes.js';
import { binomialRate } from '../../statistics/rates.js';
import type { CellSummary } from '../spec.js';

type Cells = readonly CellSummary<unknown>[];

/** The number of trials of a cell that have the measure. */
function trialsOf({ measures, trials }: CellSummary<unknown>, measure: string): number {
  return trials - (measures[measure].leftOut ?? 0);
}

/** The number of trials of a cell that are successes. */
export function successesOf(cell: CellSummary<unknown>, measure = 'successRate'): number {
  const trials = trialsOf(cell, measure);
  return trials === 0 ? 0 : Math.round(cell.measures[measure].value * trials);
}

function rateOver(cells: Cells, measure: string, confidence = currentLevel()): Estimate {
  return binomialRate(
    cells.reduce((sum, cell) => sum + successesOf(cell, measure), 0),
    cells.reduce((sum, cell) => sum + trialsOf(cell, measure), 0),
    confidence,
  );
}

/** A rate over all trials of the given cells that have the measure. */
export function pooledRate(cells: Cells, measure = 'successRate'): Noted {
  const pooled = rateOver(cells, measure);
  const isEmpty = Number.isNaN(pooled.value) && cells.some(({ trials }) => trials > 0);
  return isEmpty ? { ...pooled, note: 'no trial had anything to compare' } : pooled;
}

/** The smallest rate of several groups of cells, so that one group cannot hide among the others. */
export function smallestRate(groups: readonly Cells[], measure: string): Estimate {
  const rates = (confidence?: number): Estimate[] => groups.map((cells) => rateOver(cells, measure, confidence));
  return smallestOf(rates(), rates(jointConfidence(groups.length)));
}
