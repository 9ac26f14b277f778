import type { LandscapeKernels, LandscapeProblem } from '../kernels/landscapeContract.js';
import { extremeEigenvalues } from '../curvature/lanczos.js';
import type { KrylovKernels } from '../curvature/krylov.js';
import { frobeniusNorm } from '../networks/teachers.js';

/**
 * Length of a step for a central difference, relative to ‖A‖: F is a polynomial of degree 4, so the error is of order
 * its square.
 */
const DIFFERENCE = 1e-4;
/** A step size needs few digits: the error of an eigenvalue is about the square of this. */
const TOLERANCE = 1e-2;
const MOST_STEPS = 100;

/**
 * The largest |eigenvalue| of ∇²F at A (k, d): far from its minima F has more negative than positive curvature, and a
 * plain step has to respect both. Hessian–vector products are central differences of gradients.
 */
export function largestCurvature(
  kernels: LandscapeKernels & KrylovKernels,
  problem: LandscapeProblem,
  weights: Float64Array,
): number {
  const step = DIFFERENCE * frobeniusNorm(weights);
  const gradient = (vector: Float64Array, sign: 1 | -1): Float64Array => {
    const factor = (sign * step) / frobeniusNorm(vector);
    return kernels.evaluateLandscape(
      problem,
      weights.map((a, j) => a + factor * vector[j]),
    ).gradient;
  };
  const apply = (vector: Float64Array): Float64Array => {
    const [above, below, length] = [gradient(vector, 1), gradient(vector, -1), frobeniusNorm(vector)];
    return vector.map((_, j) => (length * (above[j] - below[j])) / (2 * step));
  };
  const [{ smallest, largest }] = extremeEigenvalues(kernels, apply, 1, weights.length, TOLERANCE, MOST_STEPS);
  return Math.max(Math.abs(smallest), Math.abs(largest));
}
