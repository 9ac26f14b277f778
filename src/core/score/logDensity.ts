/** Derivatives of orders 1 to 4 of a function of one variable. */
export type Derivatives = readonly [number, number, number, number];

/**
 * A density of the form log f(x) = Σ_j ψ(x_j) + χ(Σ_j x_j) + const: all laws of `INPUTS` have it. A contraction of ∇^m
 * log f then costs O(d) per sample: ∇^m log f(u, …, w) = Σ_j ψ^{(m)}(x_j) u_j ⋯ w_j + χ^{(m)}(t) (Σu) ⋯ (Σw), t = Σ_j
 * x_j.
 */
export interface LogDensity {
  /** ψ′ … ψ⁗ at a coordinate */
  readonly coordinate: (x: number) => Derivatives;
  /** χ′ … χ⁗ at the sum of the coordinates; absent: χ = 0 */
  readonly sum?: (t: number) => Derivatives;
}

export function gaussianDerivatives(x: number): Derivatives {
  return [-x, -1, 0, 0];
}

/** Off the axes. On them the derivatives of |x| have atoms, which gao2018's S₄ = sgn(x)^{⊗4} leaves out too. */
export function laplaceDerivatives(x: number): Derivatives {
  return [-Math.sign(x), 0, 0, 0];
}

/** log cosh: tanh t, s, −2 s tanh t, s (6 tanh² t − 2) with s = sech² t. */
export function logCoshDerivatives(t: number): Derivatives {
  const tanh = Math.tanh(t);
  // 1 − tanh² would lose all digits of the tails.
  const sech2 = Math.cosh(t) ** -2;
  return [tanh, sech2, -2 * sech2 * tanh, sech2 * (6 * tanh * tanh - 2)];
}
