/**
 * The folder of unit results, with one file for each unit of each stage. A file is first written under another name and
 * then renamed, so any number of machines may share the folder.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, readBytes } from '../base/read.js';
import { writeWhole } from '../base/whole.js';
import { stageOf, type ShardPlan, type Unit } from './plan.js';
import type { PlanUnits } from './planUnits.js';
import { decodeUnit, DamagedUnit, encodeUnit, type UnitResult } from './unitFile.js';

const NAME = /^(?:stage-(?<stage>\d+)-)?unit-(?<index>\d+)\.jsonl\.gz$/;

/** A file that has the name of a unit's result but is not a valid result. */
export interface DamagedFile {
  readonly file: string;
  readonly reason: string;
}

export function unitFile(directory: string, index: number, stage = 1): string {
  return join(directory, `${stage === 1 ? '' : `stage-${stage}-`}unit-${index}.jsonl.gz`);
}

export function writeUnit(directory: string, plan: ShardPlan, unit: Unit, result: UnitResult): void {
  writeWhole(unitFile(directory, unit.index, stageOf(plan)), encodeUnit(plan, unit, result));
}

/** The numbers of the units of a stage that have a file, complete or not. */
export function unitFiles(directory: string, stage: number): number[] {
  return namesIn(directory)
    .map((name) => NAME.exec(name)?.groups)
    .filter((groups) => groups !== undefined && Number(groups['stage'] ?? 1) === stage)
    .map((groups) => Number(groups?.['index']))
    .sort((a, b) => a - b);
}

/** The result of a unit, or what is wrong with its file; undefined when there is no file. */
export function readUnit(directory: string, units: PlanUnits, index: number): UnitResult | DamagedFile | undefined {
  const file = unitFile(directory, index, stageOf(units.plan));
  if (!existsSync(file)) return undefined;
  try {
    return decodeUnit(units, index, readBytes(file));
  } catch (error) {
    if (error instanceof DamagedUnit) return { file, reason: error.message };
    throw error;
  }
}

export function isDamaged(found: UnitResult | DamagedFile): found is DamagedFile {
  return 'reason' in found;
}
