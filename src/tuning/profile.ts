/**
 * What was measured on a machine and holds for it, in the user's cache folder. A profile changes speed and never bits: the
 * choices that would change bits (length of a run of samples, number of partitions, vector target, BLAS) are not in it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { nativeAddonFile } from '../core/kernels/native.js';
import { writeWhole } from '../io/files.js';

const PROFILE = z.strictObject({
  version: z.literal(1),
  /** a profile is for one processor, number of cores and build of the addon */
  machine: z.strictObject({ cpu: z.string(), cores: z.int().min(1), addon: z.string() }),
  measured: z.iso.datetime(),
  blocking: z.strictObject({ groupUnits: z.int().min(1).max(65536), tileRows: z.int().min(1).max(6) }),
  workers: z.int().min(1).max(256),
});

export type Profile = z.infer<typeof PROFILE>;
export type Machine = Profile['machine'];

/** `stale`: of another processor or build; `damaged`: not a profile. Neither is used. */
export type FoundProfile =
  | { readonly state: 'none' | 'damaged' }
  | { readonly state: 'stale' | 'valid'; readonly profile: Profile };

/** `$XDG_CACHE_HOME/basin/tuning.json`, by default in `~/.cache`. A relative `XDG_CACHE_HOME` is ignored, as its specification says. */
export function profilePath(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const cache = environment['XDG_CACHE_HOME'] ?? '';
  return join(cache.startsWith('/') ? cache : join(homedir(), '.cache'), 'basin', 'tuning.json');
}

export function thisMachine(): Machine {
  const processors = cpus();
  const addon = createHash('sha256').update(readFileSync(nativeAddonFile())).digest('hex').slice(0, 16);
  return { cpu: processors[0]?.model ?? 'unknown', cores: Math.max(1, processors.length), addon };
}

export function readProfile(path: string, machineOf: () => Machine = thisMachine): FoundProfile {
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { state: 'none' };
  }
  const parsed = PROFILE.safeParse(jsonOf(text));
  if (!parsed.success) return { state: 'damaged' };
  const { cpu, cores, addon } = parsed.data.machine;
  const machine = machineOf();
  const valid = cpu === machine.cpu && cores === machine.cores && addon === machine.addon;
  return { state: valid ? 'valid' : 'stale', profile: parsed.data };
}

/** Throws `InputError` when the cache folder cannot be written. */
export function writeProfile(path: string, profile: Profile): void {
  mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, [Buffer.from(`${JSON.stringify(profile, null, 2)}\n`)]);
}

export function removeProfile(path: string): void {
  rmSync(path, { force: true });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
