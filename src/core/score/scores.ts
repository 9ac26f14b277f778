import { scoreSize, type LogDensityDerivatives, type ScoreOrder } from './derivatives.js';

/**
 * Score functions S_m = (−1)^m ∇^m f / f from derivatives of log f, (P, d, …, d) with m axes of length d:
 *
 *     S₁ = −g₁
 *     S₂ = g₁⊗g₁ + G₂
 *     S₄ = g₁^{⊗4} + 6 sym(G₂⊗g₁⊗g₁) + 3 sym(G₂⊗G₂) + 4 sym(𝒢₃⊗g₁) + 𝒢₄
 *
 * Absent third and fourth derivatives count as zero. A point whose derivatives are NaN gets NaN.
 * Source: gao2018, (6) and (7), with the symmetrisation of G₂⊗G₂ that (7) leaves out (docs/derivations/score.md).
 */
export function scoresFromDerivatives(order: ScoreOrder, derivatives: LogDensityDerivatives): Float64Array {
  const { points, dimension } = derivatives;
  const size = scoreSize(order, dimension);
  const scores = new Float64Array(points * size);
  for (let p = 0; p < points; p++)
    FILL[order](at(derivatives, p), dimension, scores.subarray(p * size, (p + 1) * size));
  return scores;
}

/** The derivatives at one point. */
interface PointDerivatives {
  readonly g: Float64Array;
  readonly G: Float64Array;
  readonly third: Float64Array | undefined;
  readonly fourth: Float64Array | undefined;
}

function at({ dimension: d, first, second, third, fourth }: LogDensityDerivatives, p: number): PointDerivatives {
  const part = (values: Float64Array, size: number): Float64Array => values.subarray(p * size, (p + 1) * size);
  return {
    g: part(first, d),
    G: part(second, d * d),
    third: third && part(third, d ** 3),
    fourth: fourth && part(fourth, d ** 4),
  };
}

type Fill = (derivatives: PointDerivatives, dimension: number, out: Float64Array) => void;

const FILL: Readonly<Record<ScoreOrder, Fill>> = {
  1: ({ g }, d, out) => {
    for (let i = 0; i < d; i++) out[i] = -g[i];
  },
  2: ({ g, G }, d, out) => {
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) out[i * d + j] = g[i] * g[j] + G[i * d + j];
    }
  },
  4: fillFourth,
};

function fillFourth(derivatives: PointDerivatives, d: number, out: Float64Array): void {
  let at = 0;
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      for (let k = 0; k < d; k++) {
        for (let l = 0; l < d; l++) out[at++] = fourthEntry(derivatives, d, i, j, k, l);
      }
    }
  }
}

/** One entry of S₄: one term for each way of parting {i, j, k, l} into groups, each group a derivative. */
function fourthEntry(
  { g, G, third, fourth }: PointDerivatives,
  d: number,
  i: number,
  j: number,
  k: number,
  l: number,
): number {
  const [ij, ik, il] = [G[i * d + j], G[i * d + k], G[i * d + l]];
  const [jk, jl, kl] = [G[j * d + k], G[j * d + l], G[k * d + l]];
  let entry =
    g[i] * g[j] * g[k] * g[l] +
    ij * g[k] * g[l] +
    ik * g[j] * g[l] +
    il * g[j] * g[k] +
    jk * g[i] * g[l] +
    jl * g[i] * g[k] +
    kl * g[i] * g[j] +
    ij * kl +
    ik * jl +
    il * jk;
  if (third !== undefined) {
    entry +=
      third[(i * d + j) * d + k] * g[l] +
      third[(i * d + j) * d + l] * g[k] +
      third[(i * d + k) * d + l] * g[j] +
      third[(j * d + k) * d + l] * g[i];
  }
  if (fourth !== undefined) entry += fourth[((i * d + j) * d + k) * d + l];
  return entry;
}
