/** The study folder before its store is opened. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../core/errors.js';
import { LOCK_FILE } from './lock.js';

export const STORE_FILE = 'basin.sqlite';
/** Where a new store is put together before it gets its name. */
export const UNFINISHED_STORE = 'basin.sqlite.new';

const OWN_FILES = [LOCK_FILE, STORE_FILE, UNFINISHED_STORE, 'report.html', 'figures'];

/** Makes the folder where needed. Throws `InputError` when it cannot be written or holds something else than a study. */
export function requireStudyFolder(dir: string): void {
  try {
    makeFolders(resolve(dir));
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new InputError(`the output folder must be a writable folder, got '${dir}' (${code})`);
  }
  if (existsSync(join(dir, STORE_FILE))) return;
  const foreign = readdirSync(dir).find((name) => !isOwn(name));
  if (foreign !== undefined) throw new InputError(`the output folder must be empty or hold a basin study, got '${dir}', which holds '${foreign}'`);
}

/** The store of an existing study. Throws `InputError` when there is none. */
export function requireStoreFile(dir: string): string {
  const file = join(dir, STORE_FILE);
  if (!existsSync(file)) throw new InputError(`a study folder must hold ${STORE_FILE}, got '${dir}', which does not`);
  if (!statSync(file).isFile()) throw new InputError(`'${file}' must be a file`);
  return file;
}

// Not mkdirSync with `recursive`: that never returns where an existing folder answers ENOENT, as /proc does.
function makeFolders(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (!existsSync(dirname(dir))) makeFolders(dirname(dir));
  mkdirSync(dir);
}

function isOwn(name: string): boolean {
  return OWN_FILES.some((own) => name === own || [`${own}-wal`, `${own}-shm`, `${own}-journal`].includes(name));
}
