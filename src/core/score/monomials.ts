/** Monomials v^α/α!, |α| = 1 … p: with them the coefficients of a polynomial are its derivatives at 0. */

export interface Monomials {
  readonly dimension: number;
  /** α of each monomial, by degree */
  readonly exponents: readonly (readonly number[])[];
}

export function monomials(dimension: number, degree: number): Monomials {
  const all = Array.from({ length: degree }, (_, k) => exponentsOf(dimension, k + 1)).flat();
  return { dimension, exponents: all };
}

function exponentsOf(dimension: number, degree: number): number[][] {
  if (dimension === 1) return [[degree]];
  return Array.from({ length: degree + 1 }, (_, first) =>
    exponentsOf(dimension - 1, degree - first).map((rest) => [first, ...rest]),
  ).flat();
}

/** The monomials at points (N, d): (N, F). */
export function monomialsAt({ dimension: d, exponents }: Monomials, points: Float64Array): Float64Array {
  const count = points.length / d;
  const size = exponents.length;
  const out = new Float64Array(count * size).fill(1);
  exponents.forEach((alpha, f) => {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < d; j++) {
        for (let k = 1; k <= alpha[j]; k++) out[i * size + f] *= points[i * d + j] / k;
      }
    }
  });
  return out;
}

/**
 * The symmetric tensor of order m whose entry (j₁, …, j_m) is the coefficient of the monomial with these indices, times
 * a factor.
 */
export function tensorOf(
  { dimension: d, exponents }: Monomials,
  coefficients: Float64Array,
  order: number,
  factor: number,
  out: Float64Array,
): void {
  const byText = new Map(exponents.map((alpha, f) => [alpha.join(), coefficients[f]]));
  for (let at = 0; at < out.length; at++) {
    const alpha = new Array<number>(d).fill(0);
    let rest = at;
    for (let axis = 0; axis < order; axis++) {
      alpha[rest % d] += 1;
      rest = Math.floor(rest / d);
    }
    out[at] = factor * (byText.get(alpha.join()) ?? Number.NaN);
  }
}
