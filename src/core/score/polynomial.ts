/**
 * LLSFE of any degree for few dimensions: the local likelihood with a polynomial log-density, whose normaliser has no
 * closed form beyond the second degree and is integrated numerically.
 */
import { throwIfCancelled } from '../../base/errors.js';
import { choleskyOf, solveFrom } from './cholesky.js';
import type { LocalFit } from './estimate.js';
import { monomials, monomialsAt, tensorOf, type Monomials } from './monomials.js';
import { gaussianBox, type Quadrature } from './quadrature.js';

/** Half the side of the box, in bandwidths, outside of which the kernel is cut off: exp(−4.5) = 1.1 % there. */
const CUT = 3;
const NODES_PER_AXIS = 40;
const MOST_STEPS = 60;
/** Newton's decrement at which the maximum is reached to rounding. */
const DECREMENT = 1e-20;
/** If the error of the moments at the maximum is above this, the nodes do not resolve the fitted density. */
const UNRESOLVED = 1e-6;

export interface PolynomialSamples {
  /** (n, d) */
  readonly rows: Float64Array;
  readonly dimension: number;
}

export interface PolynomialOptions {
  /** p ≥ 2; derivatives above the fourth are not returned */
  readonly degree: 2 | 4;
  readonly bandwidth: number;
  readonly leaveOneOut: boolean;
  /** half side of the kernel's box in bandwidths */
  readonly cut?: number;
  readonly cancel?: Int32Array;
}

/** Values that all points share. */
interface Model {
  readonly basis: Monomials;
  /** monomials of half the degree: the samples must span these for a maximum to exist */
  readonly half: Monomials;
  readonly coarse: Grid;
  readonly fine: Grid;
  readonly cut: number;
}

interface Grid extends Quadrature {
  /** (N, F) */
  readonly features: Float64Array;
}

/**
 * Derivatives of log f at points (P, d) from the maximum of Σ w_i P(v_i) − Σ w_i log ∫ e^{P(v)} K(v) dv, v = (u − x)/h,
 * P a polynomial of the degree without constant, w_i = K(v_i), and K(v) = exp(−‖v‖²/2) on the box ‖v‖_∞ ≤ 3, 0 outside.
 * With the whole Gaussian as kernel and p = 4 there is no maximum for about half of all samples: any excess kurtosis
 * would want a positive fourth degree, whose integral diverges.
 *
 * Singular: too few samples in the box for the degree, no maximum within 60 Newton steps, or a fit narrower than the
 * nodes resolve (a bandwidth of more than about eight times the local scale).
 */
export function estimateByQuadrature(
  { rows, dimension: d }: PolynomialSamples,
  points: Float64Array,
  options: PolynomialOptions,
): LocalFit {
  const { degree, bandwidth: h, leaveOneOut, cancel } = options;
  const model = modelOf(d, degree, options.cut ?? CUT);
  const count = points.length / d;
  const tensors = Array.from({ length: degree }, (_, m) => new Float64Array(count * d ** (m + 1)).fill(Number.NaN));
  const singular: number[] = [];
  for (let p = 0; p < count; p++) {
    throwIfCancelled(cancel);
    const coefficients = fitPoint(model, rows, points.subarray(p * d, (p + 1) * d), h, leaveOneOut ? p : -1);
    if (coefficients === undefined) singular.push(p);
    else
      derivativesOf(model.basis, coefficients, degree, h).forEach((own, m) => {
        tensors[m].set(own, p * own.length);
      });
  }
  const [first, second, third, fourth] = tensors as [Float64Array, Float64Array, Float64Array?, Float64Array?];
  return { points: count, dimension: d, first, second, ...(third && { third }), ...(fourth && { fourth }), singular };
}

/**
 * What `estimateByQuadrature` tends to at one point (d) for infinitely many samples of a density.
 * @param logDensity log f up to a constant, of a point (d)
 * @returns the coefficients as derivatives of orders 1 … degree; undefined where `estimateByQuadrature` is singular
 */
export function populationDerivatives(
  logDensity: (point: Float64Array) => number,
  point: Float64Array,
  { degree, bandwidth: h, cut = CUT }: Pick<PolynomialOptions, 'degree' | 'bandwidth' | 'cut'>,
): Float64Array[] | undefined {
  const d = point.length;
  const model = modelOf(d, degree, cut);
  const { nodes, weights, features } = model.fine;
  const logs = weights.map((_, i) => logDensity(point.map((x, j) => x + h * nodes[i * d + j])));
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const masses = weights.map((weight, i) => weight * Math.exp(logs[i] - most));
  const coefficients = resolved(model, meanOf(features, masses, model.basis.exponents.length));
  return coefficients && derivativesOf(model.basis, coefficients, degree, h);
}

/** The coefficients of P(v), v = (u − x)/h, as derivative tensors of orders 1 … degree in u. */
function derivativesOf(basis: Monomials, coefficients: Float64Array, degree: number, h: number): Float64Array[] {
  return Array.from({ length: degree }, (_, m) => {
    const tensor = new Float64Array(basis.dimension ** (m + 1));
    tensorOf(basis, coefficients, m + 1, h ** -(m + 1), tensor);
    return tensor;
  });
}

function modelOf(d: number, degree: number, cut: number): Model {
  const basis = monomials(d, degree);
  const grid = (perAxis: number): Grid => {
    const box = gaussianBox(d, cut, perAxis);
    return { ...box, features: monomialsAt(basis, box.nodes) };
  };
  const perAxis = Math.ceil((NODES_PER_AXIS * cut) / CUT);
  return { basis, half: monomials(d, degree / 2), coarse: grid(perAxis), fine: grid(perAxis + 12), cut };
}

