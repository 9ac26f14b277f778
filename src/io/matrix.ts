/** Matrices and vectors of numbers from a user's files, .npy or .csv. */
import { extname } from 'node:path';
import { InputError } from '../core/errors.js';
import { readCsv } from './csv.js';
import { readNpy, type NumericArray } from './npy.js';
import { formatShape } from './npyheader.js';

const READERS: Readonly<Record<string, (path: string) => NumericArray>> = { '.npy': readNpy, '.csv': readCsv };

function readByExtension(path: string): NumericArray {
  const extension = extname(path).toLowerCase();
  const read = READERS[extension] as (typeof READERS)[string] | undefined;
  if (read === undefined) throw new InputError(`${path}: must be a .npy or .csv file, got ${extension === '' ? 'no extension' : `'${extension}'`}`);
  return read(path);
}

export interface Matrix extends NumericArray {
  readonly shape: readonly [number, number];
}

/** A file with two axes. */
export function readMatrix(path: string): Matrix {
  const { shape, values } = readByExtension(path);
  const [rows, columns] = shape;
  if (shape.length !== 2) throw new InputError(`${path}: must be a matrix with two axes, got shape ${formatShape(shape)}`);
  return { shape: [rows, columns], values };
}

/** A file with one axis; a single row or a single column counts as one. */
export function readVector(path: string): Float64Array {
  const { shape, values } = readByExtension(path);
  const isVector = shape.length === 1 || (shape.length === 2 && shape.includes(1));
  if (!isVector) throw new InputError(`${path}: must be a vector, of shape (n,), (n, 1) or (1, n), got shape ${formatShape(shape)}`);
  return values;
}

/** Refuses NaN and infinities. */
export function requireFinite(path: string, values: Float64Array): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new InputError(`${path}: values must be finite, got ${values[at]} at index ${at}`);
}
