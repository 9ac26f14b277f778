/** A worker thread: performs the trials of one lease after the other. */
import { performance } from 'node:perf_hooks';
import { workerData } from 'piscina';
import { Cancelled } from '../core/errors.js';
import type { NativeKernels } from '../core/kernels/contract.js';
import { partitionedKernels } from '../core/kernels/partitioned.js';
import type { Experiment } from '../experiments/spec.js';
import { StopLevel, StudyControl, type LeaseWords } from './control.js';
import { overTime } from './limits.js';
import {
  LEASE_BYTES_LIMIT,
  LEASE_SECONDS_LIMIT,
  type Lease,
  type LeaseResult,
  type NumberedLease,
  type PerformedTrial,
  type WorkerSettings,
} from './protocol.js';
import { helpTeam, LeaderTeam } from './team.js';
import { performTrial, type TrialTask } from './trial.js';

export interface Laboratory {
  readonly findExperiment: (id: string) => Experiment;
  readonly loadNativeKernels: () => NativeKernels | Promise<NativeKernels>;
}

const { laboratory: laboratoryUrl, control: controlBuffer, team: teamMemory, trialSeconds = Infinity } = workerData as WorkerSettings;
const control = new StudyControl(controlBuffer);
const ready = openLaboratory(laboratoryUrl);
// Its failure is reported by the first lease; unhandled it would end the thread before.
ready.catch(() => undefined);

/** Performs a lease, or as much of it as time and the stop word allow. */
export default async function performLease(lease: NumberedLease): Promise<LeaseResult> {
  const { findExperiment, kernels: native } = await ready;
  const experiment = findExperiment(lease.experiment);
  const words = control.lease(lease.number);
  const team = lease.team === true && teamMemory !== undefined ? new LeaderTeam(teamMemory, native, words.cancel) : undefined;
  const kernels = partitionedKernels(native, { team, partitions: lease.partitions, cancel: words.cancel });
  const collected = new Collected(lease);
  const end = performance.now() + LEASE_SECONDS_LIMIT * 1000;
  while (collected.done < lease.count && control.level === StopLevel.none) {
    team?.beginTrial();
    const { settings, key } = lease;
    const performed = attempt({ experiment, settings, key, trial: lease.first + collected.done }, kernels, words);
    if (performed === 'stopped') break;
    if (performed === 'again') continue;
    collected.add(performed);
    if (performance.now() > end || collected.bytes > LEASE_BYTES_LIMIT || team?.broken === true) break;
  }
  return collected.result();
}

/** Helps whoever performs the lease with this number with all workers, until that lease is over. */
export async function help(number: number): Promise<void> {
  const { kernels } = await ready;
  if (teamMemory !== undefined) helpTeam(teamMemory, kernels, control.lease(number).cancel);
}

// A trial during which its word came may have been cut short wherever it polls: it is not kept.
function attempt(task: TrialTask, kernels: NativeKernels, words: LeaseWords): PerformedTrial | 'stopped' | 'again' {
  const [begin, standstill] = [performance.now(), control.standstill];
  const performed = watched(task, kernels, words);
  if (control.cancelled) return 'stopped';
  if (!words.isCut) return performed ?? 'stopped';
  const elapsed = (performance.now() - begin) / 1000;
  // Else the word was meant for the trial before, which ended in that very moment.
  if (elapsed < trialSeconds) return 'again';
  // It counted as long as allowed, even when the process stood still before it began.
  const seconds = Math.max(trialSeconds, elapsed - (control.standstill - standstill));
  return { status: 'censored', seconds, measures: '{}', curves: {}, error: overTime(seconds, trialSeconds) };
}

function watched(task: TrialTask, kernels: NativeKernels, words: LeaseWords): PerformedTrial | undefined {
  words.beginTrial();
  try {
    return control.cancelled ? undefined : performTrial(task, kernels, words.cancel);
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
  } finally {
    words.endTrial();
  }
}

async function openLaboratory(url: string): Promise<{ findExperiment: Laboratory['findExperiment']; kernels: NativeKernels }> {
  const laboratory = (await import(url)) as Laboratory;
  return { findExperiment: laboratory.findExperiment, kernels: await laboratory.loadNativeKernels() };
}

class Collected {
  done = 0;
  bytes = 0;
  readonly #first: number;
  readonly #seconds: Float64Array;
  readonly #measures: string[] = [];
  readonly #exceptions: LeaseResult['exceptions'][number][] = [];
  readonly #curves: LeaseResult['curves'][number][] = [];

  constructor(lease: Lease) {
    this.#first = lease.first;
    this.#seconds = new Float64Array(lease.count);
  }

  add({ status, seconds, measures, error, curves }: PerformedTrial): void {
    const trial = this.#first + this.done;
    this.#seconds[this.done] = seconds;
    this.#measures.push(measures);
    if (status !== 'ok') this.#exceptions.push({ trial, status, error });
    for (const [name, values] of Object.entries(curves)) {
      this.#curves.push({ trial, name, values });
      this.bytes += values.byteLength;
    }
    this.done += 1;
  }

  result(): LeaseResult {
    return {
      done: this.done,
      seconds: this.#seconds.slice(0, this.done),
      measures: this.#measures,
      exceptions: this.#exceptions,
      curves: this.#curves,
    };
  }
}
