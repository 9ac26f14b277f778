import type { LinearAlgebra } from '../kernels/contract.js';
import { addMultiple, dot, identity, norm, row, symmetricSolution, transpose } from './dense.js';
import { contracted } from './symmetric.js';

type Kernels = Pick<LinearAlgebra, 'multiply' | 'solve' | 'symmetricEigen'>;

const FIRST_PULL = 1;
const PULL_GROWTH = 4;
/** The smallest eigenvalue sought, relative to the tensor: a smaller one is rounding. */
const SMALLEST_EIGENVALUE = 1e-10;
/** A Newton decrement below this is within the region of quadratic convergence. */
const NEAR_PATH = 0.25;
const MOST_NEWTON_STEPS = 100;

/**
 * S = T(I, I, w)^{−1/2} for the w, ‖w‖ ≤ 1, that makes the smallest eigenvalue of T(I, I, w) largest; undefined when no
 * T(I, I, w) is positive definite. T = Σ w_i u_i⊗u_i⊗u_i with linearly independent u_i always has one, since the
 * w_i u_iᵀw can take any signs, and then the S u_i are orthogonal. The problem is concave: minimise s over
 * T(I, I, w) + sI ≻ 0 by a barrier method (Boyd and Vandenberghe, Convex Optimization, 11.3).
 */
export function whitening(kernels: Kernels, tensor: Float64Array, size: number): Float64Array | undefined {
  const scale = norm(tensor);
  const directions = identity(size);
  const slices = Array.from({ length: size }, (_, i) =>
    contracted(kernels, tensor, size, row(directions, i, size)).map((value) => value / scale),
  );
  const matrices = [...slices, identity(size)];
  // Feasible, since ‖T(I, I, w)‖ ≤ 1.
  let point: Float64Array = Float64Array.from({ length: size + 1 }, (_, i) => (i < size ? 0 : 2));
  for (let pull = FIRST_PULL; ; pull *= PULL_GROWTH) {
    point = centre(kernels, matrices, point, pull);
    const smallest = -point[size];
    const gap = (size + 1) / pull;
    if (gap > Math.max(smallest / 2, SMALLEST_EIGENVALUE)) continue;
    return smallest > SMALLEST_EIGENVALUE ? inverseRoot(kernels, combination(slices, point), size) : undefined;
  }
}

/** Σ_a θ_a A_a */
function combination(matrices: readonly Float64Array[], point: Float64Array): Float64Array {
  const out = new Float64Array(matrices[0].length);
  matrices.forEach((matrix, a) => addMultiple(out, matrix, point[a]));
  return out;
}

/**
 * The minimiser of τs − log det(Σ_a θ_a A_a) − log(1 − ‖w‖²), θ = (w, s), by damped Newton steps: they stay feasible.
 */
function centre(kernels: Kernels, matrices: readonly Float64Array[], start: Float64Array, pull: number): Float64Array {
  const point = start.slice();
  for (let count = 0; count < MOST_NEWTON_STEPS; count++) {
    const { gradient, hessian } = barrier(kernels, matrices, point, pull);
    const step = symmetricSolution(kernels, hessian, gradient);
    const decrement = Math.sqrt(Math.max(0, dot(gradient, step)));
    addMultiple(point, step, -1 / (1 + decrement));
    if (!(decrement > NEAR_PATH)) break;
  }
  return point;
}

function barrier(
  kernels: Kernels,
  matrices: readonly Float64Array[],
  point: Float64Array,
  pull: number,
): { gradient: Float64Array; hessian: Float64Array } {
  const size = matrices.length - 1;
  const inverse = kernels.solve(combination(matrices, point), identity(size), size, size);
  const products = matrices.map((matrix) => kernels.multiply(inverse, matrix, size, size, size));
  const gradient = Float64Array.from(products, (product) => -trace(product, size));
  const hessian = tracesOfProducts(kernels, products, size);
  gradient[size] += pull;
  addBall(gradient, hessian, point.subarray(0, size));
  return { gradient, hessian };
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i];
  return sum;
}

/** tr(P_a P_b) for every pair. */
function tracesOfProducts(kernels: Kernels, products: readonly Float64Array[], size: number): Float64Array {
  const [plain, transposed] = [
    new Float64Array(products.length * size * size),
    new Float64Array(products.length * size * size),
  ];
  products.forEach((product, a) => {
    plain.set(product, a * size * size);
    transposed.set(transpose(product, size, size), a * size * size);
  });
  return kernels.multiply(plain, transposed, products.length, products.length, size * size, false, true);
}

/** Derivatives of −log(1 − ‖w‖²). */
function addBall(gradient: Float64Array, hessian: Float64Array, w: Float64Array): void {
  const room = 1 - dot(w, w);
  const width = w.length + 1;
  for (let a = 0; a < w.length; a++) {
    gradient[a] += (2 * w[a]) / room;
    hessian[a * width + a] += 2 / room;
    for (let b = 0; b < w.length; b++) hessian[a * width + b] += (4 * w[a] * w[b]) / (room * room);
  }
}

/** M^{−1/2} of a positive definite matrix. */
function inverseRoot(kernels: Kernels, matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = kernels.symmetricEigen(matrix, size);
  const scaled = vectors.map((value, at) => value / Math.sqrt(values[Math.floor(at / size)]));
  return kernels.multiply(vectors, scaled, size, size, size, true);
}
