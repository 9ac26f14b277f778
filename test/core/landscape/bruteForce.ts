/** Landscape losses from whole score tensors, d⁴ numbers each: the oracle that nothing of core has a part in. */

/** f^{(m)}/f of one coordinate for m = 0 … 4. */
export type Ratios = readonly [number, number, number, number, number];

/**
 * S_4 of a law of independent coordinates: entry (a, b, c, e) is the product over coordinates j of f^{(m_j)}/f, m_j how
 * often j occurs.
 */
export function productScore(ratios: readonly Ratios[]): Float64Array {
  return tensorOf(ratios.length, (indices) =>
    ratios.reduce((product, own, j) => product * own[indices.filter((index) => index === j).length], 1),
  );
}

/** Hermite's tensor of N(0, I) at x. */
export function hermiteScore(x: readonly number[]): Float64Array {
  return productScore(x.map((z) => [1, -z, z ** 2 - 1, -(z ** 3) + 3 * z, z ** 4 - 6 * z ** 2 + 3]));
}

/** g⊗⁴ + 6 sym(G g g) + 3 sym(G G), summed over the placements one by one. */
export function secondDegreeScore(g: Float64Array, G: Float64Array): Float64Array {
  const d = g.length;
  return tensorOf(d, ([a, b, c, e]) => {
    const at = (i: number, j: number): number => G[i * d + j];
    const single =
      at(a, b) * g[c] * g[e] +
      at(a, c) * g[b] * g[e] +
      at(a, e) * g[b] * g[c] +
      at(b, c) * g[a] * g[e] +
      at(b, e) * g[a] * g[c] +
      at(c, e) * g[a] * g[b];
    return g[a] * g[b] * g[c] * g[e] + single + at(a, b) * at(c, e) + at(a, c) * at(b, e) + at(a, e) * at(b, c);
  });
}

export function tensorOf(d: number, entry: (indices: [number, number, number, number]) => number): Float64Array {
  return Float64Array.from({ length: d ** 4 }, (_, at) =>
    entry([Math.floor(at / d ** 3), Math.floor(at / d ** 2) % d, Math.floor(at / d) % d, at % d]),
  );
}

/** T(·, u, v, w): (d) */
function contract(tensor: Float64Array, u: Float64Array, v: Float64Array, w: Float64Array): Float64Array {
  const d = u.length;
  const out = new Float64Array(d);
  tensor.forEach(
    (value, at) =>
      (out[Math.floor(at / d ** 3)] += value * u[Math.floor(at / d ** 2) % d] * v[Math.floor(at / d) % d] * w[at % d]),
  );
  return out;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, j) => sum + value * b[j], 0);

export interface LossOptions {
  readonly sign: number;
  readonly mu: number;
  readonly penalty: number;
}

/** F and its gradient for the tensor E[y S_4]. */
export function tensorLoss(
  tensor: Float64Array,
  weights: Float64Array,
  d: number,
  { sign, mu, penalty }: LossOptions,
): { loss: number; gradient: Float64Array } {
  const rows = Array.from({ length: weights.length / d }, (_, m) => weights.subarray(m * d, (m + 1) * d));
  const gradient = new Float64Array(weights.length);
  let loss = 0;
  rows.forEach((u, m) => {
    const excess = dot(u, u) - 1;
    loss += penalty * excess ** 2;
    for (let a = 0; a < d; a++) gradient[m * d + a] += 4 * penalty * excess * u[a];
    rows.forEach((v, n) => {
      const slope = contract(tensor, u, v, v);
      const factor = sign * (m === n ? -mu : 1);
      loss += factor * dot(u, slope);
      for (let a = 0; a < d; a++) gradient[m * d + a] += 4 * factor * slope[a];
    });
  });
  return { loss, gradient };
}
