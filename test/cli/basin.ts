/** Running the built program as a user does. */
import { spawn, spawnSync, type ChildProcess, type SpawnSyncOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const BIN = fileURLToPath(new URL('../../bin/basin.js', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `basin …args` to its end. */
export function basin(...args: string[]): Run {
  return basinAs({}, ...args);
}

export type RunOptions = Pick<SpawnSyncOptions, 'env' | 'uid' | 'gid'>;

/** `basin …args` by another user or in another environment. */
export function basinAs(options: RunOptions, ...args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    ...options,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return { code: status, stdout, stderr };
}

/** `basin …args` that may write no file of more than so many blocks of 512 bytes: what it does when a disk is full. */
export function basinWithin(blocks: number, ...args: string[]): Run {
  const script = 'ulimit -f "$0" && trap "" XFSZ && exec "$@"';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, String(blocks), process.execPath, BIN, ...args], {
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** The JSON document of a `--json` run that must end with exit code 0 or 1. */
export function basinJson(...args: string[]): unknown {
  const { code, stdout, stderr } = basin(...args, '--json');
  if (code !== 0 && code !== 1) throw new Error(`basin ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** `basin …args`, left running. */
export function startBasin(...args: string[]): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { stdio: 'pipe' });
}

/** A scratch folder that goes when the test file ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** One line on stderr that begins with `basin: `, and exit code 2. */
export function isRefusal({ code, stdout, stderr }: Run): boolean {
  return code === 2 && stdout === '' && /^basin: [^\n]+\n$/.test(stderr);
}

/** Options of a command line: `{ x: 'X.npy', set: ['a=1', 'b=2'] }` is `--x X.npy --set a=1 --set b=2`. */
export function flags(options: Readonly<Record<string, string | readonly string[]>>): string[] {
  return Object.entries(options).flatMap(([name, values]) => [values].flat().flatMap((value) => [`--${name}`, value]));
}
