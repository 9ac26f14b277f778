/** Gauss–Legendre quadrature over a box, for the normaliser of local log-polynomial densities. */

export interface Quadrature {
  /** (N, d) */
  readonly nodes: Float64Array;
  /** (N) */
  readonly weights: Float64Array;
}

/** Nodes and weights of the rule with `count` points on (−1, 1): Newton's method on the Legendre polynomial. */
export function gaussLegendre(count: number): Quadrature {
  const [nodes, weights] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      const { value, derivative } = legendre(count, x);
      slope = derivative;
      const move = value / derivative;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

function legendre(n: number, x: number): { value: number; derivative: number } {
  let [previous, value] = [1, x];
  for (let k = 2; k <= n; k++) [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
  return { value, derivative: (n * (x * value - previous)) / (x * x - 1) };
}

/** The product rule on the box [−half, half]^d, times the Gaussian exp(−‖v‖²/2) that all integrands have. */
export function gaussianBox(dimension: number, half: number, perAxis: number): Quadrature {
  const { nodes: line, weights: lineWeights } = gaussLegendre(perAxis);
  const count = perAxis ** dimension;
  const [nodes, weights] = [new Float64Array(count * dimension), new Float64Array(count).fill(1)];
  for (let at = 0; at < count; at++) {
    let rest = at;
    for (let j = 0; j < dimension; j++) {
      const v = half * line[rest % perAxis];
      nodes[at * dimension + j] = v;
      weights[at] *= half * lineWeights[rest % perAxis] * Math.exp((-v * v) / 2);
      rest = Math.floor(rest / perAxis);
    }
  }
  return { nodes, weights };
}
