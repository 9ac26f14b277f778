/**
 * The folder of unit results, with one file for each unit. A file is first written under another name and then renamed,
 * so any number of machines may share the folder.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, readBytes } from '../base/read.js';
import { writeWhole } from '../base/whole.js';
import type { ShardPlan, Unit } from './plan.js';
import type { PlanUnits } from './planUnits.js';
import { decodeUnit, DamagedUnit, encodeUnit, type UnitResult } from './unitFile.js';

const NAME = /^unit-(?<index>\d+)\.jsonl\.gz$/;

/** A file that has the name of a unit's result but is not a valid result. */
export interface DamagedFile {
  readonly file: string;
  readonly reason: string;
}

export function unitFile(directory: string, index: number): string {
  return join(directory, `unit-${index}.jsonl.gz`);
}

export function writeUnit(directory: string, plan: ShardPlan, unit: Unit, result: UnitResult): void {
  writeWhole(unitFile(directory, unit.index), encodeUnit(plan, unit, result));
}

/** The numbers of the units that have a file, complete or not. */
export function unitFiles(directory: string): number[] {
  const indices = namesIn(directory).flatMap((name) => NAME.exec(name)?.groups?.['index'] ?? []);
  return indices.map(Number).sort((a, b) => a - b);
}

/** The result of a unit, or what is wrong with its file; undefined when there is no file. */
export function readUnit(directory: string, units: PlanUnits, index: number): UnitResult | DamagedFile | undefined {
  const file = unitFile(directory, index);
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
