/** Chooses the round on which a night works. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../base/errors.js';
import { EXPERIMENTS } from '../../experiments/registry.js';
import type { Scale } from '../../settings/scale.js';
import type { NightRecord } from '../../nightly/record.js';
import { roundFolder, storedRounds } from '../../nightly/rounds.js';
import { STORE_FILE } from '../../store/found.js';
import { requireSameExperiment, requireSameIdentity, type StudyIdentity } from '../../store/identity.js';
import { openStudy, readStudy } from '../../store/open.js';
import type { StudyReader } from '../../store/reader.js';
import type { StudyWriter } from '../../store/writer.js';
import { gridOf, type ChosenExperiment, type ExperimentGrid } from '../../study/grid/cells.js';
import { resolveValues } from '../../study/grid/values.js';

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
  /** the grids that this night requests, and those that earlier nights of the round requested */
  readonly grids: readonly ExperimentGrid[];
  readonly notes: readonly string[];
}

/**
 * The round of the last night, or the next round. The next round begins when the last one is over, or when this program
 * would not reproduce its results. A round that is over goes on when a night asks for an experiment that none of its
 * nights asked for. Throws `InputError` when the round has another seed or scale, or its store is damaged.
 */
export function openRound(request: RoundRequest, nights: readonly NightRecord[]): OpenRound {
  const { directory, scale, seed, chosen } = request;
  const last = Math.max(0, ...storedRounds(directory), ...nights.map(({ round }) => round));
  const over = last === 0 || (nights.some((night) => night.round === last && night.over) && !asksMore(nights, request));
  const identityOf = (round: number): StudyIdentity => ({ seed: seed ?? round, scale, overrides: {} });
  const { others, outdated } = over
    ? NOTHING_BEGUN
    : begunBefore(join(directory, roundFolder(last)), identityOf(last), chosen);
  const next = over || outdated !== undefined;
  const round = next ? last + 1 : last;
  const identity = identityOf(round);
  const grids = (next ? chosen : [...chosen, ...others]).map((one) => gridOf(one, identity.seed));
  const store = openStudy(join(directory, roundFolder(round)), identity);
  const notes = [
    ...(outdated === undefined ? [] : [`round ${last} is left unfinished: ${outdated}`]),
    ...(next || others.length === 0
      ? []
      : [
          `earlier nights of round ${round} were asked for more: ${others.map(({ experiment: { id } }) => id).join(', ')}`,
        ]),
  ];
  return { round, store, grids, notes };
}

/** Is an experiment chosen that the last night's round does not have yet? The scale has to be that of the round. */
function asksMore(nights: readonly NightRecord[], { chosen, scale }: RoundRequest): boolean {
  const night = nights.at(-1);
  if (night?.scale !== scale) return false;
  const asked = new Set(night.experiments.map(({ id }) => id));
  return chosen.some(({ experiment }) => !asked.has(experiment.id));
}

interface Begun {
  /** experiments that earlier nights were asked for and that are not chosen now */
  readonly others: readonly ChosenExperiment[];
  /** why this program's experiments cannot continue the study */
  readonly outdated?: string | undefined;
}

const NOTHING_BEGUN: Begun = { others: [] };

function begunBefore(folder: string, identity: StudyIdentity, chosen: readonly ChosenExperiment[]): Begun {
  if (!existsSync(join(folder, STORE_FILE))) return NOTHING_BEGUN;
  const store = readStudy(folder);
  try {
    requireSameIdentity(folder, store.identity, identity);
    const others = othersIn(store, chosen);
    return { others, outdated: outdatedBy(folder, store, [...chosen, ...others]) };
  } finally {
    store.close();
  }
}

function othersIn(store: StudyReader, chosen: readonly ChosenExperiment[]): ChosenExperiment[] {
  const begun = new Set(store.experiments().map(({ id }) => id));
  for (const { experiment } of chosen) begun.delete(experiment.id);
  return EXPERIMENTS.filter(({ id }) => begun.has(id)).map((experiment) => ({
    experiment,
    values: resolveValues(experiment, store.identity.scale, new Map()),
  }));
}

function outdatedBy(folder: string, store: StudyReader, chosen: readonly ChosenExperiment[]): string | undefined {
  const stored = store.experiments();
  return chosen
    .map(({ experiment: { id, version }, values }) => {
      const before = stored.find((experiment) => experiment.id === id);
      return before === undefined ? undefined : differenceOf(folder, before, { id, version, values });
    })
    .find((difference) => difference !== undefined);
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
