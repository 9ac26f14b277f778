/**
 * One writer per study folder. The lock is an exclusive transaction on a second, empty SQLite file: the operating
 * system frees it when the process ends for any reason, and readers of the store never touch it.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { InputError } from '../base/errors.js';
import { namingFailure, writeError } from './failure.js';
import { Place } from './place.js';

export const LOCK_FILE = 'basin.lock';

export interface StudyLock {
  /** Throws `InputError` when the lock's file has been moved or replaced: another process may hold one of that name. */
  requireHeld(): void;
  release(): void;
}

/** Databases of locks that are held: garbage collection closes a database to which nothing refers. */
const HELD = new Set<Database.Database>();

/** Throws `InputError` when another process (or another part of this one) writes the study. */
export function lockStudy(dir: string): StudyLock {
  const file = join(dir, LOCK_FILE);
  const database = namingFailure(file, () => new Database(file, { timeout: 0 }));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY'))
      throw writeError(file, error);
    throw new InputError(
      `study folder '${dir}' is being written by another basin process; wait for it or choose another --out`,
    );
  }
  HELD.add(database);
  const place = new Place(file);
  return {
    requireHeld: () => {
      if (!place.stands)
        throw new InputError(
          `'${file}' was removed or replaced while the study was being written, so another process may write it too; the same command continues once it has ended`,
        );
    },
    release: () => {
      HELD.delete(database);
      database.close();
    },
  };
}
