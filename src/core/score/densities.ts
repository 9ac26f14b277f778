/** The densities of the input laws, as derivatives of their logarithms: exact score functions. */
import type { InputLaw } from '../inputs.js';
import type { LogDensityDerivatives } from './derivatives.js';
import { logisticDerivatives, smoothUniformDerivatives } from './productLaws.js';

/** Derivatives of orders 1 to 4 of a function of one variable. */
export type Derivatives = readonly [number, number, number, number];

/**
 * A density of the form log f(x) = Σ_j ψ(x_j) + χ(Σ_j x_j) + const: all laws of `INPUT_LAWS` have it. A contraction of
 * ∇^m log f then costs O(d) per sample: ∇^m log f(u, …, w) = Σ_j ψ^{(m)}(x_j) u_j ⋯ w_j + χ^{(m)}(t) (Σu) ⋯ (Σw), t = Σ_j x_j.
 */
export interface LogDensity {
  /** ψ′ … ψ⁗ at a coordinate */
  readonly coordinate: (x: number) => Derivatives;
  /** χ′ … χ⁗ at the sum of the coordinates; absent: χ = 0 */
  readonly sum?: (t: number) => Derivatives;
}

const gaussianCoordinate = (x: number): Derivatives => [-x, -1, 0, 0];

export const LOG_DENSITIES: Readonly<Record<InputLaw, LogDensity>> = {
  gaussian: { coordinate: gaussianCoordinate },
  // Off the axes. On them the derivatives of |x| have atoms, which gao2018's S₄ = sgn(x)^{⊗4} leaves out too.
  laplace: { coordinate: (x) => [-Math.sign(x), 0, 0, 0] },
  logistic: { coordinate: logisticDerivatives },
  'smooth-uniform': { coordinate: smoothUniformDerivatives },
  // ½N(1, I) + ½N(−1, I) ∝ exp(−‖x‖²/2) cosh(Σ_j x_j).
  mixture: { coordinate: gaussianCoordinate, sum: logCosh },
};

/** log cosh: tanh t, s, −2 s tanh t, s (6 tanh² t − 2) with s = sech² t. */
function logCosh(t: number): Derivatives {
  const tanh = Math.tanh(t);
  // 1 − tanh² would lose all digits of the tails.
  const sech2 = Math.cosh(t) ** -2;
  return [tanh, sech2, -2 * sech2 * tanh, sech2 * (6 * tanh * tanh - 2)];
}

/** Derivatives of log f of a law at points (P, d), in full up to the order that is asked for (2 or 4). */
export function exactDerivatives(law: InputLaw, points: Float64Array, dimension: number, highest: 2 | 4): LogDensityDerivatives {
  const count = points.length / dimension;
  const tensors = Array.from({ length: highest }, (_, m) => new Float64Array(count * dimension ** (m + 1)));
  for (let p = 0; p < count; p++) addPoint(LOG_DENSITIES[law], points.subarray(p * dimension, (p + 1) * dimension), p, tensors);
  const [first, second, third, fourth] = tensors as [Float64Array, Float64Array, Float64Array?, Float64Array?];
  return { points: count, dimension, first, second, ...(third && { third }), ...(fourth && { fourth }) };
}

function addPoint({ coordinate, sum }: LogDensity, x: Float64Array, p: number, tensors: readonly Float64Array[]): void {
  const d = x.length;
  const alongSum = sum?.(x.reduce((total, xj) => total + xj, 0));
  const alongAxes = Array.from(x, coordinate);
  tensors.forEach((tensor, m) => {
    const size = d ** (m + 1);
    const own = tensor.subarray(p * size, (p + 1) * size);
    if (alongSum !== undefined) own.fill(alongSum[m]);
    // Entry (j, …, j) lies at j (1 + d + … + d^m).
    const diagonal = d === 1 ? 1 : (size - 1) / (d - 1);
    for (let j = 0; j < d; j++) own[j * diagonal] += alongAxes[j][m];
  });
}
