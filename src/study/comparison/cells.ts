/** Which cells two studies share, and what differs between the studies. */
import type { SettingValue } from '../../settings/types.js';
import { canonicalJson, type StoredExperiment } from '../../store/identity.js';
import type { StoredCell, StudyReader } from '../../store/reader.js';
import { trialSettings } from '../../settings/trialSettings.js';

/**
 * How two trials of equal address are related. same: they are the same trial, so that one build gives the same bits;
 * paired: values of a setting, the partitions or the precision differ, but the random numbers are the same; independent:
 * the seeds differ.
 */
export type Relation = 'same' | 'paired' | 'independent';

export interface SharedCell {
  readonly relation: Relation;
  readonly a: StoredCell;
  readonly b: StoredCell;
}

/** A setting that is not in the grid and whose value differs. */
export interface ValueDifference {
  readonly experiment: string;
  readonly name: string;
  readonly a: SettingValue | undefined;
  readonly b: SettingValue | undefined;
}

export interface Overlap {
  readonly experiments: readonly { readonly a: StoredExperiment; readonly b: StoredExperiment }[];
  readonly shared: readonly SharedCell[];
  /** the cells, as `ID/CELL` */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  readonly values: readonly ValueDifference[];
  /** the experiments whose trials cannot be compared, because their meaning has changed */
  readonly versions: readonly { readonly experiment: string; readonly a: number; readonly b: number }[];
}

/** Two cells are shared when experiment, version, canonical text and settings agree. */
export function overlapOf(a: StudyReader, b: StudyReader): Overlap {
  const others = new Map(b.experiments().map((experiment) => [experiment.id, experiment]));
  const both = a.experiments().flatMap((first) => {
    const second = others.get(first.id);
    return second === undefined ? [] : [{ a: first, b: second }];
  });
  const experiments = both.filter((pair) => pair.a.version === pair.b.version);
  const shared = experiments.flatMap((pair) => sharedCells(a, b, pair.a, pair.b));
  return {
    experiments,
    shared,
    onlyA: cellsBeside(
      a,
      shared.map((cell) => cell.a),
    ),
    onlyB: cellsBeside(
      b,
      shared.map((cell) => cell.b),
    ),
    values: experiments.flatMap((pair) => valueDifferences(pair.a, pair.b)),
    versions: both
      .filter((pair) => pair.a.version !== pair.b.version)
      .map((pair) => ({ experiment: pair.a.id, a: pair.a.version, b: pair.b.version })),
  };
}

function sharedCells(a: StudyReader, b: StudyReader, first: StoredExperiment, second: StoredExperiment): SharedCell[] {
  const others = new Map(b.cells(second.id).map((cell) => [cell.text, cell]));
  const sameNumbers = a.identity.seed === b.identity.seed;
  const sameCut = a.identity.partitions === b.identity.partitions && a.identity.precision === b.identity.precision;
  return a.cells(first.id).flatMap((cell) => {
    const other = others.get(cell.text);
    if (other === undefined || canonicalJson(cell.settings) !== canonicalJson(other.settings)) return [];
    const sameTrials = sameCut && whatTrialsAre(first, cell) === whatTrialsAre(second, other);
    return [{ a: cell, b: other, relation: !sameNumbers ? 'independent' : sameTrials ? 'same' : 'paired' }];
  });
}

/** A text of everything on which a trial of the cell depends; the number of trials is not part of it. */
function whatTrialsAre({ values }: StoredExperiment, { settings }: StoredCell): string {
  return canonicalJson(
    Object.fromEntries(Object.entries(trialSettings(values, settings)).filter(([name]) => !name.startsWith('trials'))),
  );
}

function cellsBeside(store: StudyReader, shared: readonly StoredCell[]): string[] {
  const ids = new Set(shared.map(({ id }) => id));
  return store
    .experiments()
    .flatMap(({ id }) => store.cells(id))
    .filter(({ id }) => !ids.has(id))
    .map(({ experiment, text }) => `${experiment}/${text}`);
}

function valueDifferences(first: StoredExperiment, second: StoredExperiment): ValueDifference[] {
  const [a, b] = [first, second].map(({ values }) => trialSettings(values, {}));
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names
    .filter((name) => a[name] !== b[name])
    .map((name) => ({ experiment: first.id, name, a: a[name], b: b[name] }));
}
