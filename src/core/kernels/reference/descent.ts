/**
 * The descent kernels as plain loops, written like the formulas: the oracle for the native ones. With hidden unit
 * u = stride·rows + row, pre-activation a_u(x) = w_rowᵀ x_stride and output f(x) = Σ_u v_u φ(a_u(x)):
 *
 *   ∂f_n/∂w_row = (1/n) Σᵢ ℓ′(f, y) Σ_{u of row} v_u φ′(a_u) x_stride(u)      ∂f_n/∂v_u = (1/n) Σᵢ ℓ′(f, y) φ(a_u)
 */
import { lossOf } from '../../networks/losses.js';
import type { DescentKernels, Evaluation, Inputs, NetworkShape, Points, Problem } from '../contract.js';
import { descendSampledBy } from './sampled.js';
import { descendBy } from './stepping.js';

interface Sizes {
  readonly samples: number;
  readonly dimension: number;
  /** length m of one weight vector */
  readonly rowLength: number;
  readonly units: number;
}

function sizesOf(inputs: Inputs, shape: NetworkShape): Sizes {
  return {
    samples: inputs.samples,
    dimension: inputs.dimension,
    rowLength: inputs.dimension / shape.strides,
    units: shape.strides * shape.rows,
  };
}

/** Where unit u's weights start inside the weights of start l, and where its inputs start inside sample i. */
function offsets(shape: NetworkShape, size: Sizes, l: number, i: number, u: number): [weight: number, input: number] {
  const row = u % shape.rows;
  const stride = Math.floor(u / shape.rows);
  return [(l * shape.rows + row) * size.rowLength, i * size.dimension + stride * size.rowLength];
}

/** Pre-activations a_u of one sample at start l: (K). */
function preActivations(
  inputs: Inputs,
  shape: NetworkShape,
  weights: Float64Array,
  l: number,
  i: number,
): Float64Array {
  const size = sizesOf(inputs, shape);
  return Float64Array.from({ length: size.units }, (_, u) => {
    const [weight, input] = offsets(shape, size, l, i, u);
    let sum = 0;
    for (let j = 0; j < size.rowLength; j++) sum += weights[weight + j] * inputs.values[input + j];
    return sum;
  });
}

/** gradient_row += coefficient · x_stride for unit u of sample i at start l. */
function accumulate(
  gradient: Float64Array,
  inputs: Inputs,
  shape: NetworkShape,
  l: number,
  i: number,
  u: number,
  coefficient: number,
): void {
  const size = sizesOf(inputs, shape);
  const [weight, input] = offsets(shape, size, l, i, u);
  for (let j = 0; j < size.rowLength; j++) gradient[weight + j] += coefficient * inputs.values[input + j];
}

function weightedSum(v: Float64Array, phi: (u: number) => number): number {
  let sum = 0;
  for (let u = 0; u < v.length; u++) sum += v[u] * phi(u);
  return sum;
}

function evaluateStart(problem: Problem, points: Points, l: number, into: Evaluation): void {
  const { inputs, shape, activation, labels } = problem;
  const { samples, units } = sizesOf(inputs, shape);
  const loss = lossOf(problem.loss);
  const v = points.outputWeights.subarray(l * units, (l + 1) * units);
  for (let i = 0; i < samples; i++) {
    const a = preActivations(inputs, shape, points.weights, l, i);
    const f = weightedSum(v, (u) => activation.value(a[u]));
    const slope = loss.derivative(f, labels[i]) / samples;
    into.loss[l] += loss.value(f, labels[i]) / samples;
    for (let u = 0; u < units; u++) {
      into.outputGradient[l * units + u] += slope * activation.value(a[u]);
      accumulate(into.gradient, inputs, shape, l, i, u, slope * v[u] * activation.derivative(a[u]));
    }
  }
}

function emptyEvaluation(points: Points): Evaluation {
  return {
    loss: new Float64Array(points.starts),
    gradient: new Float64Array(points.weights.length),
    outputGradient: new Float64Array(points.outputWeights.length),
  };
}

