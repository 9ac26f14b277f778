/** Steps of Newton's method from the eigenpairs of a Hessian. */
import type { LinearAlgebra } from '../kernels/contract.js';
import { frobeniusNorm } from '../networks/teachers.js';

/** Eigenvalues ascending and, row i of `vectors`, the unit eigenvector of value i. */
export interface Spectrum {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Eigenvalues closer to zero than this share of the largest are moved away: the step along them stays bounded. */
const FLOOR = 1e-10;
/** Halvings of the bracket of μ: to one unit in the last place. */
const BISECTIONS = 60;

/** The eigenpairs of a symmetric (D, D) matrix. */
export function spectrumOf(kernels: Pick<LinearAlgebra, 'symmetricEigen'>, hessian: Float64Array): Spectrum {
  return kernels.symmetricEigen(hessian, Math.sqrt(hessian.length));
}

/**
 * −Σᵢ (uᵢᵀg/(|λᵢ| + μ)) uᵢ with the least μ ≥ 0 for which its length is at most `longest`: with μ = 0 it is −H⁻¹g for a
 * positive definite H, otherwise the minimum of gᵀp + ½pᵀ|H|p in the ball.
 */
export function newtonStep(
  kernels: Pick<LinearAlgebra, 'multiply'>,
  { values, vectors }: Spectrum,
  gradient: Float64Array,
  longest = Infinity,
): Float64Array {
  const size = gradient.length;
  const floor = FLOOR * Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
  const sizes = values.map((value) => Math.max(Math.abs(value), floor));
  const components = kernels.multiply(vectors, gradient, size, 1, size);
  const damped = (mu: number): Float64Array => components.map((component, i) => -component / (sizes[i] + mu));
  const step = damped(frobeniusNorm(damped(0)) <= longest ? 0 : damping(damped, longest, frobeniusNorm(components)));
  return kernels.multiply(vectors, step, size, 1, size, true);
}

/** The μ at which the damped step has the length `longest`: at ‖g‖/`longest` it is shorter. */
function damping(damped: (mu: number) => Float64Array, longest: number, gradientNorm: number): number {
  let [low, high] = [0, gradientNorm / longest];
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (frobeniusNorm(damped(middle)) > longest) low = middle;
    else high = middle;
  }
  return high;
}
