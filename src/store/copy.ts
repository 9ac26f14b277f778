/**
 * Reading a store where SQLite cannot keep its side files: on a read-only file system, in another user's folder, on a
 * full disk.
 */
import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { asidePath, removeAside, sweepAside } from '../base/aside.js';
import { disk } from '../base/disk.js';
import { InputError } from '../base/errors.js';
import { STORE_FILE } from './found.js';

const WAL = '-wal';
const PRIVATE = 0o700;

/** True when opening failed because of the store's location, not because of its content. */
export function isOutOfReach(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY|FULL|IOERR_SHM)/.test(error.code);
}

/**
 * A copy of the store, including what a killed writer left in its -wal, in a folder of its own that the caller removes.
 * Throws `InputError` when the disk is full, or when the store changes meanwhile.
 */
export function copyStore(file: string): { readonly folder: string; readonly file: string } {
  const before = stateOf(file);
  const folder = asidePath(join(tmpdir(), STORE_FILE));
  sweepAside(tmpdir());
  try {
    disk().makeFolder(folder, PRIVATE);
    const copy = join(folder, STORE_FILE);
    for (const suffix of ['', WAL]) if (existsSync(file + suffix)) disk().copy(file + suffix, copy + suffix);
    if (stateOf(file) !== before)
      throw new InputError(
        `study store '${file}' is being written, and its folder is read-only here; wait for the writer, or read it there`,
      );
    return { folder, file: copy };
  } catch (error) {
    removeAside(folder);
    if (error instanceof InputError) throw error;
    throw new InputError(
      `study store '${file}' must stand in a folder that can be written, or there must be room for a copy in '${tmpdir()}' (see TMPDIR), got ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function stateOf(file: string): string {
  return ['', WAL]
    .map((suffix) => statSync(file + suffix, { throwIfNoEntry: false }))
    .map((state) => `${state?.size} ${state?.mtimeMs}`)
    .join();
}
