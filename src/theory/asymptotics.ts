/**
 * The exact asymptotics of the minimiser near W*: n·E‖Ŵ_n − W*‖² → T = tr(H⁻¹ΣH⁻¹) with H = E∇²f and Σ = E∇f∇fᵀ at W*,
 * for x ~ N(0, I) and labels with P(y = 1|x) = f*(x). x splits into its K coordinates in the span of the rows of W* and
 * the others, which are all equivalent: T = T_∥ + others·T_⊥, each an expectation over K numbers. Derivation:
 * docs/derivations/outcomes.md.
 */
import type { Activation } from '../core/networks/activations.js';

/** The losses whose asymptotics are worked out here. */
export const PREDICTED_LOSSES = ['squared', 'cross-entropy'] as const;

/** The network at W*, in the coordinates of the span of its rows. */
export interface PlantedNetwork {
  readonly activation: Activation;
  /** v* (K) */
  readonly outputWeights: Float64Array;
  /** (K, K): pre-activations are this times z ~ N(0, I_K), z being x along an orthonormal basis of the rows of W* */
  readonly mixing: Float64Array;
  /** whether one row serves all K units (cnn), each on inputs of its own; `mixing` is then ‖w*‖ I */
  readonly isShared: boolean;
  readonly loss: (typeof PREDICTED_LOSSES)[number];
}

/** H and Σ of a block of variables, (size, size) each. */
export interface SandwichBlock {
  readonly size: number;
  readonly hessian: Float64Array;
  readonly covariance: Float64Array;
}

/** The largest K: the quadrature has one axis per unit. */
export const LARGEST_PLANE = 4;
/** The mixing of orthonormal rows of norm s, and of one row of norm s on K inputs of its own: s·I (K, K). */
export function orthonormalMixing(units: number, norm: number): Float64Array {
  return Float64Array.from({ length: units * units }, (_, at) => (at % (units + 1) === 0 ? norm : 0));
}

/** The range of the nodes of an axis: beyond it the density is below 1e-10. */
const REACH = 7;

/**
 * H and Σ along the coordinates in the span of the rows of W*, and along one of the others. Variables are those of a
 * row for every unit, or of the one shared row. Trapezoidal sums with `nodes` per axis, whose error falls exponentially
 * for an analytic φ: T of a sigmoid with K = 3, ‖w*‖ = 2 has a relative error of 3e-4 at 27 nodes, 1e-7 at 41.
 */
export function sandwichBlocks(
  network: PlantedNetwork,
  nodes = 41,
): { readonly plane: SandwichBlock; readonly across: SandwichBlock } {
  const units = network.outputWeights.length;
  const [plane, across] = network.isShared
    ? [emptyBlock(1), emptyBlock(1)]
    : [emptyBlock(units * units), emptyBlock(units)];
  const slopes = new Float64Array(units);
  const gradient = new Float64Array(plane.size);
  forEachNode(units, nodes, (z, weight) => {
    const output = derivativesAt(network, z, slopes);
    const variance = output * (1 - output);
    const [curvature, score] = network.loss === 'squared' ? [1, variance] : [1 / variance, 1 / variance];
    const add = (block: SandwichBlock, vector: Float64Array): void => {
      addOuter(block.hessian, vector, weight * curvature);
      addOuter(block.covariance, vector, weight * score);
    };
    if (network.isShared) {
      gradient[0] = slopes.reduce((sum, slope, k) => sum + slope * z[k], 0);
      add(plane, gradient);
      // The other coordinates of the K inputs are independent: squares add up.
      gradient[0] = Math.hypot(...slopes);
      add(across, gradient);
    } else {
      for (let k = 0; k < units; k++) for (let j = 0; j < units; j++) gradient[k * units + j] = slopes[k] * z[j];
      add(plane, gradient);
      add(across, slopes);
    }
  });
  for (const { size, hessian, covariance } of [plane, across])
    for (const matrix of [hessian, covariance]) mirror(matrix, size);
  return { plane, across };
}

function emptyBlock(size: number): SandwichBlock {
  return { size, hessian: new Float64Array(size * size), covariance: new Float64Array(size * size) };
}

/** f* at one z; `slopes` gets v_k φ′(a_k). */
function derivativesAt(
  { activation, outputWeights, mixing }: PlantedNetwork,
  z: Float64Array,
  slopes: Float64Array,
): number {
  const units = z.length;
  let output = 0;
  for (let k = 0; k < units; k++) {
    let a = 0;
    for (let j = 0; j < units; j++) a += mixing[k * units + j] * z[j];
    output += outputWeights[k] * activation.value(a);
    slopes[k] = outputWeights[k] * activation.derivative(a);
  }
  return output;
}

/** The lower half of matrix + weight·vector vectorᵀ. */
function addOuter(matrix: Float64Array, vector: Float64Array, weight: number): void {
  const size = vector.length;
  for (let i = 0; i < size; i++) {
    const scaled = weight * vector[i];
    for (let j = 0; j <= i; j++) matrix[i * size + j] += scaled * vector[j];
  }
}

function mirror(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j];
}

/** Calls back at every node of the product rule in K dimensions with its weight; the weights sum to 1. */
function forEachNode(dimension: number, nodes: number, at: (z: Float64Array, weight: number) => void): void {
  const axis = Array.from({ length: nodes }, (_, i) => REACH * ((2 * i) / (nodes - 1) - 1));
  const densities = axis.map((z) => Math.exp((-z * z) / 2));
  const total = densities.reduce((sum, density) => sum + density, 0);
  const z = new Float64Array(dimension);
  const walk = (depth: number, weight: number): void => {
    if (depth === dimension) {
      at(z, weight);
      return;
    }
    axis.forEach((value, i) => {
      z[depth] = value;
      walk(depth + 1, (weight * densities[i]) / total);
    });
  };
  walk(0, 1);
}
