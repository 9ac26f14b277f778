/** A worker thread: performs the trials of one lease after the other. */
import { performance } from 'node:perf_hooks';
import { workerData } from 'piscina';
import { Cancelled } from '../core/errors.js';
import type { NativeKernels } from '../core/kernels/contract.js';
import { partitionedKernels } from '../core/kernels/partitioned.js';
import type { Experiment } from '../experiments/spec.js';
import { StopLevel, StudyControl } from './control.js';
import {
  LEASE_BYTES_LIMIT,
  LEASE_SECONDS_LIMIT,
  type Lease,
  type LeaseResult,
  type PerformedTrial,
  type WorkerSettings,
} from './protocol.js';
import { helpTeam, LeaderTeam } from './team.js';
import { performTrial } from './trial.js';

export interface Laboratory {
  readonly findExperiment: (id: string) => Experiment;
  readonly loadNativeKernels: () => NativeKernels | Promise<NativeKernels>;
}

const { laboratory: laboratoryUrl, control: controlBuffer, team: teamMemory } = workerData as WorkerSettings;
const control = new StudyControl(controlBuffer);
const cancel = control.cancel;
const ready = openLaboratory(laboratoryUrl);
// Its failure is reported by the first lease; unhandled it would end the thread before.
ready.catch(() => undefined);

/** Performs a lease, or as much of it as time and the stop word allow. */
export default async function performLease(lease: Lease): Promise<LeaseResult> {
  const { findExperiment, kernels: native } = await ready;
  const experiment = findExperiment(lease.experiment);
  const team = lease.team === true && teamMemory !== undefined ? new LeaderTeam(teamMemory, native, cancel) : undefined;
  const kernels = partitionedKernels(native, { team, partitions: lease.partitions, cancel });
  const collected = new Collected(lease);
  const end = performance.now() + LEASE_SECONDS_LIMIT * 1000;
  while (collected.done < lease.count && control.level === StopLevel.none) {
    team?.beginTrial();
    const performed = attempt(experiment, lease, lease.first + collected.done, kernels);
    if (performed === undefined) break;
    collected.add(performed);
    if (performance.now() > end || collected.bytes > LEASE_BYTES_LIMIT || team?.broken === true) break;
  }
  return collected.result();
}

/** Helps whoever performs a lease with all workers, until that lease is over. */
export async function help(): Promise<void> {
  const { kernels } = await ready;
  if (teamMemory !== undefined) helpTeam(teamMemory, kernels, cancel);
}

// A trial during which the stop word came may have been cut short wherever it polls: it is not kept.
function attempt(experiment: Experiment, lease: Lease, trial: number, kernels: NativeKernels): PerformedTrial | undefined {
  try {
    const performed = performTrial({ experiment, settings: lease.settings, key: lease.key, trial }, kernels, cancel);
    return control.cancelled ? undefined : performed;
  } catch (error) {
    if (error instanceof Cancelled) return undefined;
    throw error;
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
