/** Errors of a store that can no longer be written: the file, what to do, and which trials are safe. */
import Database from 'better-sqlite3';
import { InputError } from '../base/errors.js';

const ADVICE: readonly (readonly [code: RegExp, what: string])[] = [
  [/^SQLITE_FULL/, 'free space'],
  [/^SQLITE_IOERR/, 'check the disk and its quotas'],
  [/^SQLITE_(READONLY|CANTOPEN|PERM)/, 'make the folder and its files writable'],
  [/^SQLITE_CORRUPT/, 'restore a copy'],
];

/**
 * The `InputError` for a failed write; an error that is not about the file is returned unchanged. `stored`: number of
 * trials that are safe.
 */
export function writeError(file: string, error: unknown, stored?: number): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code, message } = error;
  const advice = ADVICE.find(([pattern]) => pattern.test(code));
  if (advice === undefined) return error;
  const safe = stored === undefined ? '' : `; ${stored} trials are stored`;
  return new InputError(
    `study store '${file}' cannot be written: ${message} (${code}); ${advice[1]} and run the same command again${safe}`,
  );
}

/** Runs `write`, turning reports of a disk that is full or out of reach into an `InputError`. */
export function namingFailure<T>(file: string, write: () => T, stored?: () => number | undefined): T {
  try {
    return write();
  } catch (error) {
    throw writeError(file, error, stored?.());
  }
}
