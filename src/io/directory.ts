import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileError } from './files.js';

/** Makes the folder where it is missing. Tried rather than asked: access rights say nothing of a read-only file system. */
export function ensureWritableDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
    rmdirSync(mkdtempSync(join(path, '.basin-')));
  } catch (error) {
    throw fileError(path, 'used as an output folder', error);
  }
}