export function evaluate(problem: Problem, points: Points): Evaluation {
  const evaluation = emptyEvaluation(points);
  for (let l = 0; l < points.starts; l++) evaluateStart(problem, points, l, evaluation);
  return evaluation;
}

function outputs(inputs: Inputs, shape: NetworkShape, activation: Problem['activation'], points: Points): Float64Array {
  const { samples, units } = sizesOf(inputs, shape);
  const out = new Float64Array(points.starts * samples);
  for (let l = 0; l < points.starts; l++) {
    const v = points.outputWeights.subarray(l * units, (l + 1) * units);
    for (let i = 0; i < samples; i++) {
      const a = preActivations(inputs, shape, points.weights, l, i);
      out[l * samples + i] = weightedSum(v, (u) => activation.value(a[u]));
    }
  }
  return out;
}

function part(values: Float64Array, l: number, starts: number): Float64Array {
  const length = values.length / starts;
  return values.subarray(l * length, (l + 1) * length);
}

/**
 * Directional derivative of the gradient. With ȧ_u = ẇ_uᵀx and ḟ = Σ (v_u φ′(a_u) ȧ_u + v̇_u φ(a_u)): for w_u the
 * coefficient of x is ℓ″ ḟ v_u φ′(a_u) + ℓ′ (v̇_u φ′(a_u) + v_u φ″(a_u) ȧ_u); for v_u it is ℓ″ ḟ φ(a_u) + ℓ′ φ′(a_u)
 * ȧ_u.
 */
function hessianVectorStart(
  problem: Problem,
  points: Points,
  directions: Points,
  trainOutput: boolean,
  l: number,
  into: Points,
): void {
  const { inputs, shape, labels, activation: phi } = problem;
  const { samples, units } = sizesOf(inputs, shape);
  const loss = lossOf(problem.loss);
  const v = part(points.outputWeights, l, points.starts);
  const vDot = trainOutput ? part(directions.outputWeights, l, points.starts) : new Float64Array(units);
  for (let i = 0; i < samples; i++) {
    const a = preActivations(inputs, shape, points.weights, l, i);
    const aDot = preActivations(inputs, shape, directions.weights, l, i);
    const f = weightedSum(v, (u) => phi.value(a[u]));
    const fDot = weightedSum(v, (u) => phi.derivative(a[u]) * aDot[u]) + weightedSum(vDot, (u) => phi.value(a[u]));
    const first = loss.derivative(f, labels[i]) / samples;
    const second = (loss.secondDerivative(f, labels[i]) * fDot) / samples;
    for (let u = 0; u < units; u++) {
      const slope = phi.derivative(a[u]);
      const curvature = v[u] * phi.secondDerivative(a[u]) * aDot[u];
      accumulate(into.weights, inputs, shape, l, i, u, second * v[u] * slope + first * (vDot[u] * slope + curvature));
      if (trainOutput) into.outputWeights[l * units + u] += second * phi.value(a[u]) + first * slope * aDot[u];
    }
  }
}

function hessianVector(problem: Problem, points: Points, directions: Points, trainOutput: boolean): Points {
  const product = {
    starts: points.starts,
    weights: new Float64Array(points.weights.length),
    outputWeights: new Float64Array(points.outputWeights.length),
  };
  for (let l = 0; l < points.starts; l++) hessianVectorStart(problem, points, directions, trainOutput, l, product);
  return product;
}

export const referenceDescent: Omit<DescentKernels, 'callFlops'> = {
  name: 'reference',
  allocateInputs: (samples, dimension) => ({ samples, dimension, values: new Float64Array(samples * dimension) }),
  prepare: (inputs) => ({ ...inputs, layout: 'rows' }),
  outputs,
  evaluate,
  descend: (problem, state, updates, tolerance, cancel) =>
    descendBy((points) => evaluate(problem, points), state, updates, tolerance, cancel),
  descendSampled: (...given) => descendSampledBy(evaluate, ...given),
  hessianVector,
};
