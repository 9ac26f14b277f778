/** Matrices and vectors of numbers from a user's files: .npy, .npz with one array, .csv. */
import { extname } from 'node:path';
import { InputError } from '../base/errors.js';
import { readCsv, type CsvOptions } from './csv.js';
import { readNpy, type NumericArray } from './npy.js';
import { formatShape } from './npyheader.js';
import { readNpz } from './npz.js';

const ARRAY_READERS: Readonly<Record<string, (path: string) => NumericArray>> = { '.npy': readNpy, '.npz': readNpz };
const TABLE_READERS: Readonly<Record<string, (path: string, options: CsvOptions) => NumericArray>> = {
  ...ARRAY_READERS,
  '.csv': readCsv,
};

/** Descriptions of files with other extensions, and what to do with them. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^\.(gz|bz2|xz|zst|zip|7z|tgz)$/, 'a packed file: unpack it first'],
  [/^\.(xlsx?|ods|numbers)$/, 'a spreadsheet: save the sheet as CSV'],
  [/^\.(tsv|txt|dat)$/, 'a table of another kind: save it separated by commas as .csv'],
  [
    /^\.(parquet|feather|arrow|h5|hdf5|mat|rds|rdata|pkl|pickle|pt|json)$/,
    'the format of another program: save the array as .npy',
  ],
];

function readBy(readers: typeof TABLE_READERS, path: string, options: CsvOptions): NumericArray {
  const extension = extname(path).toLowerCase();
  if (Object.hasOwn(readers, extension)) return readers[extension](path, options);
  const names = Object.keys(readers);
  const allowed = `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
  throw new InputError(`${path}: must be a ${allowed} file, got ${describeExtension(extension)}`);
}

function describeExtension(extension: string): string {
  if (extension === '') return 'no extension';
  const known = REFUSED.find(([pattern]) => pattern.test(extension))?.[1];
  return known === undefined ? `'${extension}'` : `'${extension}', ${known}`;
}

export interface Matrix extends NumericArray {
  readonly shape: readonly [number, number];
}

/** A file of numbers with any number of axes: .npy, or .npz with one array. */
export function readArray(path: string): NumericArray {
  return readBy(ARRAY_READERS, path, {});
}

/** The same, or a table: .csv. */
export function readNumbers(path: string, options: CsvOptions = {}): NumericArray {
  return readBy(TABLE_READERS, path, options);
}

/** A file with two axes. */
export function readMatrix(path: string, options: CsvOptions = {}): Matrix {
  const { shape, values } = readNumbers(path, options);
  const [rows, columns] = shape;
  if (shape.length !== 2)
    throw new InputError(`${path}: must be a matrix with two axes, got shape ${formatShape(shape)}`);
  return { shape: [rows, columns], values };
}

/** A file with one axis; a single row or a single column counts as one. */
export function readVector(path: string, options: CsvOptions = {}): Float64Array {
  const { shape, values } = readNumbers(path, options);
  const isVector = shape.length === 1 || (shape.length === 2 && shape.includes(1));
  if (!isVector)
    throw new InputError(`${path}: must be a vector, of shape (n,), (n, 1) or (1, n), got shape ${formatShape(shape)}`);
  return values;
}
