/** Which program may perform a plan's units: one whose results have the same bits. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { InputError } from '../core/errors.js';
import type { ShardPlan } from './plan.js';

/** Version of the program and digest of the addon's file. */
export function buildOf(basinVersion: string, addonFile: string): string {
  return `${basinVersion}+${createHash('sha256').update(readFileSync(addonFile)).digest('hex').slice(0, 16)}`;
}

/** Throws `InputError` when the plan is for another build. */
export function requireBuild({ content }: ShardPlan, build: string): void {
  if (content.build === build) return;
  throw new InputError(`the plan must be run by the build that made it, ${content.build}, this program is ${build}: results would not have the same bits; use that build, or plan again`);
}
