/** What coordinator and workers say to each other. */
import type { OwnCode, StudyFile } from '../experiments/spec.js';
import type { Settings } from '../settings/types.js';
import type { TeamMemory } from './team.js';

/** Consecutive trials of one cell for one worker. */
export interface Lease {
  readonly experiment: string;
  /** what a trial's context gets: the cell's settings and every setting with one value */
  readonly settings: Settings;
  /** the cell's Philox key */
  readonly key: readonly [number, number];
  readonly first: number;
  readonly count: number;
  /** into how many partitions every training set is cut, instead of what its size says */
  readonly partitions?: number | undefined;
  /** whether a user's own code performs it: it may never end and hear no word */
  readonly own?: boolean;
  /** whether all workers perform this lease together */
  readonly team?: boolean;
}

/** A lease on its way to a worker, with the number of its words in the control. */
export interface NumberedLease extends Lease {
  readonly number: number;
}

/** `censored`: cut at its limit. */
export type PerformedStatus = 'ok' | 'diverged' | 'failed' | 'censored';

/** One trial as it was performed. */
export interface PerformedTrial {
  readonly status: PerformedStatus;
  readonly seconds: number;
  /** by `encodeMeasures` */
  readonly measures: string;
  readonly error: string | null;
  readonly curves: Readonly<Record<string, Float64Array>>;
}

/** Only trials that are not plain successes are named: a lease may carry thousands. */
export interface LeaseResult {
  /**
   * trials first … first + done − 1 were performed; fewer than asked when the worker was told to stop or the time was
   * up
   */
  readonly done: number;
  readonly seconds: Float64Array;
  readonly measures: readonly string[];
  readonly exceptions: readonly {
    readonly trial: number;
    readonly status: PerformedStatus;
    readonly error: string | null;
  }[];
  readonly curves: readonly { readonly trial: number; readonly name: string; readonly values: Float64Array }[];
}

/** What trials of a user's own need beside their settings, once for each worker. */
export interface OwnPartsOf {
  readonly experiment: string;
  readonly code?: OwnCode | undefined;
  readonly files?: readonly StudyFile[] | undefined;
}

/** What every worker gets at its start. */
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

/** A worker hands back what it has when a lease has taken this long, so that a wrong prediction costs little. */
export const LEASE_SECONDS_LIMIT = 2;
/** … or holds this many bytes of curves. */
export const LEASE_BYTES_LIMIT = 2 ** 24;
