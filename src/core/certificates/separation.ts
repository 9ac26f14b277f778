/**
 * Whether a half-space through 0 separates two classes, with a proof of either answer. Derivation:
 * docs/derivations/runaway.md
 */
import { denseExtremes } from '../curvature/eigenvalues.js';
import type { DescentKernels, LinearAlgebra, PreparedInputs, Problem } from '../kernels/contract.js';
import { parseActivation } from '../networks/activations.js';
import { networkShape } from '../networks/networks.js';
import { frobeniusNorm } from '../networks/teachers.js';
import { empiricalRisk } from '../risk/risk.js';
import { newtonPolish } from './polish.js';

type Kernels = DescentKernels & Pick<LinearAlgebra, 'symmetricEigen' | 'multiply'>;

/** `overlapping`: no half-space through 0 has all samples of class 1 inside and all of class 0 outside. */
export type Separation = 'separable' | 'overlapping' | 'unknown';

const LINEAR = parseActivation('linear');
const SQUARE = parseActivation('quadratic');
const SIGMOID = parseActivation('sigmoid');
/** Newton steps: each adds about one unit to the margins of separable samples. */
const STEPS = 300;
/** Newton's method ends at this gradient norm, which is also the least that is assumed: rounding. */
const TOLERANCE = 1e-14;
/** Margins below this share of ‖w‖·max‖x_i‖ may be rounding. */
const ROUNDING = 1e-12;

/**
 * The margins (n) of w (1, d): wᵀx_i for y_i = 1 and −wᵀx_i for y_i = 0. They are positive where the half-space of w
 * has the sample on its right side.
 */
export function marginsOf(
  kernels: Pick<DescentKernels, 'outputs'>,
  { inputs, shape, labels }: Pick<Problem, 'inputs' | 'shape' | 'labels'>,
  weights: Float64Array,
): Float64Array {
  const point = { starts: 1, weights, outputWeights: Float64Array.of(1) };
  return kernels.outputs(inputs, shape, LINEAR, point).map((z, i) => (labels[i] === 1 ? z : -z));
}

/**
 * Newton's method on the cross entropy of a sigmoid, which is convex, from w = 0. Either its end has positive margins
 * only, which separate, or the cross entropy has a finite minimiser, which excludes separation: that is proved by
 * R‖∇f‖ < λ_min(∇²f) at the end, R = max‖x_i‖.
 * @param problem one row, labels 0 and 1
 */
export function separationOf(kernels: Kernels, problem: Problem, cancel?: Int32Array): Separation {
  const { inputs, labels, shape } = problem;
  const logistic: Problem = { inputs, labels, shape, activation: SIGMOID, loss: 'cross-entropy' };
  const origin = { starts: 1, weights: new Float64Array(inputs.dimension), outputWeights: Float64Array.of(1) };
  const risk = empiricalRisk(kernels, logistic);
  const stop = cancel === undefined ? {} : { cancel };
  const end = newtonPolish(kernels, risk, origin, { tolerance: TOLERANCE, maxSteps: STEPS, ...stop });
  const longest = longestInput(kernels, inputs);
  const room = ROUNDING * frobeniusNorm(end.weights) * longest;
  if (marginsOf(kernels, problem, end.weights).every((margin) => margin > room)) return 'separable';
  const hessian = risk.hessian({ ...origin, weights: end.weights }, cancel);
  const { smallest, residual } = denseExtremes(kernels, hessian, inputs.dimension);
  return longest * Math.max(end.gradientNorm, TOLERANCE) < smallest - residual ? 'overlapping' : 'unknown';
}

/** max‖x_i‖: the squared norms are the outputs of a quadratic network with the rows of I. */
function longestInput({ outputs }: Pick<DescentKernels, 'outputs'>, inputs: PreparedInputs): number {
  const { dimension } = inputs;
  const identity = Float64Array.from({ length: dimension ** 2 }, (_, at) => (at % (dimension + 1) === 0 ? 1 : 0));
  const point = { starts: 1, weights: identity, outputWeights: new Float64Array(dimension).fill(1) };
  const squares = outputs(inputs, networkShape('fcn', dimension, dimension), SQUARE, point);
  return Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0));
}
