/** A worker thread, which performs the trials of leases, one lease after the other. */
import { workerData } from 'piscina';
import type { NativeKernels } from '../core/kernels/contract.js';
import { systemClock, type Clock } from './clock.js';
import { StudyControl } from './control.js';
import { findAmong, type Experiments } from './known.js';
import { Performer } from './performer.js';
import type { LeaseResult, NumberedLease, WorkerSettings } from './protocol.js';

export interface Laboratory extends Experiments {
  readonly loadNativeKernels: () => NativeKernels | Promise<NativeKernels>;
  /** default: the system's */
  readonly clock?: Pick<Clock, 'now'>;
}

const ready = openPerformer(workerData as WorkerSettings);
// The first lease reports the failure; the catch avoids an unhandled rejection before that.
ready.catch(() => undefined);

/** Performs a lease, or as much of it as time and the stop word allow. */
export default async function performLease(lease: NumberedLease): Promise<LeaseResult> {
  return (await ready).perform(lease);
}

/** Helps the worker that leads the lease with this number, until that lease is over. */
export async function help(number: number): Promise<void> {
  (await ready).help(number);
}

async function openPerformer({ laboratory: url, control, own = [], ...settings }: WorkerSettings): Promise<Performer> {
  const laboratory = (await import(url)) as Laboratory;
  const { loadNativeKernels, clock = systemClock } = laboratory;
  const kernels = await loadNativeKernels();
  return new Performer({
    ...settings,
    findExperiment: findAmong(own, laboratory),
    kernels,
    clock,
    control: new StudyControl(control),
  });
}
