/**
 * Descent with rows of norm 1 on Σ_i w_i (s_i² − c Σ_m p_im⁴), p = signs aᵀ, s = Σ_m p²: neurons as rows, samples along
 * the rows.
 */
export function landscape({ samples: n, dimension: d, neurons, diagonal: c, step, signs, weights, rows }, products) {
  const [p, total, gradient] = [neurons * n, n, neurons * d].map((length) => new Float64Array(length));

  function slopesInPlace() {
    total.fill(0);
    for (let m = 0; m < neurons; m++) {
      for (let i = 0; i < n; i++) total[i] += p[m * n + i] ** 2;
    }
    for (let m = 0; m < neurons; m++) {
      for (let i = 0; i < n; i++) {
        const at = p[m * n + i];
        p[m * n + i] = 4 * weights[i] * at * (total[i] - c * at * at);
      }
    }
  }

  function move(a) {
    for (let m = 0; m < neurons; m++) {
      let squares = 0;
      for (let j = m * d; j < (m + 1) * d; j++) {
        a[j] -= step * gradient[j];
        squares += a[j] * a[j];
      }
      const norm = Math.sqrt(squares);
      for (let j = m * d; j < (m + 1) * d; j++) a[j] /= norm;
    }
  }

  return (iterations) => {
    const a = rows.slice();
    for (let t = 0; t < iterations; t++) {
      products.byTransposed(a, signs, p, neurons, n, d);
      slopesInPlace();
      products.by(p, signs, gradient, neurons, d, n);
      move(a);
    }
    return a;
  };
}
