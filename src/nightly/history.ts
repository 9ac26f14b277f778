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
  return existsSync(file) ? decode(file, '; move the file away to begin a new history') : { nights: [], torn: false };
}

/** The nights of another folder, oldest first. Throws `InputError` when the file is missing or is no history. */
export function readPast(file: string): readonly NightRecord[] {
  const { nights } = existsSync(file) ? decode(file, '') : { nights: [] };
  if (nights.length > 0) return nights;
  throw new InputError(`--history must be a ${HISTORY_FILE} with at least one night, got '${file}'`);
}

function decode(file: string, advice: string): History {
  const lines = readText(file).split('\n');
  const torn = lines.pop() !== '';
  return { nights: lines.map((line, index) => decodeLine(file, line, index + 1, advice)), torn };
}

function decodeLine(file: string, line: string, number: number, advice: string): NightRecord {
  try {
    return decodeNight(line);
  } catch {
    throw new InputError(
      `${file}: line ${number} must be a night as basin nightly writes it, got '${line.slice(0, 40)}'${advice}`,
    );
  }
}

/** Adds a night; it is on the disk when this returns. A cut-off last line is removed. */
export function appendNight(file: string, night: NightRecord): void {
  const before = existsSync(file) ? readText(file) : '';
  writeWhole(file, `${before.slice(0, before.lastIndexOf('\n') + 1)}${encodeNight(night)}\n`);
}

/** The nights of every round of a scale, oldest round first. */
export function roundsOf(nights: readonly NightRecord[], scale: string): (readonly NightRecord[])[] {
  const rounds = new Map<number, NightRecord[]>();
  for (const night of nights.filter((one) => one.scale === scale))
    rounds.set(night.round, [...(rounds.get(night.round) ?? []), night]);
  return [...rounds].sort(([a], [b]) => a - b).map(([, all]) => all);
}

/** The last record of every round of a scale, oldest round first. */
export function lastOfRounds(nights: readonly NightRecord[], scale: string): NightRecord[] {
  return roundsOf(nights, scale).flatMap((round) => round.slice(-1));
}
