/**
 * The target of an output path: a file that is created or replaced as a whole, or a pipe or device that is written
 * directly.
 */
import { fstatSync, lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from './errors.js';
import { fileError } from './fileError.js';

/** The path that means standard output; a file of that name is `./-`. */
export const STANDARD_OUTPUT = '-';

export type Target =
  /** `path`: with all links resolved; `mode`: that of an existing file */
  | { readonly kind: 'file'; readonly path: string; readonly mode?: number }
  /** a pipe or a character device */
  | { readonly kind: 'stream'; readonly path: string }
  /** open already: `-`, /dev/stdout, /dev/fd/3 */
  | { readonly kind: 'descriptor'; readonly descriptor: number };

export const STANDARD_OUTPUT_DESCRIPTOR = 1;

const MOST_LINKS = 40;
const OWN_DESCRIPTORS = new RegExp(`^(?:/proc/${process.pid}(?:/task/\\d+)?/fd|/dev/fd)/(?<descriptor>\\d+)$`);

/** Throws `InputError` for a folder, a socket, a block device, and where a part of the path is missing. */
export function targetOf(path: string): Target {
  if (path === STANDARD_OUTPUT) return { kind: 'descriptor', descriptor: STANDARD_OUTPUT_DESCRIPTOR };
  try {
    return follow(path);
  } catch (error) {
    throw fileError(path, 'written', error);
  }
}

/** True for `-`, /dev/stdout and links to it. */
export function isStandardOutput(path: string): boolean {
  const target = targetOf(path);
  return target.kind === 'descriptor' && target.descriptor === STANDARD_OUTPUT_DESCRIPTOR;
}

export function standardOutputIsFile(): boolean {
  try {
    return fstatSync(STANDARD_OUTPUT_DESCRIPTOR).isFile();
  } catch {
    return false;
  }
}

// Links are resolved one by one: the last link of /dev/stdout leads to no path, but to an open file of the process.
function follow(path: string): Target {
  let place = path;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const folder = realpathSync.native(dirname(place));
    place = join(folder, basename(place));
    const descriptor = OWN_DESCRIPTORS.exec(place)?.groups?.['descriptor'];
    if (descriptor !== undefined) return { kind: 'descriptor', descriptor: Number(descriptor) };
    const state = lstatSync(place, { throwIfNoEntry: false });
    if (state?.isSymbolicLink() !== true) return plainTarget(path, place, state);
    place = resolve(folder, readlinkSync(place));
  }
  throw new InputError(`${path}: cannot be written: its links lead in a circle`);
}

function plainTarget(path: string, place: string, state: Stats | undefined): Target {
  if (state === undefined) return { kind: 'file', path: place };
  if (state.isFile()) return { kind: 'file', path: place, mode: state.mode & 0o7777 };
  if (state.isFIFO() || state.isCharacterDevice()) return { kind: 'stream', path: place };
  const what = state.isDirectory() ? 'folder' : state.isSocket() ? 'socket' : 'block device';
  throw new InputError(`${path}: cannot be written: it is a ${what}`);
}
