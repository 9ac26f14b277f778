/** Real trials of a study before it runs, to learn what its trials take: they go the way of every trial, and none is kept. */
import { systemClock, type Clock } from '../pool/clock.js';
import { StopLevel, StudyControl } from '../pool/control.js';
import { startPool, type LeasePool, type PoolOptions } from '../pool/pool.js';
import type { LeaseResult } from '../pool/protocol.js';
import { curveBytes, rowBytes } from '../store/size.js';
import { CostModel } from './cost.js';
import type { LeftCell, LeftExperiment } from './left.js';
import { Probes, type Probe } from './probes.js';
import { rowsOf } from './rows.js';
import { underWatch, Watch } from './watch.js';

export interface PilotOptions extends Pick<PoolOptions, 'workers' | 'worker' | 'laboratory' | 'clock'> {
  /** wall-clock time; 0: no pilot */
  readonly seconds: number;
  /** other workers: for tests */
  readonly pool?: (options: PoolOptions) => LeasePool;
}

/** Sums over the pilot's trials of one cell. */
export interface SeenTrials {
  trials: number;
  /** core seconds, and their squares */
  seconds: number;
  squares: number;
  /** of the store's file */
  bytes: number;
}

/** What was learnt of one experiment. */
export interface ExperimentPilot {
  readonly model: CostModel<LeftCell>;
  readonly seen: Map<LeftCell, SeenTrials>;
  failed: number;
  /** of the first failed trial */
  error?: string;
}

interface Performed {
  readonly probe: Probe;
  readonly result: LeaseResult;
  /** threads that performed it together */
  readonly workers: number;
}

/** In the order of the experiments. Trials that are running when the time is up are broken off. Rejects when a worker dies. */
export async function runPilot(experiments: readonly LeftExperiment[], options: PilotOptions): Promise<ExperimentPilot[]> {
  const pilots = experiments.map((): ExperimentPilot => ({ model: new CostModel<LeftCell>(), seen: new Map(), failed: 0 }));
  const cells = experiments.flatMap((experiment) => experiment.cells).filter(({ missing }) => missing.length > 0);
  if (cells.length === 0 || options.seconds === 0) return pilots;
  const control = new StudyControl();
  const pool = (options.pool ?? startPool)({ ...options, control, teamEntries: Math.max(...cells.map(({ sharedEntries }) => sharedEntries)) });
  const watch = new Watch({ clock: options.clock, control, budgetSeconds: options.seconds, graceSeconds: 0 }, pool, () => []);
  await underWatch(pool, watch, () => new Pilot(pool, control, options, pilots).run(experiments));
  return pilots;
}

class Pilot {
  readonly #clock: Clock;
  readonly #begin: number;
  readonly #pool: LeasePool;
  readonly #control: StudyControl;
  readonly #options: PilotOptions;
  readonly #pilots: readonly ExperimentPilot[];
  readonly #warmUps = new Map<ExperimentPilot, readonly Performed[]>();

  constructor(pool: LeasePool, control: StudyControl, options: PilotOptions, pilots: readonly ExperimentPilot[]) {
    this.#pool = pool;
    this.#control = control;
    this.#options = options;
    this.#pilots = pilots;
    this.#clock = options.clock ?? systemClock;
    this.#begin = this.#clock.now();
  }

  /** Trials that have a worker each, then trials that take all workers: each kind has its part of the time. */
  async run(experiments: readonly LeftExperiment[]): Promise<void> {
    const { seconds, workers } = this.#options;
    const kinds = [false, true].map((team) => ({ team, cells: experiments.map(({ cells }) => cells.filter(({ missing, template }) => missing.length > 0 && template.team === team)) }));
    const present = kinds.filter(({ cells }) => cells.some((own) => own.length > 0));
    for (const [index, { team, cells }] of present.entries()) {
      const lanes = team ? 1 : workers;
      const probes = cells.map((own) => new Probes(own, (seconds * workers) / present.length / experiments.length, lanes));
      const end = this.#begin + (seconds * (index + 1)) / present.length;
      await Promise.all(Array.from({ length: lanes }, () => this.#lane(probes, end, workers / lanes)));
    }
    // Better than nothing.
    for (const [pilot, performed] of this.#warmUps) if (pilot.seen.size === 0) for (const one of performed) count(pilot, one);
  }

  // The experiment that has had the least is next.
  async #lane(all: readonly Probes[], end: number, workers: number): Promise<void> {
    while (this.#control.level === StopLevel.none) {
      const left = workers * (end - this.#clock.now());
      const seconds = all.map((probes) => probes.secondsWithNext(left));
      const experiment = seconds.indexOf(Math.min(...seconds));
      if (seconds[experiment] === Infinity) return;
      const probe = all[experiment].take(left);
      const result = await this.#perform(probe);
      if (result === undefined) return;
      const counts = all[experiment].settle(probe, result.done, workers * sum(result.seconds));
      this.#keep(this.#pilots[experiment], { probe, result, workers }, counts);
    }
  }

  #keep(pilot: ExperimentPilot, performed: Performed, counts: boolean): void {
    if (counts) count(pilot, performed);
    else this.#warmUps.set(pilot, [...(this.#warmUps.get(pilot) ?? []), performed]);
  }

  /** Undefined when the time was up and the threads had to be ended. */
  async #perform({ cell, first, count: trials }: Probe): Promise<LeaseResult | undefined> {
    try {
      return await this.#pool.run({ ...cell.template, first, count: trials });
    } catch (error) {
      if (this.#control.cancelled) return undefined;
      throw error;
    }
  }
}

function count(pilot: ExperimentPilot, { probe: { cell, first }, result, workers }: Performed): void {
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
