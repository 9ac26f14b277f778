/** Files of numbers that a study file names. They are read once and identified by their content. */
import { createHash } from 'node:crypto';
import { InputError } from '../base/errors.js';
import { fileData } from '../experiments/common/files.js';
import type { StudyFile } from '../experiments/spec.js';
import type { FileValue } from '../settings/types.js';

/** Numbers in C order (row-major). */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/**
 * Reads a file that a study file names by a path. Throws `InputError` when it cannot be read or has numbers that are
 * not finite.
 */
export type ReadNumbers = (path: string) => Numbers;

/** The most numbers in all files of a study together (4 MiB), because the store, plans and workers hold them. */
export const MOST_NUMBERS = 2 ** 19;

/** Number of digits of the SHA-256 that are used in cells. */
const DIGITS = 16;

/** Whether a value is `{file: PATH}`, in place of a word. */
export function isFileEntry(value: unknown): value is { readonly file: string } {
  if (typeof value !== 'object' || value === null) return false;
  const [[key, path] = [], ...more] = Object.entries(value);
  return key === 'file' && typeof path === 'string' && more.length === 0;
}

export class ReadFiles {
  readonly #read: ReadNumbers;
  readonly #files = new Map<string, StudyFile>();

  constructor(read: ReadNumbers = refuseFile) {
    this.#read = read;
  }

  /** Every file read so far. Files with the same content are listed once. */
  get all(): readonly StudyFile[] {
    return [...new Map([...this.#files.values()].map((file) => [file.value, file])).values()];
  }

  /** The name that cells use for the content of a file. Throws `InputError`. */
  read(path: string): FileValue {
    const known = this.#files.get(path);
    if (known !== undefined) return known.value;
    const file = studyFile(path, this.#read(path));
    this.#files.set(path, file);
    const count = this.all.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    if (count > MOST_NUMBERS)
      throw new InputError(
        `${path}: the files of a study must hold at most ${MOST_NUMBERS} numbers together, got ${count}`,
      );
    return file.value;
  }
}

/** The content of a file under its name. */
export function studyFile(path: string, { shape, values }: Numbers): StudyFile {
  const data = fileData(values);
  const digest = createHash('sha256')
    .update(`${shape.join(',')} ${data}`)
    .digest('hex');
  return { value: `file:${digest.slice(0, DIGITS)}`, path, shape: [...shape], data };
}

function refuseFile(path: string): never {
  throw new InputError(`${path}: a file can be read beside a study file only, got the text alone`);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
