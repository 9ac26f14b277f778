import type { LinearAlgebra } from '../kernels/contract.js';

/** Three measures of how near A is to a signed permutation of A*; all are functions of the same ratio R. */
export interface ParameterErrors {
  /**
   * e(A) of (22), the smaller of the two directions: 0 also where several rows of A are one row of A* and others are
   * missing
   */
  readonly error: number;
  /** the larger of the two: near 0 only where A is a signed permutation of A* */
  readonly strictError: number;
  /** share of the rows of A* that nearly equal some row of A: |R| ≥ `COVERED` */
  readonly covered: number;
}

/** |R_ij| from which row j of A* counts as found; for unit rows and orthogonal A* the cosine between the two. */
export const COVERED = 0.9;

/**
 * e(A) = min{1 − min_i max_j |R_ij|, 1 − min_j max_i |R_ij|} with R = A*⁻¹A for the paper's matrices, whose columns are
 * our rows. Negative when entries above 1 are in every line.
 * @param weights A (k, k), one row per neuron
 * @param teacher A* (k, k), invertible
 * Source: gao2018, (22).
 */
export function parameterErrors(
  kernels: Pick<LinearAlgebra, 'solve'>,
  weights: Float64Array,
  teacher: Float64Array,
  size: number,
): ParameterErrors {
  const columns = (rows: Float64Array): Float64Array =>
    Float64Array.from(rows, (_, at) => rows[(at % size) * size + Math.floor(at / size)]);
  // Row i belongs to row i of A*, column j to row j of A.
  const ratio = kernels.solve(columns(teacher), columns(weights), size, size).map(Math.abs);
  const ofTeacher = new Float64Array(size);
  const ofStudent = new Float64Array(size);
  ratio.forEach((value, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    ofTeacher[i] = Math.max(ofTeacher[i], value);
    ofStudent[j] = Math.max(ofStudent[j], value);
  });
  const sides = [1 - Math.min(...ofTeacher), 1 - Math.min(...ofStudent)];
  return {
    error: Math.min(...sides),
    strictError: Math.max(...sides),
    covered: ofTeacher.filter((value) => value >= COVERED).length / size,
  };
}
