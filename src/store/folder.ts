/** Checks of the study folder before its store is opened. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ASIDE_PREFIX } from '../base/aside.js';
import { ensureWritableDirectory } from '../base/directory.js';
import { disk } from '../base/disk.js';
import { fileError } from '../base/fileError.js';
import { InputError } from '../base/errors.js';
import { STORE_FILE } from './found.js';
import { LOCK_FILE } from './lock.js';

/** The suffixes of SQLite's files beside a database. */
export const SIDE_FILES = ['-wal', '-shm', '-journal'] as const;

const OWN_FILES = [LOCK_FILE, STORE_FILE, 'report.html', 'figures'];

/**
 * Makes the folder if it is missing. Throws `InputError` when it cannot be written or holds something other than a
 * study.
 */
export function requireStudyFolder(dir: string): void {
  ensureWritableDirectory(dir);
  requireNothingForeign(dir);
}

/** Throws `InputError` when the folder holds something other than a study. It need not exist. */
export function requireNothingForeign(dir: string): void {
  if (!existsSync(dir) || existsSync(join(dir, STORE_FILE))) return;
  const foreign = namesIn(dir).find((name) => !isOwn(name));
  if (foreign !== undefined)
    throw new InputError(
      `the output folder must be empty or hold a basin study, got '${dir}', which holds '${foreign}'`,
    );
}

function namesIn(dir: string): string[] {
  try {
    return disk().list(dir);
  } catch (error) {
    throw fileError(dir, 'used as an output folder', error);
  }
}

function isOwn(name: string): boolean {
  return (
    name.startsWith(ASIDE_PREFIX) ||
    OWN_FILES.some((own) => name === own || SIDE_FILES.some((suffix) => name === own + suffix))
  );
}
