import { refuse } from '../../base/errors.js';
import { requireTeacher, type TeacherLaw } from '../../core/networks/teachers.js';
import { ascending } from './ascending.js';
import type { CellSummary } from '../spec.js';

/**
 * The largest number of entries of one training set, 8 GB. Several larger training sets would not fit into the memory
 * of one machine.
 */
const MOST_ENTRIES = 1e9;

/** The values that define a grid over d and n. */
export interface GridValues {
  readonly K: number;
  readonly teacher: TeacherLaw;
  readonly d: readonly number[];
  /** sample sizes, or `auto` alone: r·d for every r of `perDimension` */
  readonly n: readonly (number | 'auto')[];
  readonly perDimension: readonly number[];
}

/** A cell of such a grid. */
export interface SamplePoint {
  readonly K: number;
  readonly d: number;
  readonly n: number;
}

/** What is measured in a cell of such a grid. */
export type SampleCell = CellSummary<Pick<SamplePoint, 'd' | 'n'>>;

/**
 * Cells over d and n; `rows` is the number of weight rows of the teacher.
 * @throws InputError when no teacher fits, or a training set is too large
 */
export function sampleGrid({ K, teacher, d: dimensions, n, perDimension }: GridValues, rows = K): SamplePoint[] {
  const given = n.filter((value) => value !== 'auto');
  return ascending(dimensions).flatMap((d) => {
    requireTeacher(teacher, rows, d);
    const samples =
      given.length === 0 ? ascending(perDimension).map((ratio) => Math.round(ratio * d)) : ascending(given);
    return samples.map((size) => requireSize({ K, d, n: size }));
  });
}

function requireSize(point: SamplePoint): SamplePoint {
  if (point.n * point.d > MOST_ENTRIES)
    refuse('n·d, the size of a training set', `at most ${MOST_ENTRIES}`, point.n * point.d);
  return point;
}
