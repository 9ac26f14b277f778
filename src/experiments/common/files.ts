/** Numbers of files that a study names, as its trials take them. */
import { InputError } from '../../base/errors.js';
import type { FileValue } from '../../settings/types.js';
import type { StudyFile } from '../spec.js';

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** The first `count` numbers of a file, a copy. Throws when the study does not hold the file or it has fewer. */
export function fileNumbers(files: readonly StudyFile[] | undefined, value: FileValue, count: number): Float64Array {
  const { data } = fileOf(files, value);
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length < count * BYTES)
    throw new InputError(`${value} must hold at least ${count} numbers, got ${bytes.length / BYTES}`);
  return Float64Array.from({ length: count }, (_, at) => bytes.readDoubleLE(at * BYTES));
}

/** Numbers as a study keeps them: little-endian float64 in base64. */
export function fileData(values: Float64Array): string {
  const bytes = Buffer.alloc(values.length * BYTES);
  values.forEach((value, at) => bytes.writeDoubleLE(value, at * BYTES));
  return bytes.toString('base64');
}

/** Throws when the study does not hold the file. */
export function fileOf(files: readonly StudyFile[] = [], value: FileValue): StudyFile {
  const found = files.find((file) => file.value === value);
  if (found === undefined) throw new InputError(`the study must hold ${value}, got no such file`);
  return found;
}
