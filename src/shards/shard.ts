/** One shard of a plan: the units whose number is i modulo N, performed on this machine. */
import { hostname } from 'node:os';
import type { Experiment } from '../experiments/spec.js';
import type { Clock } from '../pool/clock.js';
import type { StudyControl } from '../pool/control.js';
import { startPool, type LeasePool, type PoolOptions } from '../pool/pool.js';
import { Watch } from '../study/watch.js';
import { cellWork, type CellWork } from '../study/work.js';
import { isDamaged, readUnit, writeUnit } from './folder.js';
import { planUnits } from './planUnits.js';
import { performUnit, type PerformedUnit, type UnitWork } from './perform.js';
import { type ShardPlan, type Unit } from './plan.js';
import type { UnitPlace, UnitResult } from './unitFile.js';

export interface ShardProgress {
  readonly units: number;
  /** units of the shard that have a whole result */
  readonly done: number;
  /** performed now */
  readonly performed: number;
}

/** Whatever performs units on this machine. */
export interface UnitPerformer {
  readonly workers: number;
  readonly control: StudyControl;
  readonly place: Omit<UnitPlace, 'seconds' | 'workers' | 'host'>;
  readonly experimentOf: (unit: Unit) => Experiment;
  /** in seconds */
  readonly now: () => number;
  /** what trials that do not stop when told to are watched by; default: the system's */
  readonly clock?: Clock;
}

export interface ShardOptions extends UnitPerformer, Pick<PoolOptions, 'worker' | 'laboratory'> {
  readonly plan: ShardPlan;
  readonly shard: number;
  readonly of: number;
  /** where unit results go, and are found */
  readonly directory: string;
  readonly onProgress?: (progress: ShardProgress) => void;
  /** other workers: for tests */
  readonly pool?: (options: PoolOptions) => LeasePool;
}

/** Performs what has no whole result yet, unit by unit. A unit that is stopped half-way leaves nothing. */
export async function runShard(options: ShardOptions): Promise<ShardProgress> {
  const { plan, shard, of, directory } = options;
  const planned = planUnits(plan, options.experimentOf);
  const own = planned.units.filter(({ index }) => index % of === shard);
  const missing = own.filter(({ index }) => {
    const found = readUnit(directory, planned, index);
    return found === undefined || isDamaged(found);
  });
  let performed = 0;
  const progress = (): ShardProgress => ({ units: own.length, done: own.length - missing.length + performed, performed });
  options.onProgress?.(progress());
  if (missing.length === 0) return progress();
  await performUnits(options, missing, (unit, result) => {
    writeUnit(directory, plan, unit, result);
    performed += 1;
    options.onProgress?.(progress());
  });
  return progress();
}

/** What a pool needs to know of a unit. */
export function unitWork({ content: { identity } }: ShardPlan, { experiment: { values }, cell, first, count }: Unit, experiment: Experiment): UnitWork & CellWork {
  return { ...cellWork(experiment, identity, values, cell), first, count };
}

async function performUnits(options: ShardOptions, units: readonly Unit[], done: (unit: Unit, result: UnitResult) => void): Promise<void> {
  const { plan, experimentOf } = options;
  const works = units.map((unit) => ({ unit, work: unitWork(plan, unit, experimentOf(unit)) }));
  const pool = (options.pool ?? startPool)({ ...options, teamEntries: Math.max(...works.map(({ work }) => work.sharedEntries)) });
  try {
    for (const { unit, work } of works) {
      const result = await performPlaced(pool, unit, work, options);
      if (result === undefined) break;
      done(unit, result);
    }
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  await (options.control.cancelled ? pool.destroy() : pool.close());
}

/** A unit's result with where and how fast it was performed; undefined when it was stopped half-way. */
export async function performPlaced(pool: LeasePool, unit: Unit, work: UnitWork, performer: UnitPerformer): Promise<UnitResult | undefined> {
  const { workers, place, now } = performer;
  const begin = now();
  const result = await performWatched(pool, work, performer);
  return result && { ...result, unit: unit.index, place: { ...place, host: hostname(), seconds: now() - begin, workers } };
}

// A trial that does not listen holds nobody up: after a while the watch ends the threads.
async function performWatched(pool: LeasePool, work: UnitWork, { workers, control, clock }: UnitPerformer): Promise<PerformedUnit | undefined> {
  const watch = new Watch({ control, clock }, pool, () => []);
  try {
    return await performUnit(pool, work, workers, control);
  } catch (error) {
    if (control.cancelled) return undefined;
    throw error;
  } finally {
    watch.end();
  }
}
