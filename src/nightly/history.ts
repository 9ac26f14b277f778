/** The history of nights: a file to which each night adds a line. */
import { existsSync } from 'node:fs';
import { readText } from '../base/read.js';
import { writeWhole } from '../base/whole.js';
import { InputError } from '../base/errors.js';
import { decodeNight, encodeNight, type NightRecord } from './record.js';

export const HISTORY_FILE = 'history.jsonl';

export interface History {
  /** oldest first */
  readonly nights: readonly NightRecord[];
  /** true when the last line was cut off while it was written */
  readonly torn: boolean;
}

/** Throws `InputError` when a complete line is no record of a night. */
export function readHistory(file: string): History {
  if (!existsSync(file)) return { nights: [], torn: false };
  const lines = readText(file).split('\n');
  const torn = lines.pop() !== '';
  return { nights: lines.map((line, index) => decodeLine(file, line, index + 1)), torn };
}

function decodeLine(file: string, line: string, number: number): NightRecord {
  try {
    return decodeNight(line);
  } catch {
    throw new InputError(
      `${file}: line ${number} must be a night as basin nightly writes it, got '${line.slice(0, 40)}'; move the file away to begin a new history`,
    );
  }
}

/** Adds a night; it is on the disk when this returns. A cut-off last line is removed. */
export function appendNight(file: string, night: NightRecord): void {
  const before = existsSync(file) ? readText(file) : '';
  writeWhole(file, `${before.slice(0, before.lastIndexOf('\n') + 1)}${encodeNight(night)}\n`);
}

/** The last record of every round of a scale, oldest round first. */
export function lastOfRounds(nights: readonly NightRecord[], scale: string): NightRecord[] {
  const rounds = new Map(nights.filter((night) => night.scale === scale).map((night) => [night.round, night]));
  return [...rounds.values()].sort((a, b) => a.round - b.round);
}
