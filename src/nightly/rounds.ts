/** The folders of rounds: `rounds/0007` is the study of round 7. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureWritableDirectory } from '../base/directory.js';
import { disk } from '../base/disk.js';
import { namesIn } from '../base/read.js';
import { InputError } from '../base/errors.js';
import { STORE_FILE } from '../store/found.js';
import { HISTORY_FILE } from './history.js';
import type { ExperimentRecord, NightRecord } from './record.js';

export const ROUNDS_FOLDER = 'rounds';
const NAME = /^\d{4,9}$/;

/** Makes the folder of all nights if it is missing. Throws `InputError` when it holds something else. */
export function requireNightlyFolder(directory: string): void {
  ensureWritableDirectory(directory);
  const names = namesIn(directory);
  const foreign = names.find((name) => !name.startsWith('.') && !name.startsWith('basin.lock'));
  if (foreign !== undefined && !names.includes(ROUNDS_FOLDER) && !names.includes(HISTORY_FILE)) {
    throw new InputError(
      `the output folder must be empty or that of earlier nights, got '${directory}', which holds '${foreign}'`,
    );
  }
  ensureWritableDirectory(join(directory, ROUNDS_FOLDER));
}

/** With forward slashes, as a link needs it. */
export function roundFolder(round: number): string {
  return `${ROUNDS_FOLDER}/${String(round).padStart(4, '0')}`;
}

/** The rounds that have a study, oldest first. */
export function storedRounds(directory: string): number[] {
  const names = namesIn(join(directory, ROUNDS_FOLDER)).filter(
    (name) => NAME.test(name) && existsSync(join(directory, ROUNDS_FOLDER, name, STORE_FILE)),
  );
  return names.map(Number).sort((a, b) => a - b);
}

/** The state of an experiment in a round. `final`: the round can do no more for it. */
export interface RoundState {
  readonly record: ExperimentRecord;
  readonly final: boolean;
}

/**
 * True when the next night begins the next round. An experiment that crashes in two nights of a round does not delay
 * it.
 */
export function isOver(states: readonly RoundState[], round: number, nights: readonly NightRecord[]): boolean {
  const earlier = nights.filter((night) => night.round === round).flatMap(({ experiments }) => experiments);
  const crashedBefore = (id: string): boolean =>
    earlier.some((experiment) => experiment.id === id && experiment.failure !== null);
  return states.every(({ record: { id, failure }, final }) => final || (failure !== null && crashedBefore(id)));
}

/** The rounds that are over and not among the `keep` last of them. */
export function expiredRounds(rounds: readonly number[], current: number, over: boolean, keep: number): number[] {
  const finished = rounds.filter((round) => round < current || (round === current && over));
  return finished.slice(0, Math.max(0, finished.length - keep));
}

/** Removes rounds and returns those that cannot be removed; the page is written nevertheless. */
export function removeRounds(directory: string, rounds: readonly number[]): number[] {
  return rounds.filter((round) => {
    try {
      disk().removeTree(join(directory, roundFolder(round)));
      return false;
    } catch {
      return true;
    }
  });
}
