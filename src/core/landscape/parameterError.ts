import type { LinearAlgebra } from '../kernels/contract.js';

/**
 * e(A) = min{1 − min_i max_j |R_ij|, 1 − min_j max_i |R_ij|} with R = A*⁻¹A for the paper's matrices, whose columns are
 * our rows: with rows, R = A (A*)⁻¹ up to transposition, and e does not see transposition. 0 when R is a signed permutation.
 * An entry above 1 in every line makes e negative.
 * @param weights A (k, k), @param teacher A* (k, k), invertible
 * Source: gao2018, (22).
 */
export function parameterError(kernels: Pick<LinearAlgebra, 'solve'>, weights: Float64Array, teacher: Float64Array, size: number): number {
  const columns = (rows: Float64Array): Float64Array => Float64Array.from(rows, (_, at) => rows[(at % size) * size + Math.floor(at / size)]);
  const ratio = kernels.solve(columns(teacher), columns(weights), size, size);
  const largest = (at: (line: number, place: number) => number): number => {
    let least = Infinity;
    for (let line = 0; line < size; line++) {
      let most = 0;
      for (let place = 0; place < size; place++) most = Math.max(most, Math.abs(ratio[at(line, place)]));
      least = Math.min(least, most);
    }
    return least;
  };
  return Math.min(1 - largest((line, place) => line * size + place), 1 - largest((line, place) => place * size + line));
}
