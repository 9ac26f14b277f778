/** One shard of a plan: the units whose number is i modulo N, performed on this machine. */
import { hostname } from 'node:os';
import type { Experiment } from '../experiments/spec.js';
import type { Clock } from '../pool/clock.js';
import type { StudyControl } from '../pool/control.js';
import { withRunner, type LeaseRunner, type RunnerOptions } from '../study/run/runner.js';
import { cellOf } from '../study/grid/cells.js';
import { cellWork } from '../study/leases/work.js';
import { isDamaged, readUnit, writeUnit } from './folder.js';
import { planUnits } from './planUnits.js';
import { UnitSource, type UnitWork } from './perform.js';
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

export interface ShardOptions extends UnitPerformer, Pick<RunnerOptions, 'worker' | 'laboratory' | 'pool'> {
  readonly plan: ShardPlan;
  readonly shard: number;
  readonly of: number;
  /** where unit results go, and are found */
  readonly directory: string;
  readonly onProgress?: (progress: ShardProgress) => void;
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
  const progress = (): ShardProgress => ({
    units: own.length,
    done: own.length - missing.length + performed,
    performed,
  });
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
export function unitWork(
  { content: { identity } }: ShardPlan,
  { experiment: { values }, cell, first, count }: Unit,
  experiment: Experiment,
): UnitWork {
  return { ...cellWork(experiment, identity, cellOf({ experiment, values }, identity.seed, cell)), first, count };
}

async function performUnits(
  options: ShardOptions,
  units: readonly Unit[],
  done: (unit: Unit, result: UnitResult) => void,
): Promise<void> {
  const { plan, experimentOf } = options;
  const works = units.map((unit) => ({ unit, work: unitWork(plan, unit, experimentOf(unit)) }));
  await withRunner({ ...options, cells: works.map(({ work }) => work) }, async (runner) => {
    for (const { unit, work } of works) {
      const result = await performUnit(runner, unit, work, options);
      if (result === undefined) return;
      done(unit, result);
    }
  });
}

/** A unit's result with where and how fast it was performed; undefined when it was stopped half-way. */
export async function performUnit(
  runner: LeaseRunner,
  unit: Unit,
  work: UnitWork,
  { workers, place, now }: UnitPerformer,
): Promise<UnitResult | undefined> {
  const [begin, source] = [now(), new UnitSource(work)];
  await runner.run(source);
  return (
    source.whole && {
      ...source.whole,
      unit: unit.index,
      place: { ...place, host: hostname(), seconds: now() - begin, workers },
    }
  );
}
