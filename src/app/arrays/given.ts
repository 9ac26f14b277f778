/** Arrays that a function is given: by a program, or read from files. In the second case, messages name the files. */
import { InputError, refuse } from '../../base/errors.js';
import { requireFinite } from '../../io/finite.js';
import type { NumericArray } from '../../io/npy.js';
import type { Samples } from '../../core/tensor/samples.js';

/** The names of a training set's arrays in messages. */
export interface SampleNames {
  readonly inputs: string;
  readonly labels: string;
}

export const SAMPLE_NAMES: SampleNames = { inputs: 'inputs', labels: 'labels' };

/** Throws `InputError` unless `values` has exactly as many finite doubles as `shape` requires. */
export function requireArray(name: string, array: NumericArray): void {
  const given: unknown = array;
  if (typeof given !== 'object' || given === null || !('shape' in given) || !('values' in given))
    refuse(name, 'an array { shape: number[], values: Float64Array }', given);
  const { shape, values } = array;
  if (!isShape(shape)) refuse(`the shape of ${name}`, 'a list of whole numbers', shape);
  requireDoubles(`the values of ${name}`, values);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== values.length)
    throw new InputError(`${name}: shape (${shape.join(', ')}) must have ${size} values, got ${values.length}`);
  requireFinite(name, array);
}

function isShape(shape: unknown): shape is readonly number[] {
  return Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
}

function requireDoubles(what: string, values: unknown): void {
  if (values instanceof Float64Array) return;
  throw new InputError(`${what} must be a Float64Array, got ${kindOf(values)}`);
}

function kindOf(value: unknown): string {
  return typeof value === 'object' ? Object.prototype.toString.call(value).slice('[object '.length, -1) : typeof value;
}

/** X (n, d) and y (n) as samples. Throws `InputError` for arrays that do not fit together. */
export function givenSamples(
  { inputs, labels }: { readonly inputs: NumericArray; readonly labels: Float64Array },
  names: SampleNames = SAMPLE_NAMES,
): Samples {
  const [count, dimension] = requireRows(names.inputs, inputs, 'X', 'sample');
  requireDoubles(names.labels, labels);
  requireFinite(names.labels, { shape: [labels.length], values: labels });
  if (labels.length !== count)
    throw new InputError(`${names.labels}: y must have ${count} entries, one per row of X, got ${labels.length}`);
  return { count, dimension, inputs: inputs.values, labels };
}

/** The numbers of rows and columns of a matrix, neither of which may be 0. `row` says what a row is. */
export function requireRows(
  name: string,
  matrix: NumericArray,
  symbol: string,
  row: string,
): readonly [number, number] {
  requireArray(name, matrix);
  const { shape } = matrix;
  if (shape.length !== 2 || shape.includes(0))
    throw new InputError(
      `${name}: ${symbol} must have at least one ${row} and one column, got shape (${shape.join(', ')})`,
    );
  return [shape[0], shape[1]];
}
