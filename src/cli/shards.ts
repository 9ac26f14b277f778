/** What the commands for studies on several machines share. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../base/errors.js';
import { storedExperiment } from '../experiments/registry.js';
import type { Experiment } from '../experiments/spec.js';
import { defaultWorkers } from '../pool/pool.js';
import { requireBuild } from '../shards/build.js';
import { missingUnits } from '../shards/merge.js';
import { requirePlanned } from '../shards/planned.js';
import { originOfPlan, readPlan, type ShardPlan, type Unit } from '../shards/plan.js';
import type { UnitPlace } from '../shards/unitFile.js';
import { STORE_FILE } from '../store/folder.js';
import { readStudy } from '../store/open.js';
import type { Origin } from '../store/origin.js';
import { describeForeign, foreignTo } from '../study/foreign.js';
import { parseInteger } from './options.js';
import { thisBuild, thisMachine, thisOrigin } from './provenance.js';

/** A plan that this program may perform. */
export function readOwnPlan(file: string): ShardPlan {
  const plan = readPlan(file);
  requireBuild(plan, thisBuild());
  requirePlanned(file, plan, storedExperiment);
  return plan;
}

/** The same for a plan of a queue. */
export function requireOwnPlan(plan: ShardPlan): void {
  requirePlanned('a plan of the queue', plan, storedExperiment);
}

export function experimentOfUnit({ experiment }: Unit): Experiment {
  return storedExperiment(experiment);
}

/** Who performs units here, kept with each of them. */
export function thisPlace(): Omit<UnitPlace, 'seconds' | 'workers' | 'host'> {
  return { cpu: cpus()[0]?.model ?? 'unknown', build: thisBuild(), ...thisMachine() };
}

/** What `--strict` makes of trials that another kind of machine made than the plan's, else what is said of them. */
export function foreignUnits(plan: ShardPlan, strict: boolean, say: (text: string) => void): (origin: Origin) => void {
  return (origin) => {
    const what = `trials of another program or machine than the plan: ${describeForeign(originOfPlan(plan), [{ origin }], 'of the plan')}`;
    if (strict) throw new InputError(`${what}; --strict takes none`);
    say(`basin: ${what}; each trial keeps who made it; --strict refuses`);
  };
}

/** Says, or with `strict` refuses, that this is another kind of machine than the plan's. */
export function announceMachine(plan: ShardPlan, strict: boolean, say: (text: string) => void): void {
  const expected = originOfPlan(plan);
  const foreign = foreignTo(thisOrigin(), [{ origin: expected, trials: 0 }]);
  if (foreign.length === 0) return;
  const what = `the plan was made on another kind of machine: ${describeForeign(thisOrigin(), foreign)}`;
  if (strict) throw new InputError(`${what}; --strict performs no unit of it here`);
  say(`basin: ${what}; each trial keeps who made it; --strict refuses`);
}

/** As many workers as the scheduler gives this task, else one per core. */
export function taskWorkers(given: string | undefined): number {
  if (given !== undefined) return parseInteger('--workers', given, 1, 256);
  const scheduled = process.env['SLURM_CPUS_PER_TASK'] ?? process.env['SLURM_CPUS_ON_NODE'];
  return scheduled === undefined ? defaultWorkers() : parseInteger('SLURM_CPUS_PER_TASK', scheduled, 1, 256);
}

/** The units that a study folder, which need not exist yet, lacks. */
export function missingIn(directory: string, plan: ShardPlan): Unit[] {
  if (!existsSync(join(directory, STORE_FILE))) return missingUnits(undefined, plan);
  const store = readStudy(directory);
  try {
    return store.snapshot(() => missingUnits(store, plan));
  } finally {
    store.close();
  }
}

/** `0-3,7` for 0, 1, 2, 3, 7: what schedulers call an array. */
export function arrayText(indices: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && index === last[1] + 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
