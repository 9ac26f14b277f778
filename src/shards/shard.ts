/** Performs one shard of a plan on this machine: shard i of N has the units whose number is i modulo N. */
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
  /** number of units of the shard that have a complete result */
  readonly done: number;
  /** number of units performed in this run */
  readonly performed: number;
}

/** What is needed to perform units on this machine. */
export interface UnitPerformer {
  readonly workers: number;
  readonly control: StudyControl;
  readonly place: Omit<UnitPlace, 'seconds' | 'workers' | 'host'>;
  readonly experimentOf: (unit: Unit) => Experiment;
  /** in seconds */
  readonly now: () => number;
  /** the clock that watches trials that do not stop when told to; default: the system's */
  readonly clock?: Clock;
}

export interface ShardOptions extends UnitPerformer, Pick<RunnerOptions, 'worker' | 'laboratory' | 'pool'> {
  readonly plan: ShardPlan;
  readonly shard: number;
  readonly of: number;
  /** folder where unit results are written and read */
  readonly directory: string;
  readonly onProgress?: (progress: ShardProgress) => void;
}

/**
 * Performs the units that have no complete result, one after the other. A unit that is stopped before its end leaves
 * nothing.
 */
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

/** A unit's result, with the place and the time; undefined when the unit was stopped before its end. */
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
