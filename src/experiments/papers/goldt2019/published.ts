/**
 * The final generalisation error per σ², to first order in σ², for student rows K = M + L, L = 0, 1, …: the authors'
 * closed form (a rational function of M, L and η with some two hundred integers, in the notebook "Overparameterised ODES
 * Erf" of their repository sgoldt/pyscm), evaluated with 80 digits.
 */
const PUBLISHED: readonly { readonly M: number; readonly stepSize: number; readonly values: readonly number[] }[] = [
  { M: 2, stepSize: 0.2, values: [0.040218707, 0.08012239, 0.126390265, 0.18067767, 0.245267688] },
  { M: 2, stepSize: 0.5, values: [0.117125514, 0.268025504, 0.516563224, 1.002890076, 2.381284691] },
  { M: 4, stepSize: 0.2, values: [0.087476331, 0.134973253, 0.190825241, 0.257449933, 0.338296936] },
];

/** The published value; undefined where the list has none. */
export function publishedFinal(K: number, M: number, stepSize: number): number | undefined {
  return PUBLISHED.find((row) => row.M === M && row.stepSize === stepSize)?.values[K - M];
}

/** How far ours may lie from it, relatively. */
export const PUBLISHED_ERROR = 1e-4;
