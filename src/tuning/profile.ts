/**
 * The profile of a machine: its measured choices, in the user's cache folder. A profile changes speed and never bits:
 * the choices that would change bits (length of a run of samples, number of partitions, vector target, BLAS) are not in
 * it.
 */
import { createHash } from 'node:crypto';
import { availableParallelism, cpus, homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { ensureWritableDirectory } from '../base/directory.js';
import { disk } from '../base/disk.js';
import { fileError } from '../base/fileError.js';
import { readBytes } from '../base/read.js';
import { writeWhole } from '../base/whole.js';
import { nativeAddonFile } from '../core/kernels/native.js';

const PROFILE = z.strictObject({
  version: z.literal(1),
  /** a profile is valid for one processor, one number of cores that the process may use, and one build of the addon */
  machine: z.strictObject({ cpu: z.string(), cores: z.int().min(1), addon: z.string() }),
  measured: z.iso.datetime(),
  blocking: z.strictObject({ groupUnits: z.int().min(1).max(65536), tileRows: z.int().min(1).max(6) }),
  workers: z.int().min(1).max(256),
});

export type Profile = z.infer<typeof PROFILE>;
export type Machine = Profile['machine'];

/** `stale`: of another processor, number of cores or build; `damaged`: not a profile. Neither is used. */
export type FoundProfile =
  { readonly state: 'none' | 'damaged' } | { readonly state: 'stale' | 'valid'; readonly profile: Profile };

/**
 * `$XDG_CACHE_HOME/basin/tuning.json`, by default in `~/.cache`; undefined for a user without a home. Relative folders
 * are ignored, as the XDG specification requires.
 */
export function profilePath(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  homeOf: () => string = homedir,
): string | undefined {
  const cache = [environment['XDG_CACHE_HOME'] ?? '', join(homeOrNone(homeOf), '.cache')].find(isAbsolute);
  return cache === undefined ? undefined : join(cache, 'basin', 'tuning.json');
}

// A container may run as a user whom the system does not know: Node throws then.
function homeOrNone(homeOf: () => string): string {
  try {
    return homeOf();
  } catch {
    return '';
  }
}

export function thisMachine(): Machine {
  const addon = createHash('sha256').update(readBytes(nativeAddonFile())).digest('hex').slice(0, 16);
  return { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), addon };
}

export function readProfile(path: string, machineOf: () => Machine = thisMachine): FoundProfile {
  const text = textOf(path);
  if (text === undefined) return { state: 'none' };
  const parsed = PROFILE.safeParse(jsonOf(text));
  if (!parsed.success) return { state: 'damaged' };
  const { cpu, cores, addon } = parsed.data.machine;
  const machine = machineOf();
  const valid = cpu === machine.cpu && cores === machine.cores && addon === machine.addon;
  return { state: valid ? 'valid' : 'stale', profile: parsed.data };
}

/** Makes the cache folder. Throws `InputError` when it cannot be written. */
export function requireWritable(path: string): void {
  ensureWritableDirectory(dirname(path));
}

/** Throws `InputError` when the cache folder cannot be written. */
export function writeProfile(path: string, profile: Profile): void {
  requireWritable(path);
  writeWhole(path, `${JSON.stringify(profile, null, 2)}\n`);
}

export function removeProfile(path: string): void {
  try {
    disk().remove(path);
  } catch (error) {
    throw fileError(path, 'removed', error);
  }
}

/** Undefined where there is no file; no text where a file cannot be read. */
function textOf(path: string): string | undefined {
  try {
    return disk().readFile(path).toString('utf8');
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : '';
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