/** The coefficients of P, or undefined where no maximum exists or is found. */
function fitPoint(
  model: Model,
  rows: Float64Array,
  x: Float64Array,
  h: number,
  leftOut: number,
): Float64Array | undefined {
  const { steps, weights } = samplesInBox(rows, x, h, leftOut, model.cut);
  if (!spans(model.half, steps, weights)) return undefined;
  const target = meanOf(monomialsAt(model.basis, steps), weights, model.basis.exponents.length);
  return resolved(model, target);
}

/** The maximum for given means of the monomials, or undefined where it is not found or the nodes do not resolve it. */
function resolved(model: Model, target: Float64Array): Float64Array | undefined {
  const coefficients = maximise(model.coarse, target);
  if (coefficients === undefined) return undefined;
  const { gradient } = evaluate(model.fine, target, coefficients, false);
  return gradient.every((value, f) => Math.abs(value) <= UNRESOLVED * (1 + Math.abs(target[f])))
    ? coefficients
    : undefined;
}

function samplesInBox(
  rows: Float64Array,
  x: Float64Array,
  h: number,
  leftOut: number,
  cut: number,
): { steps: Float64Array; weights: Float64Array } {
  const d = x.length;
  const steps = new Float64Array(rows.length);
  const weights = new Float64Array(rows.length / d);
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    let [farthest, squared] = [i === leftOut ? Infinity : 0, 0];
    for (let j = 0; j < d; j++) {
      const v = (rows[i * d + j] - x[j]) / h;
      farthest = Math.max(farthest, Math.abs(v));
      squared += v * v;
      steps[count * d + j] = v;
    }
    if (farthest <= cut) weights[count++] = Math.exp(-squared / 2);
  }
  return { steps: steps.subarray(0, count * d), weights: weights.subarray(0, count) };
}

/** Weighted means of the columns of (N, F). */
function meanOf(features: Float64Array, weights: Float64Array, size: number): Float64Array {
  const mean = new Float64Array(size);
  let total = 0;
  weights.forEach((w, i) => {
    total += w;
    for (let f = 0; f < size; f++) mean[f] += w * features[i * size + f];
  });
  return mean.map((value) => value / total);
}

/**
 * Whether no polynomial of half the degree vanishes on all samples: their moments are then not at the edge of what is
 * possible.
 */
function spans(half: Monomials, steps: Float64Array, weights: Float64Array): boolean {
  const size = half.exponents.length;
  if (weights.length <= size) return false;
  const features = monomialsAt(half, steps);
  const covariance = covarianceOf(features, weights, meanOf(features, weights, size));
  return choleskyOf(covariance, size, (weights.length + size) * Number.EPSILON);
}

/** Weighted covariance of the columns of (N, F): (F, F), lower triangle. */
function covarianceOf(features: Float64Array, weights: Float64Array, mean: Float64Array): Float64Array {
  const size = mean.length;
  const covariance = new Float64Array(size * size);
  const centred = new Float64Array(size);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i];
    total += w;
    for (let f = 0; f < size; f++) centred[f] = features[i * size + f] - mean[f];
    for (let f = 0; f < size; f++) {
      const scaled = w * centred[f];
      for (let g = 0; g <= f; g++) covariance[f * size + g] += scaled * centred[g];
    }
  }
  return covariance.map((value) => value / total);
}

interface Evaluation {
  /** target·θ − log Z */
  readonly value: number;
  /** target − E φ */
  readonly gradient: Float64Array;
  /** Cov φ, lower triangle; empty when not asked for */
  readonly covariance: Float64Array;
}

function evaluate(
  { features, weights }: Grid,
  target: Float64Array,
  theta: Float64Array,
  withCovariance: boolean,
): Evaluation {
  const size = theta.length;
  const exponents = weights.map((_, i) => theta.reduce((sum, t, f) => sum + t * features[i * size + f], 0));
  const most = exponents.reduce((a, b) => Math.max(a, b), -Infinity);
  const masses = exponents.map((exponent, i) => weights[i] * Math.exp(exponent - most));
  const normaliser = masses.reduce((sum, mass) => sum + mass, 0);
  const mean = meanOf(features, masses, size);
  return {
    value: theta.reduce((sum, t, f) => sum + t * target[f], 0) - most - Math.log(normaliser),
    gradient: target.map((value, f) => value - mean[f]),
    covariance: withCovariance ? covarianceOf(features, masses, mean) : new Float64Array(0),
  };
}

/** Newton's method with step halving on a concave function; undefined when it does not converge. */
function maximise(grid: Grid, target: Float64Array): Float64Array | undefined {
  let theta = new Float64Array(target.length);
  let at = evaluate(grid, target, theta, true);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = at.gradient.slice();
    const factor = at.covariance.slice();
    if (!choleskyOf(factor, theta.length, Number.EPSILON)) return undefined;
    solveFrom(factor, theta.length, direction);
    const decrement = direction.reduce((sum, value, f) => sum + value * at.gradient[f], 0);
    if (decrement < DECREMENT) return theta;
    const next = ascend(grid, target, theta, direction, at.value);
    // No step increases the function any more: it is at the maximum up to rounding.
    if (next === undefined) return decrement < Math.sqrt(DECREMENT) ? theta : undefined;
    theta = next;
    at = evaluate(grid, target, theta, true);
  }
  return undefined;
}

function ascend(
  grid: Grid,
  target: Float64Array,
  theta: Float64Array,
  direction: Float64Array,
  from: number,
): Float64Array<ArrayBuffer> | undefined {
  for (let factor = 1; factor > 1e-8; factor /= 2) {
    const next = Float64Array.from(theta, (value, f) => value + factor * direction[f]);
    if (evaluate(grid, target, next, false).value > from) return next;
  }
  return undefined;
}
