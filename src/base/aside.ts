/**
 * Names of temporary files, which get their own name when they are complete, and the removal of those of killed
 * processes.
 */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { disk } from './disk.js';

/** The prefix of all such names. */
export const ASIDE_PREFIX = '.basin-';

/** `.basin-MACHINE-PID-RANDOM`, with suffixes of others, such as SQLite's `-wal`. */
const NAME = /^\.basin-(?<machine>[0-9a-f]{8})-(?<pid>\d+)-[0-9a-f]{24}/;

/** A temporary file of another machine counts as left behind when it has not changed for a day. */
const ABANDONED_MILLISECONDS = 24 * 3600 * 1000;

/**
 * A path in the folder of `path` that nobody can guess. It contains machine and process, so that others know when it is
 * no longer in use.
 */
export function asidePath(path: string): string {
  return join(dirname(path), `${ASIDE_PREFIX}${thisMachine()}-${process.pid}-${randomBytes(12).toString('hex')}`);
}

/** Removes a temporary file. If that fails it is no error; the next run removes the file. */
export function removeAside(path: string): void {
  try {
    disk().removeTree(path);
  } catch {
    // The caller's own error matters more.
  }
}

/** Removes temporary files of killed processes in a folder. A file that cannot be removed stays; that is no error. */
export function sweepAside(folder: string): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    try {
      if (isAbandoned(name, path)) disk().removeTree(path);
    } catch {
      // Another process may remove them at the same time.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return disk().list(folder);
  } catch {
    return [];
  }
}

function isAbandoned(name: string, path: string): boolean {
  const maker = NAME.exec(name)?.groups;
  if (maker === undefined) return false;
  if (maker['machine'] === thisMachine()) return !isRunning(Number(maker['pid']));
  return Date.now() - lstatSync(path).mtimeMs > ABANDONED_MILLISECONDS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}

/** Process ids are unique within one machine and, on Linux, within one namespace. */
function thisMachine(): string {
  machine ??= createHash('sha256').update(`${hostname()} ${nameSpace()}`).digest('hex').slice(0, 8);
  return machine;
}

let machine: string | undefined;

function nameSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
