/** A user's own data for `fit`, `hessian` and `init`: files in, a checked problem out. */
import { parseActivation } from '../core/networks/activations.js';
import { InputError } from '../base/errors.js';
import type { DescentKernels, NetworkShape, Points, PreparedInputs, Problem } from '../core/kernels/contract.js';
import { CROSS_ENTROPY_CLIP, lossNamed, lossOf } from '../core/networks/losses.js';
import {
  ARCHITECTURES,
  KNOWN_OUTPUTS,
  networkShape,
  outputWeights,
  repeated,
  unitCount,
  type Architecture,
  type Output,
} from '../core/networks/networks.js';
import type { Samples } from '../core/tensor/samples.js';
import { readArray, readMatrix, readVector, requireFinite } from '../io/matrix.js';
import { csvOptions } from './csvOptions.js';
import { parseChoice } from './options.js';
import { say } from './say.js';

/** The options that `fit` and `hessian` share, as they were typed. */
export interface ProblemOptions {
  readonly x: string;
  readonly y: string;
  readonly activation: string;
  readonly loss: string;
  readonly architecture: string;
  readonly output?: string;
  readonly v?: string;
  readonly header: string;
}

/** The problem that the options and their files describe, and the points in the file of weights. */
export function readProblem(
  kernels: DescentKernels,
  options: ProblemOptions,
  weightsPath: string,
): { problem: Problem; points: Points } {
  if (options.v !== undefined && options.output !== undefined)
    throw new InputError('--output and --v exclude each other: give one of them, got both');
  const activation = parseActivation(options.activation);
  const loss = lossNamed(options.loss, '--loss');
  const architecture = parseChoice('--architecture', options.architecture, ARCHITECTURES);
  const output = parseChoice('--output', options.output ?? 'mean', KNOWN_OUTPUTS);
  const { inputs, labels } = readTrainingSet(kernels, options, loss);
  const { shape, starts, weights } = readWeights(weightsPath, architecture, inputs.dimension);
  const points = { starts, weights, outputWeights: readOutputWeights(options.v, output, starts, shape) };
  return { problem: { inputs, labels, shape, activation, loss }, points };
}

/** Cross entropy is flat or absurdly steep where outputs are clipped: a descent or a Hessian there means little. */
export function warnOfClipping(kernels: DescentKernels, problem: Problem, points: Points): void {
  if (lossOf(problem.loss).takes !== 'probabilities') return;
  const outputs = kernels.outputs(problem.inputs, problem.shape, problem.activation, points);
  const clipped = outputs.filter((f) => !(f > CROSS_ENTROPY_CLIP && f < 1 - CROSS_ENTROPY_CLIP)).length;
  if (clipped > 0)
    say(`warning: ${clipped} of ${outputs.length} outputs are not in (0, 1) and are clipped for cross entropy`);
}

export interface TrainingSet {
  readonly inputs: PreparedInputs;
  /** (n) */
  readonly labels: Float64Array;
}

/** The files of a training set, and whether their first lines hold names. */
export type SampleFiles = Pick<ProblemOptions, 'x' | 'y' | 'header'>;

/** X (n, d) and y (n) from files, finite, with labels that the loss allows. */
export function readTrainingSet(kernels: DescentKernels, files: SampleFiles, loss: string): TrainingSet {
  const { count, dimension, inputs: values, labels } = readSamples(files);
  if (lossOf(loss).takes === 'probabilities') requireProbabilities(files.y, labels);
  const inputs = kernels.allocateInputs(count, dimension);
  inputs.values.set(values);
  return { inputs: kernels.prepare(inputs), labels };
}

/** X (n, d), row-major, and y (n) from files, finite. */
export function readSamples({ x: xPath, y: yPath, header }: SampleFiles): Samples {
  const x = readMatrix(xPath, csvOptions(header));
  const [count, dimension] = x.shape;
  if (count === 0 || dimension === 0)
    throw new InputError(`${xPath}: X must have at least one sample and one column, got shape (${x.shape.join(', ')})`);
  requireFinite(xPath, x);
  const labels = readVector(yPath, csvOptions(header, count));
  requireFinite(yPath, { shape: [labels.length], values: labels });
  if (labels.length !== count)
    throw new InputError(`${yPath}: y must have ${count} entries, one per row of X, got ${labels.length}`);
  return { count, dimension, inputs: x.values, labels };
}

function requireProbabilities(path: string, labels: Float64Array): void {
  const at = labels.findIndex((y) => !(y >= 0 && y <= 1));
  if (at >= 0)
    throw new InputError(`${path}: y must lie in [0, 1] for cross-entropy, got ${labels[at]} at index ${at}`);
}

export interface StartPoints {
  readonly shape: NetworkShape;
  readonly starts: number;
  /** (L, rows, m) */
  readonly weights: Float64Array;
}

/** Starts or weights from a file: (L, rows, m), or (rows, m) for one; rows = K for fcn, 1 for cnn with K = d/m. */
export function readWeights(path: string, architecture: Architecture, dimension: number): StartPoints {
  const array = readArray(path);
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
      `${path}: weights of a ${architecture} must have shape ${expected}, got (${array.shape.join(', ')})`,
    );
  requireFinite(path, array);
  return {
    shape: networkShape(architecture, architecture === 'fcn' ? rows : dimension / length, dimension),
    starts,
    weights: array.values,
  };
}

/** v of every start, (L, K): from a file of shape (K) or (L, K), or what the output means. */
export function readOutputWeights(
  path: string | undefined,
  output: Output,
  starts: number,
  shape: NetworkShape,
): Float64Array {
  const units = unitCount(shape);
  if (path === undefined) return outputWeights(output, starts, units);
  const array = readArray(path);
  requireFinite(path, array);
  const { shape: given, values } = array;
  if (given.length === 2 && given[0] === starts && given[1] === units) return values;
  if (given.length === 1 && given[0] === units) return repeated(values, starts);
  throw new InputError(`${path}: v must have shape (${units}) or (${starts}, ${units}), got (${given.join(', ')})`);
}
