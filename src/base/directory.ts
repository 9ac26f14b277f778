/** Output folders. */
import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from './errors.js';
import { asidePath, sweepAside } from './aside.js';
import { disk } from './disk.js';
import { fileError } from './fileError.js';
import { STANDARD_OUTPUT, targetOf } from './target.js';

/**
 * Makes the folder if it is missing, and removes temporary files of killed processes in it. It tries to write instead
 * of reading access rights, which do not show a read-only file system.
 */
export function ensureWritableDirectory(path: string): void {
  if (path === '') throw new InputError("the output folder must have a name, got ''");
  try {
    makeFolders(resolve(path));
    const probe = asidePath(join(path, 'probe'));
    disk().makeFolder(probe);
    disk().removeFolder(probe);
  } catch (error) {
    throw fileError(path, 'used as an output folder', error);
  }
  sweepAside(path);
}

/**
 * Throws `InputError` unless a file can be written; called before long computations. Its folder is made if it is
 * missing.
 */
export function ensureWritableFile(path: string): void {
  if (path !== STANDARD_OUTPUT && !existsSync(dirname(path))) ensureWritableDirectory(dirname(path));
  const target = targetOf(path);
  if (target.kind === 'file') ensureWritableDirectory(dirname(target.path));
}

/** Free bytes on the disk where a folder is, or would be made. */
export function freeBytes(path: string): number {
  let present = resolve(path);
  while (!existsSync(present)) present = dirname(present);
  const { bavail, bsize } = statfsSync(present);
  return bavail * bsize;
}

// Not mkdirSync with `recursive`: that never returns where an existing folder answers ENOENT, as /proc does.
function makeFolders(path: string): void {
  if (isFolder(path)) return;
  if (!existsSync(dirname(path))) makeFolders(dirname(path));
  try {
    disk().makeFolder(path);
  } catch (error) {
    // Another process may have made it since.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
