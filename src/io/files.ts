/** Files as this program uses them: read by parts, written aside and renamed, every failure one line with the file's name. */
import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { InputError } from '../core/errors.js';

/** Node reads and writes at most 2³¹ − 1 bytes at once. */
const MOST_BYTES_AT_ONCE = 2 ** 30;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a file of that name is in the way',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EROFS: 'the file system is read-only',
};

/** `path: cannot be …: why` for a failed file operation; other errors pass through. */
export function fileError(path: string, action: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  return new InputError(`${path}: cannot be ${action}: ${REASONS[code] ?? code}`);
}

/** Bytes that can be read at a position: a file, or a part of memory. */
export interface Source {
  /** how messages call it */
  readonly name: string;
  readonly size: number;
  /** Fills `target` from `position` on; an end before that is an `InputError`. */
  read(target: Uint8Array, position: number): void;
}

export function memorySource(name: string, bytes: Uint8Array): Source {
  return {
    name,
    size: bytes.length,
    read(target, position) {
      if (position + target.length > bytes.length) throw new InputError(`${name}: ends too early`);
      target.set(bytes.subarray(position, position + target.length));
    },
  };
}

function fileSource(path: string, descriptor: number, size: number): Source {
  return {
    name: path,
    size,
    read(target, position) {
      for (let done = 0; done < target.length; ) {
        const count = readSync(descriptor, target, done, Math.min(target.length - done, MOST_BYTES_AT_ONCE), position + done);
        if (count === 0) throw new InputError(`${path}: ends too early`);
        done += count;
      }
    },
  };
}

/** Opens a regular file for the duration of `use`. */
export function withFile<T>(path: string, use: (source: Source) => T): T {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new InputError(`${path}: must be a regular file, got a ${status.isDirectory() ? 'folder' : 'device or pipe'}`);
    return use(fileSource(path, descriptor, status.size));
  } catch (error) {
    throw fileError(path, 'read', error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function writeParts(path: string, parts: readonly Uint8Array[]): void {
  const descriptor = openSync(path, 'w');
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length; ) {
        done += writeSync(descriptor, part, done, Math.min(part.length - done, MOST_BYTES_AT_ONCE));
      }
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes the parts one after another to a file that appears whole or not at all. */
export function writeWhole(path: string, parts: readonly Uint8Array[]): void {
  // Another machine may write the same file of a shared folder at the same time.
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    writeParts(aside, parts);
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw fileError(path, 'written', error);
  }
}
