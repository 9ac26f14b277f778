/**
 * Performs real trials of a study before it runs, to measure what its trials take. They are performed in the same way
 * as every trial, and none is stored.
 */
import { systemClock } from '../../pool/clock.js';
import { StudyControl } from '../../pool/control.js';
import { curveBytes, rowBytes } from '../../store/size.js';
import { CostModel } from '../leases/cost.js';
import type { LeftCell, LeftExperiment } from './left.js';
import { Probes, type Probe } from './probes.js';
import { rowsOf } from '../leases/rows.js';
import { withRunner, type LeaseRunner, type LeaseTask, type Performed, type RunnerOptions } from '../run/runner.js';
import { workersOn } from '../leases/together.js';
import { leaseOf } from '../leases/work.js';

export interface PilotOptions extends Pick<RunnerOptions, 'workers' | 'worker' | 'laboratory' | 'clock' | 'pool'> {
  /** wall-clock time; 0 means no pilot */
  readonly seconds: number;
}

/** Sums over the pilot's trials of one cell. */
export interface SeenTrials {
  trials: number;
  /** core seconds, and the sum of their squares */
  seconds: number;
  squares: number;
  /** bytes in the store's file */
  bytes: number;
}

/** What the pilot has measured for one experiment. */
export interface ExperimentPilot {
  readonly model: CostModel<LeftCell>;
  readonly seen: Map<LeftCell, SeenTrials>;
  failed: number;
  /** the error of the first failed trial */
  error?: string;
}

interface PilotTask extends LeaseTask {
  readonly pilot: ExperimentPilot;
  readonly probes: Probes;
  readonly probe: Probe;
}

/**
 * Returns the pilots in the order of the experiments. Trials that are running when the time is up are stopped. Rejects
 * when a worker dies.
 */
export async function runPilot(
  experiments: readonly LeftExperiment[],
  options: PilotOptions,
): Promise<ExperimentPilot[]> {
  const pilots = experiments.map((): ExperimentPilot => ({
    model: new CostModel<LeftCell>(),
    seen: new Map(),
    failed: 0,
  }));
  const left = experiments.map(({ cells }) => cells.filter(({ missing }) => missing.length > 0));
  const cells = left.flat();
  if (cells.length === 0 || options.seconds === 0) return pilots;
  const limits = { control: new StudyControl(), budgetSeconds: options.seconds, graceSeconds: 0 };
  await withRunner({ ...options, ...limits, cells }, (runner) => performKinds(runner, left, pilots, options));
  return pilots;
}

/**
 * Performs the trials that use one worker each, then the trials that use all workers. Each kind gets an equal
 * part of the time.
 */
async function performKinds(
  runner: LeaseRunner,
  left: readonly (readonly LeftCell[])[],
  pilots: readonly ExperimentPilot[],
  { seconds, workers, clock = systemClock }: PilotOptions,
): Promise<void> {
  const begin = clock.now();
  const kinds = [false, true].map((team) => left.map((own) => own.filter(({ template }) => template.team === team)));
  const present = kinds.filter((cells) => cells.flat().length > 0);
  const warmUps: Performed<PilotTask>[] = [];
  const share = seconds / present.length;
  for (const [index, cells] of present.entries()) {
    const together = workersOn(cells.flat()[0].template, workers);
    const all = cells.map((own) => new Probes(own, (share * workers) / cells.length, workers / together));
    const end = begin + share * (index + 1);
    await runner.run<PilotTask>({
      // A waiting lease would begin when less time is left than it was made for.
      perWorker: 1,
      next: () => nextTask(all, pilots, together * (end - clock.now())),
      settle: (performed) => {
        for (const one of performed)
          if (settle(one)) count(one);
          else warmUps.push(one);
      },
    });
  }
  // An experiment that has only warm-up trials is estimated from them.
  const unseen = new Set(pilots.filter(({ seen }) => seen.size === 0));
  warmUps.filter(({ task }) => unseen.has(task.pilot)).forEach(count);
}

/** The next task of the experiment that has taken the least core time so far. */
function nextTask(
  all: readonly Probes[],
  pilots: readonly ExperimentPilot[],
  coreSecondsLeft: number,
): PilotTask | undefined {
  const seconds = all.map((probes) => probes.secondsWithNext(coreSecondsLeft));
  const least = seconds.indexOf(Math.min(...seconds));
  if (seconds[least] === Infinity) return undefined;
  const probe = all[least].take(coreSecondsLeft);
  return { pilot: pilots[least], probes: all[least], probe, lease: leaseOf(probe) };
}

/** Returns whether the result counts; otherwise it was a warm-up. */
function settle({ task: { probes, probe }, result, workers }: Performed<PilotTask>): boolean {
  return probes.settle(probe, result.done, workers * sum(result.seconds));
}

function count({
  task: {
    pilot,
    probe: { cell, first },
  },
  result,
  workers,
}: Performed<PilotTask>): void {
  if (result.done === 0) return;
  pilot.model.observe(cell, result.done, workers * sum(result.seconds));
  const seen = pilot.seen.get(cell) ?? { trials: 0, seconds: 0, squares: 0, bytes: 0 };
  pilot.seen.set(cell, seen);
  for (const { seconds, status, error, ...row } of rowsOf(first, result)) {
    seen.trials += 1;
    seen.seconds += workers * seconds;
    seen.squares += (workers * seconds) ** 2;
    seen.bytes += rowBytes({ ...row, error });
    if (status !== 'failed') continue;
    pilot.failed += 1;
    pilot.error ??= error ?? 'unknown';
  }
  for (const curve of result.curves) seen.bytes += curveBytes(curve);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
