/** `basin plan … -o FILE`: divides a study into units for several machines. */
import { existsSync } from 'node:fs';
import { targetOf } from '../../base/target.js';
import { InputError } from '../../base/errors.js';
import { makePlan, readPlan, unitsOf, writePlan, type PlanRequest, type ShardPlan } from '../../shards/plan.js';
import { thisBuild, thisMachine } from '../provenance.js';

/** Writes the plan. Throws `InputError` when the file holds another plan: a plan in use must not change. */
export function writeShardPlan(file: string, request: Omit<PlanRequest, 'build' | 'machine'>): ShardPlan {
  const plan = makePlan({ ...request, build: thisBuild(), machine: thisMachine() });
  const target = targetOf(file);
  if (target.kind === 'file' && existsSync(target.path)) {
    if (readPlan(file).hash === plan.hash) return plan;
    throw new InputError(`${file}: holds another plan; a plan is immutable: choose another -o`);
  }
  writePlan(plan, file);
  return plan;
}

export function planCounts(plan: ShardPlan): { readonly units: number; readonly trials: number } {
  const units = unitsOf(plan);
  return { units: units.length, trials: units.reduce((sum, { count }) => sum + count, 0) };
}
