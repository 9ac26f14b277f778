/** What all that is done about studies on several machines shares. */
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { visible } from '../../base/visible.js';
import { InputError } from '../../base/errors.js';
import { storedExperiment } from '../../definitions/stored.js';
import type { Experiment } from '../../experiments/spec.js';
import { requireBuild } from '../../shards/build.js';
import { missingUnits } from '../../shards/merge.js';
import { requirePlanned } from '../../shards/planned.js';
import { codeOfPlan, originOfPlan, readPlan, storedOf, type ShardPlan, type Unit } from '../../shards/plan.js';
import type { UnitPlace } from '../../shards/unitFile.js';
import { STORE_FILE } from '../../store/folder.js';
import { readStudy } from '../../store/open.js';
import type { Origin } from '../../store/origin.js';
import { describeForeign, foreignTo } from '../../study/provenance/foreign.js';
import { thisBuild, thisMachine, thisOrigin } from '../provenance.js';
import type { Warn } from '../warn.js';

/** A plan that this program may perform. */
export function readOwnPlan(file: string): ShardPlan {
  const plan = readPlan(file);
  requireBuild(plan, thisBuild());
  requirePlanned(file, plan, storedExperiment);
  return plan;
}

/**
 * The same for a plan of a queue, where others may put plans: code that it carries is not even looked at unless that is
 * allowed.
 */
export function requireOwnPlan(plan: ShardPlan, allowCode: boolean): void {
  const [carried] = codeOfPlan(plan);
  if (carried !== undefined && !allowCode) {
    const { id, code } = carried;
    throw new InputError(
      `it carries code that is not basin's, ${visible(id)} of ${visible(code.name)} (SHA-256 ${visible(code.digest)}); basin worker --allow-code runs it`,
    );
  }
  requirePlanned('a plan of the queue', plan, storedExperiment);
}

export function experimentOfUnit({ experiment }: Unit): Experiment {
  return storedExperiment(storedOf(experiment));
}

/** Who performs units here, kept with each of them. */
export function thisPlace(): Omit<UnitPlace, 'seconds' | 'workers' | 'host'> {
  return { cpu: cpus()[0]?.model ?? 'unknown', build: thisBuild(), ...thisMachine() };
}

/** What `--strict` makes of trials that another kind of machine made than the plan's, else what is said of them. */
export function foreignUnits(plan: ShardPlan, strict: boolean, warn: Warn): (origin: Origin) => void {
  return (origin) => {
    const what = `trials of another program or machine than the plan: ${describeForeign(originOfPlan(plan), [{ origin }], 'of the plan')}`;
    if (strict) throw new InputError(`${what}; --strict takes none`);
    warn(`${what}; each trial keeps who made it; --strict refuses`);
  };
}

/** Says, or with `strict` refuses, that this is another kind of machine than the plan's. */
export function announceMachine(plan: ShardPlan, strict: boolean, warn: Warn): void {
  const expected = originOfPlan(plan);
  const foreign = foreignTo(thisOrigin(), [{ origin: expected, trials: 0 }]);
  if (foreign.length === 0) return;
  const what = `the plan was made on another kind of machine: ${describeForeign(thisOrigin(), foreign)}`;
  if (strict) throw new InputError(`${what}; --strict performs no unit of it here`);
  warn(`${what}; each trial keeps who made it; --strict refuses`);
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
