/** Performs the trials of leases, one lease after the other. Every worker thread has one performer. */
import { Cancelled } from '../base/errors.js';
import { withPrecision } from '../core/descent/precisions.js';
import type { NativeKernels } from '../core/kernels/contract.js';
import { partitionedKernels } from '../core/kernels/partitioned.js';
import type { Experiment } from '../experiments/spec.js';
import type { Clock } from './clock.js';
import { Collected } from './collected.js';
import { StopLevel, type LeaseWords, type StudyControl } from './control.js';
import { overTime } from './limits.js';
import {
  LEASE_BYTES_LIMIT,
  LEASE_SECONDS_LIMIT,
  type LeaseResult,
  type NumberedLease,
  type PerformedTrial,
} from './protocol.js';
import { helpTeam, LeaderTeam, type TeamMemory } from './team.js';
import { performTrial, type TrialTask } from './trial.js';

export interface PerformerOptions {
  readonly findExperiment: (id: string) => Experiment;
  readonly kernels: NativeKernels;
  readonly clock: Pick<Clock, 'now'>;
  readonly control: StudyControl;
  /** where a study has trials that all workers perform together */
  readonly team?: TeamMemory | undefined;
  /** how long a trial may take */
  readonly trialSeconds?: number | undefined;
}

export class Performer {
  readonly #options: PerformerOptions;

  constructor(options: PerformerOptions) {
    this.#options = options;
  }

  /** Performs a lease, or as much of it as time and the stop word allow. */
  perform(lease: NumberedLease): LeaseResult {
    const { control, clock, findExperiment, kernels: native } = this.#options;
    const experiment = findExperiment(lease.experiment);
    const words = control.lease(lease.number);
    const team = this.#teamOf(lease, words);
    const partitioned = partitionedKernels(native, { team, partitions: lease.partitions, cancel: words.cancel });
    const kernels = withPrecision(partitioned, lease.precision ?? 'float64');
    const collected = new Collected(lease);
    const end = clock.now() + LEASE_SECONDS_LIMIT;
    while (collected.done < lease.count && control.level === StopLevel.none) {
      team?.beginTrial();
      const { settings, key } = lease;
      const performed = this.#attempt(
        { experiment, settings, key, trial: lease.first + collected.done },
        kernels,
        words,
      );
      if (performed === 'stopped') break;
      if (performed === 'again') continue;
      collected.add(performed);
      if (clock.now() > end || collected.bytes > LEASE_BYTES_LIMIT || team?.broken === true) break;
    }
    return collected.result();
  }

  /** Helps the worker that leads the lease with this number, until that lease is over. */
  help(number: number): void {
    const { team, kernels, control } = this.#options;
    if (team !== undefined) helpTeam(team, kernels, control.lease(number).cancel);
  }

  #teamOf(lease: NumberedLease, { cancel }: LeaseWords): LeaderTeam | undefined {
    const { team, kernels } = this.#options;
    return lease.team === true && team !== undefined ? new LeaderTeam(team, kernels, cancel) : undefined;
  }

  // The word came during this trial, which may have been cut short at any poll: it is not kept.
  #attempt(task: TrialTask, kernels: NativeKernels, words: LeaseWords): PerformedTrial | 'stopped' | 'again' {
    const { control, clock, trialSeconds = Infinity } = this.#options;
    const [begin, standstill] = [clock.now(), control.standstill];
    const performed = this.#watched(task, kernels, words);
    if (control.cancelled) return 'stopped';
    if (!words.isCut) return performed ?? 'stopped';
    const elapsed = clock.now() - begin;
    // Otherwise the word was meant for the previous trial, which ended at that moment.
    if (elapsed < trialSeconds) return 'again';
    // A suspension before this trial must not shorten its time: at least `trialSeconds` is stored.
    const seconds = Math.max(trialSeconds, elapsed - (control.standstill - standstill));
    return { status: 'censored', seconds, measures: {}, curves: {}, error: overTime(seconds, trialSeconds) };
  }

  #watched(task: TrialTask, kernels: NativeKernels, words: LeaseWords): PerformedTrial | undefined {
    const { control, clock } = this.#options;
    words.beginTrial();
    try {
      return control.cancelled ? undefined : performTrial(task, kernels, words.cancel, clock);
    } catch (error) {
      if (error instanceof Cancelled) return undefined;
      throw error;
    } finally {
      words.endTrial();
    }
  }
}
