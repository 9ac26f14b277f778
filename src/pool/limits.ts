/**
 * What one trial may take. A limit never changes a result: a trial over it is censored, and runs again under a higher
 * one.
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

/** Beside the inputs, where an experiment does not say what its trials hold. */
const EXTRA_SHARE = 0.2;
const EXTRA_BYTES = 2 ** 25;

/** Bytes that a trial holds at its peak, about; 0 where nothing is known of its size. */
export function predictedBytes({ bytes }: Pick<Experiment, 'bytes'>, settings: Settings): number {
  if (bytes !== undefined) return bytes(settings);
  const { n, d } = settings;
  if (typeof n !== 'number' || typeof d !== 'number') return 0;
  return (1 + EXTRA_SHARE) * n * d * Float64Array.BYTES_PER_ELEMENT + EXTRA_BYTES;
}

/** Why a trial is censored that was cut after so many seconds. */
export function overTime(seconds: number, allowed: number): string {
  return `cut after ${formatNumber(seconds, 3)} s: --trial-time allows ${formatNumber(allowed)} s`;
}

/** Why a trial is censored that was not begun. */
export function overMemory(bytes: number, allowed: number): string {
  return `not begun: it would hold about ${megabytes(bytes)} MB, --trial-memory allows ${megabytes(allowed)} MB`;
}

function megabytes(bytes: number): string {
  return formatNumber(bytes / 1e6, 3);
}
