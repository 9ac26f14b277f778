import type { LinearAlgebra, Points } from '../kernels/contract.js';
import { newtonStep, spectrumOf, type Spectrum } from './newtonStep.js';
import { frobeniusNorm } from '../networks/teachers.js';
import type { Risk } from '../risk/risk.js';

type Kernels = Pick<LinearAlgebra, 'symmetricEigen' | 'multiply'>;

export interface PolishOptions {
  /** stop when the gradient norm is at most this */
  readonly tolerance?: number;
  readonly maxSteps?: number;
  /** no step is longer than this (Frobenius): Newton's within a trust region; default: as long as Newton's */
  readonly radius?: number;
  /** stop when ‖W‖_F is above this; default: never */
  readonly farthest?: number;
  /** polled between native calls; not 0 throws `Cancelled` */
  readonly cancel?: Int32Array;
}

/**
 * `stalled`: rounding allows no better step; `steps`: the largest number of steps was made; `far`: ‖W‖_F is too large.
 */
export type PolishStatus = 'converged' | 'stalled' | 'steps' | 'far';

/** The end point of the polish, with its loss and gradient norm. */
export interface Polished {
  /** (rows, m) */
  readonly weights: Float64Array;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly status: PolishStatus;
  readonly steps: number;
  /** ‖W‖_F at the start and after every step */
  readonly norms: readonly number[];
  /** steps at points where the Hessian was not positive definite */
  readonly indefiniteSteps: number;
}

const DEFAULTS = { tolerance: 1e-12, maxSteps: 50, radius: Infinity, farthest: Infinity } as const;
const MOST_HALVINGS = 30;
/** How much a loss may seem to rise by rounding, as a share of its value. */
const ROUNDING = 1e-12;
/** Steps with the curvature of an earlier point continue while each reduces the gradient norm to this share or less. */
const CHORD = 0.5;
/** Further steps of full length with the same curvature, after one that was accepted at once. */
const STRIDES = 2;

/** A point with its loss and gradient. */
export interface Place {
  readonly point: Points;
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly gradientNorm: number;
}

/**
 * Newton's method W ← W − H⁻¹∇f(W) on a risk f with the dense Hessian, from the last iterate of a descent to a critical point.
 * Where H is not positive definite its eigenvalues are replaced by their absolute values, so that the step still leads
 * downhill and never to a saddle; the result counts such steps. A step is halved until the loss does not rise; with a
 * `radius` the model is then minimised in a ball of half the size, and the next step starts from twice the accepted
 * one. Precondition: one start, D = rows·m small enough for a (D, D) matrix. v is held fixed.
 */
export function newtonPolish(kernels: Kernels, risk: Risk, start: Points, options: PolishOptions = {}): Polished {
  const { tolerance, maxSteps, radius, farthest, cancel } = { ...DEFAULTS, ...options };
  let place = placeAt(risk, start);
  let [indefiniteSteps, reach] = [0, radius];
  const norms = [frobeniusNorm(start.weights)];
  const end = (otherwise: PolishStatus): Polished => {
    const { point, loss, gradientNorm } = place;
    const status = gradientNorm <= tolerance ? 'converged' : otherwise;
    return { weights: point.weights, loss, gradientNorm, status, steps: norms.length - 1, norms, indefiniteSteps };
  };
  while (place.gradientNorm > tolerance && norms.length <= maxSteps) {
    if (norms[norms.length - 1] > farthest) return end('far');
    const spectrum = spectrumOf(kernels, risk.hessian(place.point, cancel));
    const next = downhill(kernels, risk, place, spectrum, reach);
    if (next === undefined) return end('stalled');
    place = radius < Infinity ? further(kernels, risk, next, spectrum, { tolerance, radius }) : next.place;
    reach = Math.min(radius, next.reach);
    norms.push(frobeniusNorm(place.point.weights));
    if (spectrum.values[0] <= 0) indefiniteSteps += 1;
  }
  return end(norms[norms.length - 1] > farthest ? 'far' : 'steps');
}

/** Steps with the curvature of the last step: to a critical point, or two more steps where the way is long. */
function further(
  kernels: Kernels,
  risk: Risk,
  next: Improvement,
  spectrum: Spectrum,
  limits: { readonly tolerance: number; readonly radius: number },
): Place {
  const settled = chord(kernels, risk, next.place, spectrum, limits);
  if (settled !== undefined) return settled;
  let { place } = next;
  for (let again = 0; again < STRIDES && next.reach > limits.radius; again++) {
    const candidate = placeAt(risk, shifted(place.point, newtonStep(kernels, spectrum, place.gradient, limits.radius)));
    if (!isImprovement(risk, place, candidate)) break;
    place = candidate;
  }
  return place;
}

export function placeAt(risk: Risk, point: Points): Place {
  const { loss, gradient } = risk.evaluate(point);
  return { point, loss: loss[0], gradient, gradientNorm: frobeniusNorm(gradient) };
}

interface Improvement {
  readonly place: Place;
  /** within which the next step is looked for */
  readonly reach: number;
}

/**
 * The first improvement among steps of the size of Newton's within `reach`, half of it, …; undefined when rounding
 * allows none.
 */
function downhill(
  kernels: Kernels,
  risk: Risk,
  from: Place,
  spectrum: Spectrum,
  reach: number,
): Improvement | undefined {
  const first = newtonStep(kernels, spectrum, from.gradient, reach);
  const length = frobeniusNorm(first);
  for (let halving = 0, factor = 1; halving < MOST_HALVINGS; halving++, factor /= 2) {
    const isScaled = reach === Infinity || factor === 1;
    const step = isScaled
      ? first.map((p) => factor * p)
      : newtonStep(kernels, spectrum, from.gradient, factor * length);
    const place = placeAt(risk, shifted(from.point, step));
    if (isImprovement(risk, from, place)) return { place, reach: factor === 1 ? 2 * reach : 2 * factor * length };
  }
  return undefined;
}

/**
 * Newton steps that keep the curvature of an earlier point: each costs a gradient, not a Hessian. Returns the point
 * where the gradient norm is at most `tolerance`, or undefined as soon as a step does not halve the gradient norm, raises the loss, or is
 * too long.
 */
export function chord(
  kernels: Kernels,
  risk: Risk,
  from: Place,
  spectrum: Spectrum,
  { tolerance, radius }: { readonly tolerance: number; readonly radius: number },
): Place | undefined {
  let place = from;
  while (place.gradientNorm > tolerance) {
    const step = newtonStep(kernels, spectrum, place.gradient);
    if (!(frobeniusNorm(step) <= radius)) return undefined;
    const next = placeAt(risk, shifted(place.point, step));
    if (!isImprovement(risk, place, next) || next.gradientNorm > CHORD * place.gradientNorm) return undefined;
    place = next;
  }
  return place;
}

function shifted(point: Points, step: Float64Array): Points {
  return { ...point, weights: point.weights.map((w, j) => w + step[j]) };
}

/** True when the loss falls, or when its change is below rounding and the gradient norm falls. */
function isImprovement({ rounding: absolute }: Risk, from: Place, next: Place): boolean {
  const rounding = Math.max(ROUNDING * from.loss, absolute);
  return (
    next.loss < from.loss - rounding || (next.loss <= from.loss + rounding && next.gradientNorm < from.gradientNorm)
  );
}
