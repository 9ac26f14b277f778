/** Files that a command writes as its result. */
import { existsSync } from 'node:fs';
import { targetOf } from '../base/target.js';
import { writeNpy } from '../io/npy.js';
import { warn } from './say.js';

/** Writes a result. An existing file is replaced, and a line on stderr says so. */
export function replacing<T>(path: string, write: () => T): T {
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
