/** Files that a command writes as its result. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWritableDirectory, ensureWritableFile } from '../base/directory.js';
import { refuse } from '../base/errors.js';
import { targetOf } from '../base/target.js';
import { writeNpy } from '../io/npy.js';
import { STORE_FILE } from '../store/found.js';
import { requireOutside } from '../store/outside.js';
import { warn } from './say.js';

/** Checks before a long computation that its result can be written and replaces no file of a study. */
export function requireResultFile(path: string): void {
  ensureWritableFile(path);
  requireOutside(path);
}

/** The same of a folder of results, which is made if it is missing. */
export function requireResultFolder(option: string, path: string): void {
  if (existsSync(join(path, STORE_FILE))) refuse(option, 'a folder without a study', path);
  ensureWritableDirectory(path);
}

/**
 * Writes a result. An existing file is replaced, and a line on stderr says so. Throws `InputError` for a file of a
 * study; `study`: the folder that the result is made from.
 */
export function replacing<T>(path: string, write: () => T, study?: string): T {
  requireOutside(path, study);
  const replaced = isFile(path);
  const written = write();
  if (replaced) warn(`${path}: replaced; it was there already`);
  return written;
}

export function writeResult(path: string, values: Float64Array, shape: readonly number[]): void {
  replacing(path, () => {
    writeNpy(path, values, shape);
  });
}

/**
 * Reports a file that another run of the command has written and this run does not write. Readers of the folder must
 * not mix the files of two runs.
 */
export function sayLeft(path: string): void {
  if (existsSync(path)) warn(`${path}: is not of this run; it was there already`);
}

function isFile(path: string): boolean {
  const target = targetOf(path);
  return target.kind === 'file' && existsSync(target.path);
}
