/** The record of a night in the history: one line of JSON; numbers that JSON cannot express are words. */
import { z } from 'zod';
import { SCALES } from '../settings/scale.js';

const count = z.int().min(0);
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]);

const EXPERIMENT = z.object({
  id: z.string(),
  planned: count,
  /** stored trials of the plan in this round, from all nights */
  done: count,
  /** spent in these trials, summed over workers */
  seconds: number,
  /** of these trials, by the cost model */
  operations: number,
  /** why the experiment could not go on */
  failure: z.string().nullable(),
});

const CLAIM = z.object({
  experiment: z.string(),
  id: z.string(),
  verdict: z.enum(['holds', 'fails', 'undecided', 'not-applicable']),
  /** why there is no verdict */
  reason: z.string().optional(),
  value: number,
  low: number,
  high: number,
});

const NIGHT = z.object({
  /** when it began */
  date: z.iso.datetime(),
  round: z.int().min(1),
  scale: z.enum(SCALES),
  seed: count,
  basin: z.string(),
  commit: z.string(),
  /** equal builds give equal bits */
  build: z.string(),
  /** wall-clock time */
  seconds: number,
  /** `done`: nothing was left to try */
  ending: z.enum(['done', 'budget', 'signal']),
  /** no later night continues the round */
  over: z.boolean(),
  experiments: z.array(EXPERIMENT),
  /** of complete experiments */
  claims: z.array(CLAIM),
});

export type ExperimentRecord = Readonly<z.infer<typeof EXPERIMENT>>;
export type ClaimRecord = Readonly<z.infer<typeof CLAIM>>;
export type NightRecord = Readonly<z.infer<typeof NIGHT>>;

export function encodeNight(night: NightRecord): string {
  return JSON.stringify(night, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/** Throws when `encodeNight` cannot have written the line. */
export function decodeNight(line: string): NightRecord {
  return NIGHT.parse(JSON.parse(line));
}
