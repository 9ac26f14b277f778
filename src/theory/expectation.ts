/**
 * Expectations over z ~ N(0, 1) on one fixed mesh: Gauss–Legendre panels that halve towards 0, where an activation of
 * slope bσ varies on the scale 1/(bσ), and unit panels farther out. It resolves all scales down to 1e-13. Jumps may lie
 * at 0 only.
 */

const POINTS = 20;
const HALVINGS = 44;
/** Beyond 12 the density is below 1e-31. */
const REACH = 12;

export const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** Nodes and weights of a rule. */
export interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/** Σ over the mesh of weight·(f(z) + f(−z)): an odd f gives exactly 0. */
export function expectation(f: (z: number) => number): number {
  let sum = 0;
  for (let i = 0; i < MESH.nodes.length; i++) {
    const z = MESH.nodes[i];
    sum += MESH.weights[i] * (f(z) + f(-z));
  }
  return sum;
}

const MESH = gaussianMesh(gaussLegendre(POINTS));

/** The positive half of the mesh, its weights multiplied by the density of z. */
function gaussianMesh(rule: Rule): Rule {
  const edges = [0];
  for (let k = -HALVINGS; k <= 0; k++) edges.push(2 ** k);
  for (let z = 2; z <= REACH; z++) edges.push(z);
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let panel = 1; panel < edges.length; panel++) {
    const [left, right] = [edges[panel - 1], edges[panel]];
    const half = (right - left) / 2;
    rule.nodes.forEach((node, i) => {
      const z = left + half * (1 + node);
      nodes.push(z);
      weights.push((half * rule.weights[i] * Math.exp((-z * z) / 2)) / SQRT_2PI);
    });
  }
  return { nodes, weights };
}

/** The Gauss–Legendre rule on [−1, 1]: the roots of P_n by Newton's method, weights 2 / ((1 − x²) P_n′(x)²). */
export function gaussLegendre(n: number): Rule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    for (let iteration = 0; iteration < 6; iteration++) {
      const [value, derivative] = legendre(n, x);
      x -= value / derivative;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * legendre(n, x)[1] ** 2));
  }
  return { nodes, weights };
}

/** P_n(x) and P_n′(x) by the three-term recurrence. */
function legendre(n: number, x: number): [number, number] {
  let [previous, current] = [1, x];
  for (let k = 2; k <= n; k++) [previous, current] = [current, ((2 * k - 1) * x * current - (k - 1) * previous) / k];
  return [current, (n * (x * current - previous)) / (x * x - 1)];
}
