/**
 * The descent kernels as plain loops, written like the formulas: the oracle for the native ones. With hidden unit
 * u = stride·rows + row, pre-activation a_u(x) = w_rowᵀ x_stride and output f(x) = Σ_u v_u φ(a_u(x)):
 *
 *   ∂f_n/∂w_row = (1/n) Σᵢ ℓ′(f, y) Σ_{u of row} v_u φ′(a_u) x_stride(u)      ∂f_n/∂v_u = (1/n) Σᵢ ℓ′(f, y) φ(a_u)
 */
import { LOSSES } from '../../losses.js';
import {
  DIVERGENCE_FACTOR, DIVERGENCE_FLOOR, LEAST_PROGRESS, NEVER, RunStatus,
  type DescentKernels, type DescentState, type Evaluation, type Inputs, type NetworkShape, type Points, type Problem,
} from '../contract.js';

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
function preActivations(inputs: Inputs, shape: NetworkShape, weights: Float64Array, l: number, i: number): Float64Array {
  const size = sizesOf(inputs, shape);
  return Float64Array.from({ length: size.units }, (_, u) => {
    const [weight, input] = offsets(shape, size, l, i, u);
    let sum = 0;
    for (let j = 0; j < size.rowLength; j++) sum += weights[weight + j] * inputs.values[input + j];
    return sum;
  });
}

/** gradient_row += coefficient · x_stride for unit u of sample i at start l. */
function accumulate(gradient: Float64Array, inputs: Inputs, shape: NetworkShape, l: number, i: number, u: number, coefficient: number): void {
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
  const loss = LOSSES[problem.loss];
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

function squaredNorm(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function pointOf(state: DescentState, l: number): Points {
  return { starts: 1, weights: part(state.weights, l, state.starts), outputWeights: part(state.outputWeights, l, state.starts) };
}

/** Writes loss and gradient norm of the point where start l stands, and applies the stop rules. */
function arrive(state: DescentState, l: number, evaluation: Evaluation, tolerance: number): void {
  const loss = evaluation.loss[0];
  if (Number.isNaN(state.firstLoss[l])) state.firstLoss[l] = loss;
  state.loss[l] = loss;
  state.gradientNorm[l] = Math.sqrt(squaredNorm(evaluation.gradient) + (state.trainOutput ? squaredNorm(evaluation.outputGradient) : 0));
  const limit = DIVERGENCE_FACTOR * Math.max(state.firstLoss[l], DIVERGENCE_FLOOR);
  const { lossTolerance = NEVER } = state;
  const isFitted = lossTolerance >= 0 && loss <= lossTolerance * state.firstLoss[l];
  if (!Number.isFinite(loss) || !Number.isFinite(state.gradientNorm[l]) || loss > limit) state.status[l] = RunStatus.diverged;
  else if (state.gradientNorm[l] <= tolerance || isFitted) state.status[l] = RunStatus.converged;
}

/** W − ηg, and v − ηg_v when v is trained, or its sign. */
function stepped(state: DescentState, l: number, evaluation: Evaluation): Points {
  const [eta, { weights, outputWeights }] = [state.stepSizes[l], pointOf(state, l)];
  const sign = (v: number): number => (v < 0 ? -1 : 1);
  const moved = outputWeights.map((v, u) => (state.trainOutput ? v - eta * evaluation.outputGradient[u] : v));
  return {
    starts: 1,
    weights: weights.map((w, j) => w - eta * evaluation.gradient[j]),
    outputWeights: state.trainOutput && state.signOutput === true ? moved.map(sign) : moved,
  };
}

function moveTo(state: DescentState, l: number, { weights, outputWeights }: Points): void {
  part(state.weights, l, state.starts).set(weights);
  part(state.outputWeights, l, state.starts).set(outputWeights);
}

type DescendStart = (problem: Problem, state: DescentState, l: number, updates: number, tolerance: number, isCancelled: () => boolean) => void;

const descendPlainly: DescendStart = (problem, state, l, updates, tolerance, isCancelled) => {
  for (let t = 0; t < Math.max(updates, 1) && state.status[l] === RunStatus.running && !isCancelled(); t++) {
    const evaluation = evaluate(problem, pointOf(state, l));
    arrive(state, l, evaluation, tolerance);
    if (updates === 0 || state.status[l] !== RunStatus.running) return;
    moveTo(state, l, stepped(state, l, evaluation));
    state.iterations[l] += 1;
  }
};

const descendBacktracking: DescendStart = (problem, state, l, updates, tolerance, isCancelled) => {
  if (state.status[l] !== RunStatus.running || isCancelled()) return;
  let here = evaluate(problem, pointOf(state, l));
  arrive(state, l, here, tolerance);
  stall(state, l);
  for (let t = 0; t < updates && state.status[l] === RunStatus.running && !isCancelled(); t++) {
    const candidate = stepped(state, l, here);
    const there = evaluate(problem, candidate);
    state.iterations[l] += 1;
    if (there.loss[0] <= state.loss[l]) {
      moveTo(state, l, candidate);
      here = there;
      arrive(state, l, here, tolerance);
    } else {
      state.stepSizes[l] /= 2;
    }
    stall(state, l);
  }
};

function stall(state: DescentState, l: number): void {
  const isStalled = state.stepSizes[l] * state.gradientNorm[l] ** 2 <= LEAST_PROGRESS * state.loss[l];
  if (state.status[l] === RunStatus.running && isStalled) state.status[l] = RunStatus.stalled;
}

function descend(problem: Problem, state: DescentState, updates: number, tolerance: number, cancel?: Int32Array): number {
  const isCancelled = (): boolean => cancel !== undefined && Atomics.load(cancel, 0) !== 0;
  const descendStart = state.backtracking === true ? descendBacktracking : descendPlainly;
  for (let l = 0; l < state.starts; l++) descendStart(problem, state, l, updates, tolerance, isCancelled);
  return state.status.filter((status) => status === RunStatus.running).length;
}

/**
 * Directional derivative of the gradient. With ȧ_u = ẇ_uᵀx and ḟ = Σ (v_u φ′(a_u) ȧ_u + v̇_u φ(a_u)):
 * for w_u the coefficient of x is ℓ″ ḟ v_u φ′(a_u) + ℓ′ (v̇_u φ′(a_u) + v_u φ″(a_u) ȧ_u); for v_u it is ℓ″ ḟ φ(a_u) + ℓ′ φ′(a_u) ȧ_u.
 */
function hessianVectorStart(problem: Problem, points: Points, directions: Points, trainOutput: boolean, l: number, into: Points): void {
  const { inputs, shape, labels, activation: phi } = problem;
  const { samples, units } = sizesOf(inputs, shape);
  const loss = LOSSES[problem.loss];
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
  const product = { starts: points.starts, weights: new Float64Array(points.weights.length), outputWeights: new Float64Array(points.outputWeights.length) };
  for (let l = 0; l < points.starts; l++) hessianVectorStart(problem, points, directions, trainOutput, l, product);
  return product;
}

export const referenceDescent: DescentKernels = {
  name: 'reference',
  allocateInputs: (samples, dimension) => ({ samples, dimension, values: new Float64Array(samples * dimension) }),
  prepare: (inputs) => ({ ...inputs, layout: 'rows' }),
  outputs,
  evaluate,
  descend,
  hessianVector,
};
