/** Functions that all commands for studies on several machines share. */
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
import { STORE_FILE } from '../../store/found.js';
import { readStudy } from '../../store/open.js';
import type { Origin } from '../../store/origin.js';
import { describeForeign, foreignTo } from '../../study/provenance/foreign.js';
import { thisBuild, thisMachine, thisOrigin } from '../provenance.js';
import type { Warn } from '../warn.js';

/** Reads a plan that this program may perform. */
export function readOwnPlan(file: string): ShardPlan {
  const plan = readPlan(file);
  requireBuild(plan, thisBuild());
  requirePlanned(file, plan, storedExperiment);
  return plan;
}

/**
 * Checks a plan from a queue, to which other people may add plans. Code inside the plan is read only if `allowCode` is
 * true.
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

/** The machine and the program that perform units here. They are stored with each unit. */
export function thisPlace(): Omit<UnitPlace, 'seconds' | 'workers' | 'host'> {
  return { cpu: cpus()[0]?.model ?? 'unknown', build: thisBuild(), ...thisMachine() };
}

/**
 * Handles trials from another kind of machine than the plan's: `--strict` refuses them, otherwise a warning is given.
 */
export function foreignUnits(plan: ShardPlan, strict: boolean, warn: Warn): (origin: Origin) => void {
  return (origin) => {
    const what = `trials of another program or machine than the plan: ${describeForeign(originOfPlan(plan), [{ origin }], 'of the plan')}`;
    if (strict) throw new InputError(`${what}; --strict takes none`);
    warn(`${what}; each trial keeps who made it; --strict refuses`);
  };
}

/** Warns that this is another kind of machine than the plan's. With `strict` it throws instead. */
export function announceMachine(plan: ShardPlan, strict: boolean, warn: Warn): void {
  const expected = originOfPlan(plan);
  const foreign = foreignTo(thisOrigin(), [{ origin: expected, trials: 0 }]);
  if (foreign.length === 0) return;
  const what = `the plan was made on another kind of machine: ${describeForeign(thisOrigin(), foreign)}`;
  if (strict) throw new InputError(`${what}; --strict performs no unit of it here`);
  warn(`${what}; each trial keeps who made it; --strict refuses`);
}

/** The units that a study folder lacks. The folder need not exist yet. */
export function missingIn(directory: string, plan: ShardPlan): Unit[] {
  if (!existsSync(join(directory, STORE_FILE))) return missingUnits(undefined, plan);
  const store = readStudy(directory);
  try {
    return store.snapshot(() => missingUnits(store, plan));
  } finally {
    store.close();
  }
}
