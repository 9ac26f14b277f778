/** Turns a training set, a network and points in its parameter space into a checked problem. */
import { oneOf, requireTexts } from '../../base/allowed.js';
import { InputError } from '../../base/errors.js';
import type { DescentKernels, Points, Problem } from '../../core/kernels/contract.js';
import { parseActivation } from '../../core/networks/activations.js';
import { CROSS_ENTROPY_CLIP, lossNamed, lossOf } from '../../core/networks/losses.js';
import {
  ARCHITECTURES,
  KNOWN_OUTPUTS,
  networkShape,
  outputWeights,
  repeated,
  unitCount,
  type Architecture,
  type Output,
} from '../../core/networks/networks.js';
import type { NumericArray } from '../../io/npy.js';
import { givenSamples, requireArray, SAMPLE_NAMES, type SampleNames } from './given.js';

/** The empirical risk f_n(W, v) = (1/n) Σᵢ ℓ(Σ_u v_u φ(w_uᵀxᵢ), yᵢ), see `Problem`. */
export interface TrainingProblem {
  /** X (n, d) */
  readonly inputs: NumericArray;
  /** y (n); in [0, 1] for `cross-entropy` */
  readonly labels: Float64Array;
  /** φ: a name such as `sigmoid` or `softplus:10`, or a formula in z */
  readonly activation: string;
  /** ℓ: `squared`, `cross-entropy`, or a formula in f and y */
  readonly loss: string;
  /** default: `fcn` */
  readonly architecture?: Architecture | undefined;
  /** `mean`: v = 1/K; `sum`: v = 1; default: `mean` */
  readonly output?: Output | undefined;
  /** v (K) or (L, K), in place of `output` */
  readonly v?: NumericArray | undefined;
}

/** What messages call the arrays. */
export interface TrainingNames extends SampleNames {
  readonly weights: string;
  readonly v: string;
}

const NAMES: Omit<TrainingNames, 'weights'> = { ...SAMPLE_NAMES, v: 'v' };

/** The names for arrays of a caller, with the given name for the weights. */
export function trainingNames(weights: string): TrainingNames {
  return { ...NAMES, weights };
}

export interface TrainingPoints {
  readonly problem: Problem;
  readonly points: Points;
  /** (L, K, d), or (L, 1, m) for a cnn */
  readonly shape: readonly [number, number, number];
}

/**
 * The problem in the kernels' layout, and the points `weights`: (L, K, d) or (K, d); for a cnn (L, 1, m) or (1, m).
 * @throws InputError for an unknown word, and for arrays that do not fit together
 */
export function trainingPoints(
  kernels: DescentKernels,
  given: TrainingProblem,
  weights: NumericArray,
  names: TrainingNames,
): TrainingPoints {
  if (given.v !== undefined && given.output !== undefined)
    throw new InputError('output and v exclude each other: give one of them, got both');
  requireTexts({ activation: given.activation, loss: given.loss });
  const activation = parseActivation(given.activation);
  const loss = lossNamed(given.loss);
  const architecture = oneOf('architecture', given.architecture ?? 'fcn', ARCHITECTURES);
  const output = oneOf('output', given.output ?? 'mean', KNOWN_OUTPUTS);
  const { count, dimension, inputs: values, labels } = givenSamples(given, names);
  if (lossOf(loss).takes === 'probabilities') requireProbabilities(names.labels, labels);
  const shape = requireWeights(names.weights, weights, architecture, dimension);
  const [starts, rows, length] = shape;
  const network = networkShape(architecture, architecture === 'fcn' ? rows : dimension / length, dimension);
  const v = givenOutput(given.v, output, starts, unitCount(network), names.v);
  // X and y are copies: `fit` yields between native calls, and its caller may then change what it gave.
  const inputs = kernels.allocateInputs(count, dimension);
  inputs.values.set(values);
  return {
    problem: { inputs: kernels.prepare(inputs), labels: labels.slice(), shape: network, activation, loss },
    points: { starts, weights: weights.values, outputWeights: v },
    shape,
  };
}

/**
 * Counts the outputs that are not in (0, 1) and are clipped for cross entropy. With such outputs, a descent or a
 * Hessian means little.
 */
export function clippedOutputs(
  kernels: DescentKernels,
  problem: Problem,
  points: Points,
): { readonly clipped: number; readonly of: number } {
  if (lossOf(problem.loss).takes !== 'probabilities') return { clipped: 0, of: 0 };
  const outputs = kernels.outputs(problem.inputs, problem.shape, problem.activation, points);
  const clipped = outputs.filter((f) => !(f > CROSS_ENTROPY_CLIP && f < 1 - CROSS_ENTROPY_CLIP)).length;
  return { clipped, of: outputs.length };
}

function requireProbabilities(name: string, labels: Float64Array): void {
  const at = labels.findIndex((y) => !(y >= 0 && y <= 1));
  if (at >= 0)
    throw new InputError(`${name}: y must lie in [0, 1] for cross-entropy, got ${labels[at]} at index ${at}`);
}

/** (L, rows, m): for fcn rows = K; for cnn rows = 1 and K = d/m. */
export function requireWeights(
  name: string,
  array: NumericArray,
  architecture: Architecture,
  dimension: number,
): readonly [number, number, number] {
  requireArray(name, array);
  const full = array.shape.length === 2 ? [1, ...array.shape] : array.shape;
  const expected =
    architecture === 'fcn'
      ? `(L, K, ${dimension}) or (K, ${dimension})`
      : `(L, 1, m) or (1, m) with m a divisor of d = ${dimension}`;
  const [starts, rows, length] = full;
  const fits =
    full.length === 3 &&
    starts > 0 &&
    rows > 0 &&
    (architecture === 'fcn' ? length === dimension : rows === 1 && length > 0 && dimension % length === 0);
  if (!fits)
    throw new InputError(
      `${name}: weights of a ${architecture} must have shape ${expected}, got (${array.shape.join(', ')})`,
    );
  return [starts, rows, length];
}

/** v of every start, (L, K): from an array of shape (K) or (L, K), or from the value of `output`. */
export function givenOutput(
  v: NumericArray | undefined,
  output: Output,
  starts: number,
  units: number,
  name: string,
): Float64Array {
  if (v === undefined) return outputWeights(output, starts, units);
  requireArray(name, v);
  const { shape: given, values } = v;
  if (given.length === 2 && given[0] === starts && given[1] === units) return values;
  if (given.length === 1 && given[0] === units) return repeated(values, starts);
  throw new InputError(`${name}: v must have shape (${units}) or (${starts}, ${units}), got (${given.join(', ')})`);
}
