/** The nights so far: a line each in a file that only grows. */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { InputError } from '../core/errors.js';
import { fileError } from '../io/files.js';
import { decodeNight, encodeNight, type NightRecord } from './record.js';

export const HISTORY_FILE = 'history.jsonl';

export interface History {
  /** oldest first */
  readonly nights: readonly NightRecord[];
  /** whether the last line was cut off while it was written */
  readonly torn: boolean;
}

/** Throws `InputError` when a whole line is not a night's. */
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
    throw new InputError(`${file}: line ${number} must be a night as basin nightly writes it, got '${line.slice(0, 40)}'; move the file away to begin a new history`);
  }
}

/** Adds a night, on the disk when this returns; what was cut off goes. */
export function appendNight(file: string, night: NightRecord): void {
  try {
    const whole = existsSync(file) ? readFileSync(file).lastIndexOf('\n') + 1 : 0;
    const handle = openSync(file, 'a');
    try {
      ftruncateSync(handle, whole);
      // Not writeSync: a disk that is nearly full takes a part and says nothing.
      writeFileSync(handle, `${encodeNight(night)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw fileError(file, 'written', error);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(file, 'read', error);
  }
}

/** The last word of the history on every round of a scale, oldest round first. */
export function lastOfRounds(nights: readonly NightRecord[], scale: string): NightRecord[] {
  const rounds = new Map(nights.filter((night) => night.scale === scale).map((night) => [night.round, night]));
  return [...rounds.values()].sort((a, b) => a.round - b.round);
}
