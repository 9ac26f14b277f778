/** Reads files in parts; every failure is one line with the file's name. */
import { fstatSync } from 'node:fs';
import { closing } from '../base/closing.js';
import { disk } from '../base/disk.js';
import { fileError } from '../base/fileError.js';
import { InputError } from '../base/errors.js';

/** Node reads at most 2³¹ − 1 bytes at once. */
const MOST_BYTES_AT_ONCE = 2 ** 30;

/** Bytes that can be read at a position: a file, or a part of memory. */
export interface Source {
  /** its name in messages */
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
      for (let done = 0; done < target.length;) {
        const count = disk().read(
          descriptor,
          target,
          done,
          Math.min(target.length - done, MOST_BYTES_AT_ONCE),
          position + done,
        );
        if (count === 0) throw new InputError(`${path}: ends too early`);
        done += count;
      }
    },
  };
}

/** Opens a regular file for the duration of `use`. */
export function withFile<T>(path: string, use: (source: Source) => T): T {
  try {
    const descriptor = disk().open(path, 'r');
    return closing(path, 'read', descriptor, () => {
      const status = fstatSync(descriptor);
      if (!status.isFile())
        throw new InputError(
          `${path}: must be a regular file, got a ${status.isDirectory() ? 'folder' : 'device or pipe'}`,
        );
      return use(fileSource(path, descriptor, status.size));
    });
  } catch (error) {
    throw fileError(path, 'read', error);
  }
}
