/** Names of what is written aside before it gets its own name, and how those of killed processes go away. */
import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { disk } from './disk.js';

/** How all such names begin. */
export const ASIDE_PREFIX = '.basin-';

/** `.basin-MACHINE-PID-RANDOM`, with what others append to it, such as `-wal`. */
const NAME = /^\.basin-(?<machine>[0-9a-f]{8})-(?<pid>\d+)-[0-9a-f]{24}/;

/** What is of another machine is left behind when nobody has touched it for a day. */
const ABANDONED_MILLISECONDS = 24 * 3600 * 1000;

/**
 * A path in the folder of `path` that nobody can guess. It says who made it, so that others know when it is of no more
 * use.
 */
export function asidePath(path: string): string {
  return join(dirname(path), `${ASIDE_PREFIX}${thisMachine()}-${process.pid}-${randomBytes(12).toString('hex')}`);
}

/** Removes what was left aside. What cannot be removed is swept by the next run, and is no failure of this one. */
export function removeAside(path: string): void {
  try {
    disk().removeTree(path);
  } catch {
    // What the caller has to say matters more.
  }
}

/** Removes what killed processes left aside in a folder; what cannot be removed stays, and is no reason to stop. */
export function sweepAside(folder: string): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    try {
      if (isAbandoned(name, path)) disk().removeTree(path);
    } catch {
      // Another process may sweep too.
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

/** Numbers of processes mean something within one machine and, on Linux, within one name space of it. */
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
