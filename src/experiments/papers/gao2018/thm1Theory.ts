/** The population limit of the second-degree LLSFE (14), (15), and its asymptotic variances. */
/** â₁ (d) and Â₂ (d, d). */
export interface Fit {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * â₁ and Â₂ at x for ½N(1, I) + ½N(−1, I) and n → ∞. Under the kernel each component is again Gaussian. Its covariance
 * is h²/(1 + h²) I, its mean (x ± h²1)/(1 + h²), and its weight exp(−‖x ∓ 1‖²/2(1 + h²)).
 */
export function mixtureFit(x: Float64Array, h: number): Fit {
  const d = x.length;
  const narrow = 1 + h * h;
  const log = [1, -1].map((side) => -x.reduce((sum, xj) => sum + (xj - side) ** 2, 0) / (2 * narrow));
  const share = 1 / (1 + Math.exp(log[1] - log[0]));
  // The means of X − x in the two components differ by 2h²/(1 + h²) in every coordinate.
  const mean = x.map((xj) => (h * h * (2 * share - 1 - xj)) / narrow);
  const between = share * (1 - share) * ((2 * h * h) / narrow) ** 2;
  // The covariance is aI + b11ᵀ. Its inverse is I/a − c11ᵀ. Also 1/h² − 1/a = −1.
  const own = (h * h) / narrow;
  const c = between / (own * (own + d * between));
  const total = mean.reduce((sum, value) => sum + value, 0);
  return {
    first: mean.map((value) => value / own - c * total),
    second: Float64Array.from({ length: d * d }, (_, at) => c - (at % (d + 1) === 0 ? 1 : 0)),
  };
}

/**
 * n times the variances at x = 0 for N(0, I) and n → ∞, by the delta method. τ² = h²/(1 + h²) is the variance under the
 * kernel, and τ_2² = h²/(2 + h²) the variance under the squared kernel.
 * â_i: (τ_2^{d/2+1}/τ^{d+2})², Â_ij: (τ_2^{d/2+2}/τ^{d+4})², Â_ii: like Â_ij, with √(3τ_2⁴ − 2τ²τ_2² + τ⁴) in place of
 * τ_2².
 */
export function gaussianVariances(
  d: number,
  h: number,
): { readonly first: number; readonly off: number; readonly diagonal: number } {
  const [tau, twice] = [(h * h) / (1 + h * h), (h * h) / (2 + h * h)];
  const mass = twice ** (d / 2) / tau ** d;
  return {
    first: (mass * twice) / tau ** 2,
    off: (mass * twice ** 2) / tau ** 4,
    diagonal: (mass * (3 * twice ** 2 - 2 * tau * twice + tau ** 2)) / tau ** 4,
  };
}
