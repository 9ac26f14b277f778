/** Options of commands that perform trials: number at once, time limit and memory limit. */
import { tunedWorkers } from '../app/machine/kernels.js';
import type { TrialLimits } from '../pool/limits.js';
import { defaultWorkers, MOST_WORKERS } from '../pool/workers.js';
import { parseInteger } from './options.js';
import { parseTrialMemory, parseTrialTime, parseWorkerCount } from './values.js';

export interface LimitTexts {
  readonly trialTime?: string;
  readonly trialMemory?: string;
}

/** Parses `--trial-time` and `--trial-memory`. */
export function parseLimits({ trialTime, trialMemory }: LimitTexts): TrialLimits {
  return { trialSeconds: ifGiven(trialTime, parseTrialTime), trialBytes: ifGiven(trialMemory, parseTrialMemory) };
}

/** The number of workers: the value of `--workers`, else the value in the tuning profile, else one per core. */
export function parseWorkers(text: string | undefined): number {
  return ifGiven(text, parseWorkerCount) ?? tunedWorkers();
}

/** The number of workers that the scheduler gives this task, else one per core. */
export function parseTaskWorkers(given: string | undefined): number {
  if (given !== undefined) return parseWorkerCount(given);
  const scheduled = process.env['SLURM_CPUS_PER_TASK'] ?? process.env['SLURM_CPUS_ON_NODE'];
  return scheduled === undefined ? defaultWorkers() : parseInteger('SLURM_CPUS_PER_TASK', scheduled, 1, MOST_WORKERS);
}

/** The value of an option; undefined when it is not given. */
export function ifGiven<T>(text: string | undefined, parse: (text: string) => T): T | undefined {
  return text === undefined ? undefined : parse(text);
}
