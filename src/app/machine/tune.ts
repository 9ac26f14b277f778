/** Measures the parameters that affect speed but not the bits of results on this machine, and stores the best ones. */
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { InputError } from '../../base/errors.js';
import { loadNativeKernels } from '../../core/kernels/native.js';
import { findExperiment } from '../../experiments/registry.js';
import { StudyControl } from '../../pool/control.js';
import { startPool } from '../../pool/pool.js';
import { defaultWorkers } from '../../pool/workers.js';
import type { Lease } from '../../pool/protocol.js';
import { gridOf } from '../../study/grid/cells.js';
import { resolveValues } from '../../study/grid/values.js';
import { measureBlocking, type Comparison } from '../../tuning/blocking.js';
import { profilePath, requireWritable, thisMachine, writeProfile, type Profile } from '../../tuning/profile.js';
import { bestWorkers, measureWorkers, workerCandidates, type Throughput } from '../../tuning/workers.js';
import type { Warn } from '../warn.js';

/** The share of the time budget for the kernels. The workers get the rest. */
const KERNEL_SHARE = 0.6;

/** If other programs use more than this share of the cores, a measurement of workers is worthless. */
const BUSY = 0.3;

export interface MeasuredMachine {
  readonly profile: Profile;
  readonly compared: readonly Comparison[];
  readonly throughput: readonly Throughput[];
}

export interface TuneConducting {
  readonly warn: Warn;
  /** takes the elapsed share of the time, and what is being measured */
  readonly onProgress: (share: number, what: 'kernels' | 'workers') => void;
}

/** Measures for the given number of seconds, and stores the fastest parameters in a file. */
export async function tuneMachine(
  seconds: number,
  path: string,
  { warn, onProgress }: TuneConducting,
): Promise<MeasuredMachine> {
  requireWritable(path);
  const clock = (): number => performance.now() / 1000;
  const [load] = loadavg();
  const busy = load > BUSY * defaultWorkers();
  if (busy)
    warn(
      `the machine is busy (load ${load.toFixed(1)}): all cores are kept as workers, and kernels are better measured on an idle one`,
    );
  const kernels = loadNativeKernels();
  const { best, compared } = measureBlocking(kernels, {
    seconds: KERNEL_SHARE * seconds,
    clock,
    onRound: (share) => {
      onProgress(KERNEL_SHARE * share, 'kernels');
    },
  });
  kernels.tune(best);
  const candidates = workerCandidates(defaultWorkers());
  const throughput: Throughput[] = [];
  for (const [i, workers] of candidates.entries()) {
    onProgress(KERNEL_SHARE + ((1 - KERNEL_SHARE) * i) / candidates.length, 'workers');
    throughput.push(
      await measureWorkers(
        workers,
        (count) => startPool({ workers: count, control: new StudyControl() }),
        usualTrial(),
        ((1 - KERNEL_SHARE) * seconds) / candidates.length,
        clock,
      ),
    );
  }
  const profile: Profile = {
    version: 1,
    machine: thisMachine(),
    measured: new Date().toISOString(),
    blocking: best,
    workers: busy ? defaultWorkers() : bestWorkers(throughput),
  };
  writeProfile(path, profile);
  return { profile, compared, throughput };
}

/** A trial that takes some hundredths of a second: 20 descents on 1600 samples. */
function usualTrial(): Omit<Lease, 'first' | 'count'> {
  const experiment = findExperiment('fu2018-fig3');
  const values = resolveValues(
    experiment,
    'smoke',
    new Map([
      ['d', '8'],
      ['perDimension', '200'],
      ['starts', '20'],
      ['iterations', '200'],
    ]),
  );
  const [{ trialSettings, key }] = gridOf({ experiment, values }, 1).cells.slice(-1);
  return { experiment: experiment.id, settings: trialSettings, key };
}

/** The path of the profile. */
export function requireProfilePath(): string {
  const path = profilePath();
  if (path === undefined)
    throw new InputError('XDG_CACHE_HOME or HOME must name a folder to keep the profile in, got neither');
  return path;
}
