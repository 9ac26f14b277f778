/**
 * The folder of unit results: a file for each unit, written aside and renamed, which any number of machines may share.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, readBytes } from '../base/read.js';
import { writeWhole } from '../base/whole.js';
import type { ShardPlan, Unit } from './plan.js';
import type { PlanUnits } from './planUnits.js';
import { decodeUnit, DamagedUnit, encodeUnit, type UnitResult } from './unitFile.js';

const NAME = /^unit-(?<index>\d+)\.jsonl\.gz$/;

/** A file that looks like a unit's result and is none. */
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

/** The numbers of the units that have a file, whole or not. */
export function unitFiles(directory: string): number[] {
  const indices = namesIn(directory).flatMap((name) => NAME.exec(name)?.groups?.['index'] ?? []);
  return indices.map(Number).sort((a, b) => a - b);
}

/** The result of a unit, what is wrong with its file, or undefined without a file. */
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
