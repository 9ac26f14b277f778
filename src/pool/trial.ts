/** One trial, from its address to its row. */
import { shortageOf } from '../base/shortage.js';
import { Cancelled } from '../base/errors.js';
import type { NativeKernels } from '../core/kernels/contract.js';
import type { Experiment, TrialContext } from '../experiments/spec.js';
import type { Settings } from '../settings/types.js';
import { requireNumbers } from '../store/measures.js';
import { systemClock, type Clock } from './clock.js';
import type { PerformedTrial } from './protocol.js';

const LONGEST_MESSAGE = 1000;

export interface TrialTask {
  readonly experiment: Experiment;
  readonly settings: Settings;
  readonly key: readonly [number, number];
  readonly trial: number;
  /** receives the trial's arrays and curves, where they are requested */
  readonly keep?: TrialContext['keep'];
}

/** Runs a trial. An error that it throws becomes a failed row, except `Cancelled`, which is passed on. */
export function performTrial(
  task: TrialTask,
  kernels: NativeKernels,
  cancel: Int32Array,
  clock: Pick<Clock, 'now'> = systemClock,
): PerformedTrial {
  const begin = clock.now();
  try {
    const { status, measures, curves = {} } = runTask(task, kernels, cancel);
    requireNumbers(measures);
    return { status, measures, curves, error: null, seconds: clock.now() - begin };
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    return { status: 'failed', measures: {}, curves: {}, error: describe(error), seconds: clock.now() - begin };
  }
}

function runTask(
  { experiment, settings, key, trial, keep }: TrialTask,
  kernels: NativeKernels,
  cancel: Int32Array,
): ReturnType<Experiment['trial']> {
  const outcome = experiment.trial({ settings, kernels, cancel, keep, stream: (purpose) => ({ key, trial, purpose }) });
  for (const [name, values] of Object.entries(outcome.curves ?? {}))
    keep?.array(`curve-${name}`, [values.length], values);
  return outcome;
}

// The row has no stack trace, as it must not depend on where the program is installed.
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, LONGEST_MESSAGE);
  const text =
    process.env['BASIN_DEBUG'] === '1' ? error.stack : [shortageOf(error) ?? [], error.message].flat().join(': ');
  return (text === undefined || text === '' ? error.name : text).slice(0, LONGEST_MESSAGE);
}
