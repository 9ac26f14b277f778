/** Which row of W belongs to which row of W*. */
import { assign, rowDistance, type Equivalence } from './matching.js';

interface Rows {
  readonly rows: number;
  /** entries of a row */
  readonly length: number;
  /** (rows, length) */
  readonly values: Float64Array;
}

/** The row of W that is matched with a row of W*. */
export interface MatchedRow {
  /** undefined: W has fewer rows, and none is left for it */
  readonly row: number | undefined;
  /** −1 where the opposite row is nearer and signs do not count */
  readonly sign: 1 | -1;
  /** ‖w − w*‖; ‖w*‖ without a row */
  readonly distance: number;
}

/**
 * The matching that minimises Σ ‖w − w*‖² over the rows of W*, by row of W*. Rows of W that are left over cost nothing; a
 * row of W* that is left over costs ‖w*‖².
 */
export function matchedRows(weights: Rows, teacher: Rows, equivalence: Equivalence): MatchedRow[] {
  const size = Math.max(weights.rows, teacher.rows);
  const zero = new Float64Array(teacher.length);
  const rowOf = ({ rows, length, values }: Rows, i: number): Float64Array =>
    i < rows ? values.subarray(i * length, (i + 1) * length) : zero;
  const cost = Float64Array.from({ length: size * size }, (_, at) => {
    const k = Math.floor(at / size);
    return k < teacher.rows ? rowDistance(rowOf(weights, at % size), rowOf(teacher, k), equivalence) : 0;
  });
  return Array.from(assign(cost, size).subarray(0, teacher.rows), (row, k) => {
    const isNegative =
      equivalence.signs && rowDistance(rowOf(weights, row), rowOf(teacher, k), { signs: false }) > cost[k * size + row];
    return {
      row: row < weights.rows ? row : undefined,
      sign: isNegative ? -1 : 1,
      distance: Math.sqrt(cost[k * size + row]),
    };
  });
}
