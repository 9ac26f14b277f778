/**
 * The Cholesky factor of one small covariance, in place, with solve and inverse. There is no allocation and no native
 * call per point.
 */

/**
 * Puts L with A = L Lᵀ into the lower triangle of a symmetric (d, d) matrix. False, with the matrix spoilt, when a
 * coordinate's variance given those before it is at most `least` of its variance, or not a number.
 */
export function choleskyOf(matrix: Float64Array, d: number, least: number): boolean {
  for (let j = 0; j < d; j++) {
    const variance = matrix[j * d + j];
    for (let k = 0; k < j; k++) {
      let sum = matrix[j * d + k];
      for (let l = 0; l < k; l++) sum -= matrix[j * d + l] * matrix[k * d + l];
      matrix[j * d + k] = sum / matrix[k * d + k];
    }
    let rest = variance;
    for (let l = 0; l < j; l++) rest -= matrix[j * d + l] ** 2;
    if (!(rest > least * variance)) return false;
    matrix[j * d + j] = Math.sqrt(rest);
  }
  return true;
}

/** x ← A⁻¹ x from the factor of `choleskyOf`. */
export function solveFrom(factor: Float64Array, d: number, x: Float64Array): void {
  for (let j = 0; j < d; j++) {
    for (let l = 0; l < j; l++) x[j] -= factor[j * d + l] * x[l];
    x[j] /= factor[j * d + j];
  }
  for (let j = d - 1; j >= 0; j--) {
    for (let l = j + 1; l < d; l++) x[j] -= factor[l * d + j] * x[l];
    x[j] /= factor[j * d + j];
  }
}

/** Replaces the factor of `choleskyOf` by the full symmetric A⁻¹. */
export function invertFrom(factor: Float64Array, d: number): void {
  invertLower(factor, d);
  // A⁻¹ = L⁻ᵀ L⁻¹. Row j of the lower triangle is read by rows up to j only, so it may be overwritten from the top.
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let l = j; l < d; l++) sum += factor[l * d + j] * factor[l * d + k];
      factor[j * d + k] = sum;
    }
  }
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < j; k++) factor[k * d + j] = factor[j * d + k];
  }
}

function invertLower(factor: Float64Array, d: number): void {
  for (let k = 0; k < d; k++) {
    factor[k * d + k] = 1 / factor[k * d + k];
    for (let j = k + 1; j < d; j++) {
      let sum = 0;
      for (let l = k; l < j; l++) sum += factor[j * d + l] * factor[l * d + k];
      // The diagonal of row j is still that of L.
      factor[j * d + k] = -sum / factor[j * d + j];
    }
  }
}
