/** Which round a night works on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/errors.js';
import type { Scale } from '../experiments/spec.js';
import type { NightRecord } from '../nightly/record.js';
import { roundFolder, storedRounds } from '../nightly/rounds.js';
import { STORE_FILE } from '../store/folder.js';
import { requireSameExperiment, requireSameIdentity, type StudyIdentity } from '../store/identity.js';
import { openStudy, readStudy } from '../store/open.js';
import type { StudyWriter } from '../store/writer.js';
import type { ChosenExperiment } from '../study/track.js';

export interface RoundRequest {
  readonly directory: string;
  readonly scale: Scale;
  /** default: the round's number */
  readonly seed?: number;
  readonly chosen: readonly ChosenExperiment[];
}

export interface OpenRound {
  readonly round: number;
  readonly store: StudyWriter;
  readonly notes: readonly string[];
}

/**
 * The round that the last night left, or the next one: after a round that is over, and after one whose results this program
 * would not have. Throws `InputError` when the round has another seed or scale, or its store is damaged.
 */
export function openRound(request: RoundRequest, nights: readonly NightRecord[]): OpenRound {
  const { directory, scale, seed, chosen } = request;
  const last = Math.max(0, ...storedRounds(directory), ...nights.map(({ round }) => round));
  const over = last === 0 || nights.some((night) => night.round === last && night.over);
  const identityOf = (round: number): StudyIdentity => ({ seed: seed ?? round, scale, overrides: {} });
  const outdated = over ? undefined : outdatedBy(join(directory, roundFolder(last)), identityOf(last), chosen);
  const round = over || outdated !== undefined ? last + 1 : last;
  const store = openStudy(join(directory, roundFolder(round)), identityOf(round));
  return { round, store, notes: outdated === undefined ? [] : [`round ${last} is left unfinished: ${outdated}`] };
}

/** Why a study cannot go on with this program's experiments. */
function outdatedBy(folder: string, identity: StudyIdentity, chosen: readonly ChosenExperiment[]): string | undefined {
  if (!existsSync(join(folder, STORE_FILE))) return undefined;
  const store = readStudy(folder);
  try {
    requireSameIdentity(folder, store.identity, identity);
    const stored = store.experiments();
    return chosen.map(({ experiment: { id, version }, values }) => {
      const before = stored.find((experiment) => experiment.id === id);
      return before === undefined ? undefined : differenceOf(folder, before, { id, version, values });
    }).find((difference) => difference !== undefined);
  } finally {
    store.close();
  }
}

function differenceOf(...experiments: Parameters<typeof requireSameExperiment>): string | undefined {
  try {
    requireSameExperiment(...experiments);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
