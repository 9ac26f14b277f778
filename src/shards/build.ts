/** Checks that a program may perform a plan's units: its results must have the same bits. */
import { InputError } from '../base/errors.js';
import type { ShardPlan } from './plan.js';

/** Throws `InputError` when the plan is for another build. */
export function requireBuild({ content }: ShardPlan, build: string): void {
  if (content.build === build) return;
  throw new InputError(
    `the plan must be run by the build that made it, ${content.build}, this program is ${build}: results would not have the same bits; use that build, or plan again`,
  );
}
