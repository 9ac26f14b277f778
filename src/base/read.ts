/** Reads whole files and folders; every failure is an `InputError` of one line with the name. */
import { disk } from './disk.js';
import { fileError } from './fileError.js';

export function readBytes(path: string): Buffer {
  return reading(path, () => disk().readFile(path));
}

/** A file of UTF-8. */
export function readText(path: string): string {
  return readBytes(path).toString('utf8');
}

/** The names in a folder, in no order. */
export function namesIn(folder: string): string[] {
  return reading(folder, () => disk().list(folder));
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw fileError(path, 'read', error);
  }
}
