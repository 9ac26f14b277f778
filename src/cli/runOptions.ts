/** Options of commands that perform trials: number at once, time limit and memory limit. */
import { MOST_TRIALS } from '../app/asked.js';
import { tunedWorkers } from '../app/machine/kernels.js';
import type { TrialLimits } from '../pool/limits.js';
import { defaultWorkers, MOST_WORKERS } from '../pool/pool.js';
import { parseBytes, parseDuration, parseInteger } from './options.js';

export interface LimitTexts {
  readonly trialTime?: string;
  readonly trialMemory?: string;
}

/** Parses `--trial-time` and `--trial-memory`. */
export function parseLimits({ trialTime, trialMemory }: LimitTexts): TrialLimits {
  return {
    trialSeconds: trialTime === undefined ? undefined : parseDuration('--trial-time', trialTime),
    trialBytes: trialMemory === undefined ? undefined : parseBytes('--trial-memory', trialMemory),
  };
}

/** The number of workers: the value of `--workers`, else the value in the tuning profile, else one per core. */
export function parseWorkers(text: string | undefined): number {
  return text === undefined ? tunedWorkers() : parseInteger('--workers', text, 1, MOST_WORKERS);
}

/** The number of workers that the scheduler gives this task, else one per core. */
export function parseTaskWorkers(given: string | undefined): number {
  if (given !== undefined) return parseInteger('--workers', given, 1, MOST_WORKERS);
  const scheduled = process.env['SLURM_CPUS_PER_TASK'] ?? process.env['SLURM_CPUS_ON_NODE'];
  return scheduled === undefined ? defaultWorkers() : parseInteger('SLURM_CPUS_PER_TASK', scheduled, 1, MOST_WORKERS);
}

/** Parses `0` (no pilot) or a duration. */
export function parsePilot(text: string): number {
  return text === '0' ? 0 : parseDuration('--pilot', text);
}

/** Parses `--seed`; undefined when it is not given. */
export function parseSeed(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInteger('--seed', text, 0, Number.MAX_SAFE_INTEGER);
}

/** Parses `--trials`, the number for every cell; undefined when it is not given. */
export function parseTrials(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInteger('--trials', text, 1, MOST_TRIALS);
}
