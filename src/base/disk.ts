/**
 * The calls of the file system that basin uses. All reading and writing of the program goes through this file, so that
 * tests can make each call fail.
 */
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';

export interface Disk {
  /** `flags` as of node:fs, `mode` of a file that is made. */
  readonly open: (path: string, flags: string | number, mode?: number) => number;
  /** The number of bytes that were read from `position` on: fewer than asked near the end, 0 at the end. */
  readonly read: (descriptor: number, target: Uint8Array, from: number, length: number, position: number) => number;
  readonly readFile: (path: string) => Buffer;
  /** The names in a folder. */
  readonly list: (folder: string) => string[];
  readonly copy: (from: string, to: string) => void;
  /** The number of bytes that were written: fewer than asked on a disk that is nearly full. */
  readonly write: (descriptor: number, bytes: Uint8Array, from: number, length: number) => number;
  /** Returns when the written bytes are on the disk. */
  readonly sync: (descriptor: number) => void;
  readonly close: (descriptor: number) => void;
  readonly rename: (from: string, to: string) => void;
  /** Removes a file; one that is not there is no error. */
  readonly remove: (path: string) => void;
  /** Removes a folder with everything in it, or a file. */
  readonly removeTree: (path: string) => void;
  readonly makeFolder: (path: string, mode?: number) => void;
  /** Removes an empty folder. */
  readonly removeFolder: (path: string) => void;
}

const SYSTEM: Disk = {
  open: (path, flags, mode) => openSync(path, flags, mode),
  read: (descriptor, target, from, length, position) => readSync(descriptor, target, from, length, position),
  readFile: (path) => readFileSync(path),
  list: (folder) => readdirSync(folder),
  copy: (from, to) => {
    copyFileSync(from, to);
  },
  write: (descriptor, bytes, from, length) => writeSync(descriptor, bytes, from, length),
  sync: fsyncSync,
  close: closeSync,
  rename: renameSync,
  remove: (path) => {
    rmSync(path, { force: true });
  },
  removeTree: (path) => {
    rmSync(path, { force: true, recursive: true });
  },
  makeFolder: (path, mode) => {
    mkdirSync(path, mode);
  },
  removeFolder: rmdirSync,
};

let current = SYSTEM;

export function disk(): Disk {
  return current;
}

type Changes = Partial<Disk> | ((system: Disk) => Partial<Disk>);

/** For tests: the calls of `changes` in place of the system's while `use` runs. */
export function withDisk<T>(changes: Changes, use: () => T): T {
  const restore = replaceDisk(changes);
  try {
    return use();
  } finally {
    restore();
  }
}

/** The same until the returned function is called. */
export function replaceDisk(changes: Changes): () => void {
  const before = current;
  current = { ...before, ...(typeof changes === 'function' ? changes(before) : changes) };
  return () => {
    current = before;
  };
}
