/** Where the descents of a stored trial ended, beside the teacher: computed again on request. */
import { InputError } from '../../base/errors.js';
import { denseHessian, denseHessianFlops } from '../../core/curvature/hessian.js';
import type { NativeKernels } from '../../core/kernels/contract.js';
import { matchedRows } from '../../core/matching/matchedRows.js';
import { parseActivation } from '../../core/networks/activations.js';
import type { End, Matrix, TrialEnds } from '../../live/ends.js';
import type { StudyReader } from '../../store/reader.js';
import { trainingNames, trainingPoints } from '../arrays/training.js';
import type { KeptArray } from './collector.js';
import type { DrawnTrial } from './draw.js';
import { replayWithArrays } from './replayed.js';

/** The most variables, and floating point operations, for which the spectrum of the Hessian is computed. */
const MOST_VARIABLES = 600;
const MOST_FLOPS = 2e10;

/**
 * Runs a stored trial again. Throws `InputError` as `replayWithArrays` does, and for a trial that has no teacher or no
 * descents.
 */
export function trialEnds(store: StudyReader, address: string, kernels: NativeKernels): TrialEnds {
  const { replay, drawn } = replayWithArrays(store, address, kernels);
  const arrays = new Map(drawn.arrays.map((array) => [array.name, array]));
  const [teacher, weights] = [arrays.get('teacher'), arrays.get('weights')];
  if (teacher === undefined || weights === undefined)
    throw new InputError(
      `the trial must hand out the teacher and where its descents end, got ${[...arrays.keys()].join(', ') || 'nothing'}`,
    );
  const target = matrixOf(teacher);
  const signs = hasFreeSigns(drawn);
  const ends = Array.from({ length: weights.shape[0] }, (_, start): End => {
    const own = matrixOf(weights, start);
    return { weights: own, matched: matchedRows(own, target, { signs }) };
  });
  return {
    identical: replay.identical,
    teacher: target,
    ends,
    spectrum: (start) => spectrumAt(kernels, drawn, arrays, start),
  };
}

/** The last two axes of an array; of three, the part at a place on the first. */
function matrixOf({ shape, values }: KeptArray, at = 0): Matrix {
  const [rows, length] = shape.slice(-2);
  return { rows, length, values: values.subarray(at * rows * length, (at + 1) * rows * length) };
}

function hasFreeSigns({ words }: DrawnTrial): boolean {
  try {
    return words !== undefined && parseActivation(words.activation).parity === 'even';
  } catch {
    // A word of the user's own code, of whose symmetry nothing is known.
    return false;
  }
}

function spectrumAt(
  kernels: NativeKernels,
  { words }: DrawnTrial,
  arrays: ReadonlyMap<string, KeptArray>,
  start: number,
): Float64Array | string {
  const [inputs, labels, weights, v] = ['X', 'y', 'weights', 'v'].map((name) => arrays.get(name));
  if (words === undefined || inputs === undefined || labels === undefined || weights === undefined || v === undefined)
    return 'The trial has no training set.';
  const { architecture, activation, loss } = words;
  const { rows, length, values } = matrixOf(weights, start);
  const units = v.shape[v.shape.length - 1];
  const given = {
    inputs,
    labels: labels.values,
    activation,
    loss,
    architecture,
    v: { shape: [units], values: v.values.subarray(start * units, (start + 1) * units) },
  };
  const [samples] = inputs.shape;
  const size = rows * length;
  if (size > MOST_VARIABLES || denseHessianFlops(samples, length, units, size) > MOST_FLOPS)
    return `The Hessian in ${size} variables on ${samples} samples is too large for this page.`;
  try {
    const { problem, points } = trainingPoints(
      kernels,
      given,
      { shape: [rows, length], values },
      trainingNames('weights'),
    );
    const hessian = denseHessian(kernels, problem, points);
    if (!hessian.every(Number.isFinite)) return 'The Hessian is not finite.';
    return kernels.symmetricEigen(hessian, size).values;
  } catch (error) {
    if (error instanceof InputError) return `${error.message}.`;
    throw error;
  }
}
