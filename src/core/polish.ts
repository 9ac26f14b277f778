import { denseHessian } from './hessian.js';
import type { DescentKernels, LinearAlgebra, Points, Problem } from './kernels/contract.js';
import { frobeniusNorm } from './teachers.js';

type Kernels = DescentKernels & Pick<LinearAlgebra, 'symmetricEigen' | 'multiply'>;

export interface PolishOptions {
  /** stop when ‖∇f_n‖ ≤ this */
  readonly tolerance?: number;
  readonly maxSteps?: number;
  /** polled between native calls; not 0 throws `Cancelled` */
  readonly cancel?: Int32Array;
}

/** Where the polish ended, with loss and gradient norm of that very point. */
export interface Polished {
  /** (rows, m) */
  readonly weights: Float64Array;
  readonly loss: number;
  readonly gradientNorm: number;
  /** `stalled`: rounding allows no better step; `steps`: the largest number of steps was made */
  readonly status: 'converged' | 'stalled' | 'steps';
  readonly steps: number;
  /** steps at points where the Hessian was not positive definite */
  readonly indefiniteSteps: number;
}

/** Eigenvalues closer to zero than this share of the largest are moved away: the step along them stays bounded. */
const FLOOR = 1e-10;
const MOST_HALVINGS = 30;
/** How much of its value a loss may seem to rise by rounding, and how much whatever its value. */
const ROUNDING = { relative: 1e-12, absolute: 1e-24 } as const;

interface Place {
  readonly point: Points;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly gradientNorm: number;
}

/**
 * Newton's method W ← W − H⁻¹∇f_n(W) with the dense Hessian, from the last iterate of a descent to a critical point.
 * Where H is not positive definite its eigenvalues are replaced by their absolute values, so that the step still leads
 * downhill and never to a saddle; the result counts such steps. A step is halved until the loss does not rise.
 * Precondition: one start, D = rows·m small enough for a (D, D) matrix. v is held fixed.
 */
export function newtonPolish(kernels: Kernels, problem: Problem, start: Points, options: PolishOptions = {}): Polished {
  const { tolerance = 1e-12, maxSteps = 50, cancel } = options;
  let place = placeAt(kernels, problem, start);
  let [steps, indefiniteSteps] = [0, 0];
  while (place.gradientNorm > tolerance && steps < maxSteps) {
    const { direction, isPositiveDefinite } = newtonDirection(kernels, denseHessian(kernels, problem, place.point, cancel), place.gradient);
    const next = downhill(kernels, problem, place, direction);
    if (next === undefined) return { ...polished(place, tolerance, 'stalled'), steps, indefiniteSteps };
    place = next;
    steps += 1;
    if (!isPositiveDefinite) indefiniteSteps += 1;
  }
  return { ...polished(place, tolerance, 'steps'), steps, indefiniteSteps };
}

function polished({ point, loss, gradientNorm }: Place, tolerance: number, otherwise: 'stalled' | 'steps'): Pick<Polished, 'weights' | 'loss' | 'gradientNorm' | 'status'> {
  return { weights: point.weights, loss, gradientNorm, status: gradientNorm <= tolerance ? 'converged' : otherwise };
}

function placeAt(kernels: DescentKernels, problem: Problem, point: Points): Place {
  const { loss, gradient } = kernels.evaluate(problem, point);
  return { point, loss: loss[0], gradient, gradientNorm: frobeniusNorm(gradient) };
}

/** −Σᵢ (uᵢᵀg/|λᵢ|) uᵢ, which is −H⁻¹g for a positive definite H. */
function newtonDirection(kernels: Kernels, hessian: Float64Array, gradient: Float64Array): { direction: Float64Array; isPositiveDefinite: boolean } {
  const size = gradient.length;
  const { values, vectors } = kernels.symmetricEigen(hessian, size);
  const floor = FLOOR * Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
  const components = kernels.multiply(vectors, gradient, size, 1, size).map((component, i) => -component / Math.max(Math.abs(values[i]), floor));
  return { direction: kernels.multiply(vectors, components, size, 1, size, true), isPositiveDefinite: values[0] > 0 };
}

/** The first of W + p, W + p/2, W + p/4, … that is an improvement; undefined when rounding allows none. */
function downhill(kernels: DescentKernels, problem: Problem, from: Place, direction: Float64Array): Place | undefined {
  for (let halving = 0, factor = 1; halving < MOST_HALVINGS; halving++, factor /= 2) {
    const weights = from.point.weights.map((w, j) => w + factor * direction[j]);
    const next = placeAt(kernels, problem, { ...from.point, weights });
    if (isImprovement(from, next)) return next;
  }
  return undefined;
}

/** The loss falls; or, where its changes drown in rounding, the gradient norm does. */
function isImprovement(from: Place, next: Place): boolean {
  const rounding = Math.max(ROUNDING.relative * from.loss, ROUNDING.absolute);
  return next.loss < from.loss - rounding || (next.loss <= from.loss + rounding && next.gradientNorm < from.gradientNorm);
}
