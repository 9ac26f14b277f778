/** `basin plan … -o FILE`: divides a study into units for several machines. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { targetOf } from '../../base/target.js';
import { InputError } from '../../base/errors.js';
import { storedExperiment } from '../../definitions/stored.js';
import {
  makePlan,
  readPlan,
  stageOf,
  unitsOf,
  writePlan,
  type PlanRequest,
  type ShardPlan,
} from '../../shards/plan.js';
import { stagesFrom } from '../../shards/stages.js';
import { STORE_FILE } from '../../store/found.js';
import { readStudy } from '../../store/open.js';
import { thisBuild, thisMachine } from '../provenance.js';

/** What a study needs next: a plan, unless a folder has all that the study asks for. */
export interface NextPlan {
  readonly plan: ShardPlan | undefined;
  /** earlier stages of the study, which are complete */
  readonly before: readonly ShardPlan[];
}

/**
 * Plans the first stage of a study that a folder lacks trials of; without a folder, the first stage. The folder is one
 * that the study may continue, see `leftOf`.
 */
export function planNext(request: Omit<PlanRequest, 'build' | 'machine'>, directory?: string): NextPlan {
  const first = makePlan({ ...request, build: thisBuild(), machine: thisMachine() });
  if (directory === undefined || !existsSync(join(directory, STORE_FILE))) return { plan: first, before: [] };
  const store = readStudy(directory);
  try {
    const { open, complete } = store.snapshot(() => stagesFrom(store, first, storedExperiment));
    return { plan: open, before: complete };
  } finally {
    store.close();
  }
}

/**
 * Writes a plan. A plan in use must not change, so the file may be absent, have this plan, or an earlier stage. Throws
 * `InputError` when it has another plan.
 */
export function writeShardPlan(file: string, plan: ShardPlan, before: readonly ShardPlan[]): void {
  const target = targetOf(file);
  if (target.kind === 'file' && existsSync(target.path)) {
    const { hash } = readPlan(file);
    if (hash === plan.hash) return;
    if (!before.some((stage) => stage.hash === hash))
      throw new InputError(`${file}: holds another plan; a plan is immutable: choose another -o`);
  }
  writePlan(plan, file);
}

export interface PlanCounts {
  readonly stage: number;
  readonly units: number;
  readonly trials: number;
}

export function planCounts(plan: ShardPlan): PlanCounts {
  const units = unitsOf(plan);
  return { stage: stageOf(plan), units: units.length, trials: units.reduce((sum, { count }) => sum + count, 0) };
}
