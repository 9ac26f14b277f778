/** Small linear systems. */

/**
 * The x with Σ_j x_j columns_j = target, by elimination with the largest pivot of each column. Not finite where the
 * columns are dependent.
 */
export function solveLinear(columns: readonly Float64Array[], target: Float64Array): Float64Array {
  const n = target.length;
  const rows = Array.from(target, (value, i) => Float64Array.of(...columns.map((column) => column[i]), value));
  for (let k = 0; k < n; k++) {
    const pivot = rows.reduce((best, row, i) => (i >= k && Math.abs(row[k]) > Math.abs(rows[best][k]) ? i : best), k);
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    let rest = rows[k][n];
    for (let j = k + 1; j < n; j++) rest -= rows[k][j] * x[j];
    x[k] = rest / rows[k][k];
  }
  return x;
}
