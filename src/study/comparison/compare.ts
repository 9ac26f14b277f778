/** Compares two studies: bit by bit where the trials must be the same, by statistical tests elsewhere. */
import { holm } from '../../statistics/holm.js';
import type { StoredExperiment } from '../../store/identity.js';
import type { StudyReader } from '../../store/reader.js';
import { factDifferences, factsOf, type FactDifference } from '../provenance/origins.js';
import { overlapOf, type Overlap, type SharedCell } from './cells.js';
import { comparedMeasures, type ComparedExperiment } from './measures.js';
import type { MeasureComparison } from './samples.js';
import { compareTrials, originPairs, type ComparedTrials } from './trials.js';

export interface JudgedMeasure extends MeasureComparison {
  /** p-value, adjusted by Holm's method over all tests of the comparison */
  readonly adjusted: number;
  readonly differs: boolean;
}

export interface CellComparison extends ComparedTrials {
  readonly cell: SharedCell;
  readonly tests: readonly JudgedMeasure[];
}

export interface Comparison {
  readonly overlap: Overlap;
  readonly cells: readonly CellComparison[];
  readonly origins: readonly FactDifference[];
  /** whether any cell has trials in both studies */
  readonly compared: boolean;
  /** true when bits differ that must be the same, or when a test finds that a measure differs */
  readonly differs: boolean;
}

/**
 * Compares the cells that two studies share. `level` is the probability that any measure is reported as different when
 * none is. `onCell` is called before each cell.
 */
export function compareStudies(
  a: StudyReader,
  b: StudyReader,
  experimentOf: (stored: StoredExperiment) => ComparedExperiment,
  level: number,
  onCell: (done: number, all: number) => void = () => undefined,
): Comparison {
  const overlap = overlapOf(a, b);
  const measures = new Map(
    overlap.experiments.map((pair) => [pair.a.id, comparedMeasures(experimentOf(pair.a), experimentOf(pair.b))]),
  );
  const pairs = originPairs(a, b);
  const cells = judge(
    overlap.shared.map((cell, index) => {
      onCell(index, overlap.shared.length);
      return { cell, ...compareTrials(a, b, cell, measures.get(cell.a.experiment) ?? [], pairs) };
    }),
    level,
  );
  return {
    overlap,
    cells,
    origins: factDifferences(factsOf(a), factsOf(b)),
    compared: cells.some(({ trials }) => trials.a > 0 && trials.b > 0),
    differs: cells.some(({ trials, tests }) => trials.broken.length > 0 || tests.some(({ differs }) => differs)),
  };
}

type UnjudgedCell = ComparedTrials & Pick<CellComparison, 'cell'>;

function judge(cells: readonly UnjudgedCell[], level: number): CellComparison[] {
  const adjusted = holm(cells.flatMap(({ tests }) => tests.map(({ p }) => p))).values();
  return cells.map((cell) => ({
    ...cell,
    tests: cell.tests.map((test) => {
      const p = adjusted.next().value ?? NaN;
      return { ...test, adjusted: p, differs: p < level };
    }),
  }));
}
