/** The messages between the coordinator and its workers. */
import type { Precision } from '../core/descent/precisions.js';
import type { OwnCode, StudyFile } from '../experiments/spec.js';
import type { Settings } from '../settings/types.js';
import type { Measures } from '../store/measures.js';
import type { TeamMemory } from './team.js';

/** Consecutive trials of one cell for one worker. */
export interface Lease {
  readonly experiment: string;
  /** the settings in a trial's context: those of the cell and every setting with one value */
  readonly settings: Settings;
  /** the cell's Philox key */
  readonly key: readonly [number, number];
  readonly first: number;
  readonly count: number;
  /** the number of partitions of every training set, in place of the one that follows from its size */
  readonly partitions?: number | undefined;
  /** of its descents; default: float64 */
  readonly precision?: Precision;
  /** true when a user's own code performs it, which may run for ever without polling its word */
  readonly own?: boolean;
  /** true when all workers perform this lease together */
  readonly team?: boolean;
}

/** A lease on its way to a worker, with the number of its words in the control. */
export interface NumberedLease extends Lease {
  readonly number: number;
}

/** `censored`: stopped at its limit. */
export type PerformedStatus = 'ok' | 'diverged' | 'failed' | 'censored';

/** One trial as it was performed. */
export interface PerformedTrial {
  readonly status: PerformedStatus;
  readonly seconds: number;
  readonly measures: Measures;
  readonly error: string | null;
  readonly curves: Readonly<Record<string, Float64Array>>;
}

/** Lists only trials that are not plain successes, as a lease may have thousands. */
export interface LeaseResult {
  /**
   * trials first … first + done − 1 were performed; fewer than requested when the worker was stopped or the time was up
   */
  readonly done: number;
  readonly seconds: Float64Array;
  readonly measures: readonly Measures[];
  readonly exceptions: readonly {
    readonly trial: number;
    readonly status: PerformedStatus;
    readonly error: string | null;
  }[];
  readonly curves: readonly { readonly trial: number; readonly name: string; readonly values: Float64Array }[];
}

/** Data that trials of a user's own code need beside their settings, sent once to each worker. */
export interface OwnPartsOf {
  readonly experiment: string;
  readonly code?: OwnCode | undefined;
  readonly files?: readonly StudyFile[] | undefined;
}

/** The data that every worker gets at its start. */
export interface WorkerSettings {
  /** URL of a module with the exports of laboratory.ts */
  readonly laboratory: string;
  readonly control: SharedArrayBuffer;
  /** by the id that leases have */
  readonly own?: readonly OwnPartsOf[] | undefined;
  /** where a study has trials that all workers perform together */
  readonly team?: TeamMemory | undefined;
  /** how long a trial may take */
  readonly trialSeconds?: number | undefined;
}

/** A worker returns its results so far when a lease has taken this long, so that a wrong prediction costs little. */
export const LEASE_SECONDS_LIMIT = 2;
/** A worker also returns its results when they hold this many bytes of curves. */
export const LEASE_BYTES_LIMIT = 2 ** 24;
