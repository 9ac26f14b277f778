import { denseExtremes } from './eigenvalues.js';
import { denseHessian } from './hessian.js';
import type { DescentKernels, LinearAlgebra, Points, Problem } from '../kernels/contract.js';
import { frobeniusNorm } from '../networks/teachers.js';

type Kernels = DescentKernels & Pick<LinearAlgebra, 'symmetricEigen'>;

export interface AdversaryOptions {
  /** largest number of moves from one start */
  readonly moves: number;
  /** polled between native calls; not 0 throws `Cancelled` */
  readonly cancel?: Int32Array;
}

/** A point of the ball and the extreme eigenvalues of ∇²f_n in W there. */
export interface BallPoint {
  /** (rows, m) */
  readonly weights: Float64Array;
  readonly smallest: number;
  readonly largest: number;
  /** unit eigenvector of the smallest eigenvalue: (rows, m) */
  readonly vector: Float64Array;
}

/** Distance of the central difference: its error is of order 1e-8 from the formula and 1e-12 from rounding. */
const DIFFERENCE = 1e-4;
const MOST_HALVINGS = 4;
/** A move that lowers λ_min by less than this share of λ_max ends the search. */
const WORTHWHILE = 1e-7;

/** Extreme eigenvalues of ∇²f_n in W at a point. */
export function ballPoint(kernels: Kernels, problem: Problem, point: Points, cancel?: Int32Array): BallPoint {
  const { smallest, largest, smallestVector } = denseExtremes(
    kernels,
    denseHessian(kernels, problem, point, cancel),
    point.weights.length,
  );
  return { weights: point.weights, smallest, largest, vector: smallestVector };
}

/**
 * ∂λ_min/∂W = ∇_W(uᵀ∇²f_n(W)u) with u the eigenvector of λ_min held fixed: (rows, m). By symmetry of the third
 * derivative it is the change of ∇²f_n·u along u, taken as the central difference of two Hessian–vector products.
 * Where λ_min is a multiple eigenvalue this is one of its supergradients.
 */
export function smallestEigenvalueGradient(
  kernels: DescentKernels,
  problem: Problem,
  point: Points,
  vector: Float64Array,
): Float64Array {
  const size = vector.length;
  const moved = [1, -1].map((sign) => point.weights.map((w, j) => w + sign * DIFFERENCE * vector[j]));
  const twice = (values: Float64Array): Float64Array => Float64Array.of(...values, ...values);
  const points = {
    starts: 2,
    weights: Float64Array.of(...moved[0], ...moved[1]),
    outputWeights: twice(point.outputWeights),
  };
  const directions = {
    starts: 2,
    weights: twice(vector),
    outputWeights: new Float64Array(points.outputWeights.length),
  };
  const product = kernels.hessianVector(problem, points, directions, false).weights;
  return vector.map((_, j) => (product[j] - product[size + j]) / (2 * DIFFERENCE));
}

/**
 * A point of the ball ‖W − centre‖_F ≤ radius with λ_min(∇²f_n(W)) as small as a local search from `start` makes it. A
 * statement about all points of the ball must hold at this point. λ_min is concave in the Hessian, so minimising its
 * linearisation over the ball, W⁺ = centre − radius·g/‖g‖ with g = ∂λ_min/∂W, lowers λ_min while the Hessian is about
 * linear in W. A move that does not lower it is halved towards W. Every point tried lies in the ball.
 */
export function leastCurvature(
  kernels: Kernels,
  problem: Problem,
  centre: Points,
  radius: number,
  start: BallPoint,
  options: AdversaryOptions,
): BallPoint {
  let at = start;
  for (let move = 0; move < options.moves; move++) {
    const gradient = smallestEigenvalueGradient(kernels, problem, { ...centre, weights: at.weights }, at.vector);
    const factor = radius / frobeniusNorm(gradient);
    const target = centre.weights.map((w, j) => w - factor * gradient[j]);
    const lower = lowerTowards(kernels, problem, centre, at, target, options.cancel);
    if (lower === undefined) break;
    at = lower;
  }
  return at;
}

/** The first point with a sufficiently lower λ_min: the target, the point halfway to it, a quarter of the way, …. */
function lowerTowards(
  kernels: Kernels,
  problem: Problem,
  centre: Points,
  at: BallPoint,
  target: Float64Array,
  cancel?: Int32Array,
): BallPoint | undefined {
  for (let halving = 0, share = 1; halving <= MOST_HALVINGS; halving++, share /= 2) {
    const weights = at.weights.map((w, j) => w + share * (target[j] - w));
    const next = ballPoint(kernels, problem, { ...centre, weights }, cancel);
    if (next.smallest < at.smallest - WORTHWHILE * next.largest) return next;
  }
  return undefined;
}
