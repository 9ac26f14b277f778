/** Numbers from the files that a study names, in the form that trials need. */
import { InputError } from '../../base/errors.js';
import type { FileValue } from '../../settings/types.js';
import type { StudyFile } from '../spec.js';

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/**
 * A copy of the first `count` numbers of a file. Throws when the study does not contain the file or when the file has
 * fewer numbers.
 */
export function fileNumbers(files: readonly StudyFile[] | undefined, value: FileValue, count: number): Float64Array {
  const { data } = fileOf(files, value);
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length < count * BYTES)
    throw new InputError(`${value} must hold at least ${count} numbers, got ${bytes.length / BYTES}`);
  return Float64Array.from({ length: count }, (_, at) => bytes.readDoubleLE(at * BYTES));
}

/** Numbers as a study stores them: little-endian float64 in base64. */
export function fileData(values: Float64Array): string {
  const bytes = Buffer.alloc(values.length * BYTES);
  values.forEach((value, at) => bytes.writeDoubleLE(value, at * BYTES));
  return bytes.toString('base64');
}

/** Throws when the study does not contain the file. */
export function fileOf(files: readonly StudyFile[] = [], value: FileValue): StudyFile {
  const found = files.find((file) => file.value === value);
  if (found === undefined) throw new InputError(`the study must hold ${value}, got no such file`);
  return found;
}
