/**
 * Limits of time and memory of one trial. A limit never changes a result: a trial over it is censored, and runs again
 * under a higher limit.
 */
import type { Experiment } from '../experiments/spec.js';
import type { Settings } from '../settings/types.js';
import { formatNumber } from '../base/amounts.js';

export interface TrialLimits {
  /** a trial that takes longer is cut */
  readonly trialSeconds?: number | undefined;
  /** a trial that is predicted to hold more is not begun */
  readonly trialBytes?: number | undefined;
}

/** Bytes beside the inputs, where an experiment does not state the memory of its trials. */
const EXTRA_SHARE = 0.2;
const EXTRA_BYTES = 2 ** 25;

/** Approximate peak memory of a trial, bytes; 0 where its size is unknown. */
export function predictedBytes({ bytes }: Pick<Experiment, 'bytes'>, settings: Settings): number {
  if (bytes !== undefined) return bytes(settings);
  const { n, d } = settings;
  if (typeof n !== 'number' || typeof d !== 'number') return 0;
  return (1 + EXTRA_SHARE) * n * d * Float64Array.BYTES_PER_ELEMENT + EXTRA_BYTES;
}

/** The reason why a trial is censored that was stopped after a number of seconds. */
export function overTime(seconds: number, allowed: number): string {
  return `cut after ${formatNumber(seconds, 3)} s: --trial-time allows ${formatNumber(allowed)} s`;
}

/** The reason why a trial is censored that was not begun. */
export function overMemory(bytes: number, allowed: number): string {
  return `not begun: it would hold about ${megabytes(bytes)} MB, --trial-memory allows ${megabytes(allowed)} MB`;
}

function megabytes(bytes: number): string {
  return formatNumber(bytes / 1e6, 3);
}
