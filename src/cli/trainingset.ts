/**
 * Reads a user's own data for `fit`, `hessian` and `init` from files into arrays. Messages name the arrays by their
 * files.
 */
import type { SampleNames } from '../app/arrays/given.js';
import type { clippedOutputs, TrainingNames, TrainingProblem } from '../app/arrays/training.js';
import { InputError } from '../base/errors.js';
import { parseActivation } from '../core/networks/activations.js';
import { lossNamed } from '../core/networks/losses.js';
import { ARCHITECTURES, KNOWN_OUTPUTS } from '../core/networks/networks.js';
import { readArray, readMatrix, readVector } from '../io/matrix.js';
import type { NumericArray } from '../io/npy.js';
import { csvOptions } from './csvOptions.js';
import { parseChoice } from './options.js';
import { say } from './say.js';

/** The options that `fit` and `hessian` share, as typed. */
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

interface ReadProblem {
  readonly problem: TrainingProblem;
  readonly weights: NumericArray;
  readonly names: TrainingNames;
}

/** The problem that the options and their files define, and the points in the file of weights. */
export function readProblem(options: ProblemOptions, weightsPath: string): ReadProblem {
  if (options.v !== undefined && options.output !== undefined)
    throw new InputError('--output and --v exclude each other: give one of them, got both');
  const words = {
    activation: parseActivation(options.activation).name,
    loss: lossNamed(options.loss, '--loss'),
    architecture: parseChoice('--architecture', options.architecture, ARCHITECTURES),
    output: options.output === undefined ? undefined : parseChoice('--output', options.output, KNOWN_OUTPUTS),
  };
  const { inputs, labels, names } = readSamples(options);
  return {
    problem: { ...words, inputs, labels, v: options.v === undefined ? undefined : readArray(options.v) },
    weights: readArray(weightsPath),
    names: { ...names, weights: weightsPath, v: options.v ?? 'v' },
  };
}

/** The files of a training set, and whether their first lines hold names. */
export type SampleFiles = Pick<ProblemOptions, 'x' | 'y' | 'header'>;

/** Reads X (n, d) and y (n) from files. */
export function readSamples({ x, y, header }: SampleFiles): {
  readonly inputs: NumericArray;
  readonly labels: Float64Array;
  readonly names: SampleNames;
} {
  const inputs = readMatrix(x, csvOptions(header));
  return { inputs, labels: readVector(y, csvOptions(header, inputs.shape[0])), names: { inputs: x, labels: y } };
}

export function sayClipped({ clipped, of }: ReturnType<typeof clippedOutputs>): void {
  if (clipped > 0) say(`warning: ${clipped} of ${of} outputs are not in (0, 1) and are clipped for cross entropy`);
}
