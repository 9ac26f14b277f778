/**
 * The population Hessian of the squared loss, for f = ½E(y − Σ_j v_j φ(w_jᵀx))² and x ~ N(0, I). At W* the residual is
 * zero, and block (j, l) is v_j v_l E[φ′(w_jᵀx) φ′(w_lᵀx) xxᵀ]: it depends on the plane of w_j and w_l alone, so that
 * two-dimensional quadrature serves every W*, rank deficient or not. Elsewhere block (j, j) has the residual in
 * addition, a sum of such expectations.
 */
import type { Activation } from '../core/networks/activations.js';
import { expectation, gaussLegendre, type Rule } from './expectation.js';

/** A network at W*. */
export interface TeacherNetwork {
  readonly activation: Activation;
  /** W* (K, d), no row zero */
  readonly weights: Float64Array;
  /** v* (K) */
  readonly outputWeights: Float64Array;
}

/** E[g(a) h(b) xxᵀ] of a pair of rows, along its plane with orthonormal basis e (of the first row) and f. */
interface PairMoments {
  /** along any direction outside of the plane */
  readonly outside: number;
  readonly ee: number;
  readonly ef: number;
  readonly ff: number;
}

/** Beyond 12 the density is below 1e-31; 40 points resolve a third of that, and each piece of the angle. */
const RADII = composite([0, 4, 8, 12], gaussLegendre(40));
const ANGLES = gaussLegendre(40);
/** Rows at a smaller sine have one direction. */
const PARALLEL = 1e-9;

/**
 * E∇²f(W*) in W: (Kd, Kd), row-major, symmetric. Kinks of φ′ may lie at 0 only. The relative error is below 1e-9 for
 * ‖w_j‖ ≤ 5 and activations that vary on the scale of 1, as basin's do without a slope.
 * Source: zhong2017, Theorem 4.2; fu2018, Lemma 2.
 */
export function populationHessian({ activation, weights, outputWeights }: TeacherNetwork): Float64Array {
  const units = outputWeights.length;
  const d = weights.length / units;
  const size = units * d;
  const hessian = new Float64Array(size * size);
  const rows = Array.from({ length: units }, (_, j) => weights.subarray(j * d, (j + 1) * d));
  const { derivative } = activation;
  for (let j = 0; j < units; j++)
    for (let l = 0; l <= j; l++) {
      const block = pairBlock(derivative, rows[j], derivative, rows[l]);
      const factor = outputWeights[j] * outputWeights[l];
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) {
          const value = factor * block[a * d + b];
          hessian[(j * d + a) * size + l * d + b] = value;
          hessian[(l * d + b) * size + j * d + a] = value;
        }
    }
  return hessian;
}

/**
 * ∇²f in W at any point W (K, d): the form of `populationHessian`, plus v_j E[(f(x) − f*(x)) φ″(w_jᵀx) xxᵀ] in block
 * (j, j). φ has no kinks.
 * Source: fu2018, (14) and (15)
 */
export function populationHessianAt(teacher: TeacherNetwork, weights: Float64Array): Float64Array {
  const { activation, outputWeights } = teacher;
  const { value, secondDerivative } = activation;
  if (activation.kinks.length > 0) throw new RangeError(`${activation.name}: φ must be smooth`);
  const units = outputWeights.length;
  const d = weights.length / units;
  const rowsOf = (of: Float64Array): Float64Array[] =>
    Array.from({ length: units }, (_, j) => of.subarray(j * d, (j + 1) * d));
  const [rows, planted] = [rowsOf(weights), rowsOf(teacher.weights)];
  const hessian = populationHessian({ activation, weights, outputWeights });
  rows.forEach((row, j) => {
    rows.forEach((other, i) => {
      const factor = outputWeights[i] * outputWeights[j];
      const now = pairBlock(value, other, secondDerivative, row);
      const then = pairBlock(value, planted[i], secondDerivative, row);
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++)
          hessian[(j * d + a) * units * d + j * d + b] += factor * (now[a * d + b] - then[a * d + b]);
    });
  });
  return hessian;
}

type Scalar = (z: number) => number;

/** E[g(uᵀx) h(wᵀx) xxᵀ] (d, d). */
function pairBlock(g: Scalar, u: Float64Array, h: Scalar, w: Float64Array): Float64Array {
  const d = u.length;
  const e = u.map((entry) => entry / norm(u));
  const along = dot(e, w);
  const rest = w.map((entry, i) => entry - along * e[i]);
  const across = norm(rest);
  const isParallel = across <= PARALLEL * norm(w);
  const f = isParallel ? new Float64Array(d) : rest.map((entry) => entry / across);
  const { outside, ee, ef, ff } = isParallel
    ? parallelMoments(g, norm(u), h, along)
    : planeMoments(g, norm(u), h, along, across);
  return Float64Array.from({ length: d * d }, (_, at) => {
    const [a, b] = [Math.floor(at / d), at % d];
    const identity = a === b ? outside : 0;
    return identity + (ee - outside) * e[a] * e[b] + ef * (e[a] * f[b] + f[a] * e[b]) + (ff - outside) * f[a] * f[b];
  });
}

function parallelMoments(g: Scalar, first: number, h: Scalar, second: number): PairMoments {
  const product = (z: number): number => g(first * z) * h(second * z);
  const outside = expectation(product);
  return { outside, ee: expectation((z) => product(z) * z * z), ef: 0, ff: outside };
}

/** In polar coordinates of the plane, with pieces of the angle that end where a pre-activation is zero. */
function planeMoments(g: Scalar, first: number, h: Scalar, along: number, across: number): PairMoments {
  let [outside, ee, ef, ff] = [0, 0, 0, 0];
  for (const [from, to] of pieces(Math.atan2(across, along))) {
    ANGLES.nodes.forEach((node, i) => {
      const angle = from + ((to - from) * (1 + node)) / 2;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const [a, b] = [first * c, along * c + across * s];
      const [zeroth, second] = radialMoments((r) => g(r * a) * h(r * b));
      const weight = ((to - from) / 2) * ANGLES.weights[i];
      outside += weight * zeroth;
      ee += weight * second * c * c;
      ef += weight * second * c * s;
      ff += weight * second * s * s;
    });
  }
  return { outside, ee, ef, ff };
}

/** ∫ g(r) r^q r e^(−r²/2) dr/2π for q = 0 and 2. */
function radialMoments(g: (r: number) => number): [number, number] {
  let [zeroth, second] = [0, 0];
  RADII.nodes.forEach((r, i) => {
    const term = (RADII.weights[i] * g(r) * r * Math.exp((-r * r) / 2)) / (2 * Math.PI);
    zeroth += term;
    second += term * r * r;
  });
  return [zeroth, second];
}

/** The four pieces of the circle between the lines at right angles to the direction 0 and to `angle`, in (0, π). */
function pieces(angle: number): [number, number][] {
  const half = Math.PI / 2;
  const edges = [-half, angle - half, half, angle + half, Math.PI + half];
  return edges.slice(1).map((edge, i) => [edges[i], edge]);
}

function composite(edges: readonly number[], rule: Rule): Rule {
  const halves = edges.slice(1).map((edge, i) => ({ from: edges[i], half: (edge - edges[i]) / 2 }));
  return {
    nodes: halves.flatMap(({ from, half }) => rule.nodes.map((node) => from + half * (1 + node))),
    weights: halves.flatMap(({ half }) => rule.weights.map((weight) => half * weight)),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, entry, i) => sum + entry * b[i], 0);
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
