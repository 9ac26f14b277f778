/** Where the trials of a study come from: who made them, and what else its runs record. */
import { ORIGIN_NAMES, type OriginName } from '../../store/origin.js';
import type { Provenance, StudyReader } from '../../store/reader.js';

/** Facts of a run that help to explain an origin but do not determine bits. */
const RUN_NAMES = ['commit', 'node', 'cpu'] as const;

export type FactName = OriginName | (typeof RUN_NAMES)[number];
export const FACT_NAMES: readonly FactName[] = [...ORIGIN_NAMES, ...RUN_NAMES];

/** The different values of each fact, oldest first. Facts that are not known are missing. */
export type Facts = Readonly<Partial<Record<FactName, readonly string[]>>>;

export function factsOf(store: StudyReader): Facts {
  return collect([...store.madeBy().map(({ origin }) => origin), ...store.runs().flatMap(runFacts)]);
}

/** Collects the facts of several records. */
export function collect(records: readonly Readonly<Record<string, unknown>>[]): Facts {
  return Object.fromEntries(
    FACT_NAMES.flatMap((name) => {
      const values = new Set(
        records.map((record) => record[name]).filter((value) => typeof value === 'string' && value !== 'unknown'),
      );
      return values.size === 0 ? [] : [[name, [...values]]];
    }),
  );
}

/** The facts of a run. A run that merged results was performed in several places, and each place has its own facts. */
export function runFacts(run: Provenance): Readonly<Record<string, unknown>>[] {
  const places: unknown = run['places'];
  const own = Object.fromEntries(RUN_NAMES.map((name) => [name, run[name]]));
  return Array.isArray(places)
    ? places.map((place: unknown) =>
        typeof place === 'object' && place !== null && 'cpu' in place ? { cpu: place.cpu } : {},
      )
    : [own];
}

export interface FactDifference {
  readonly name: FactName;
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** The facts that differ between two sides, or within one side. Facts that one side does not have are skipped. */
export function factDifferences(first: Facts, second: Facts): FactDifference[] {
  return FACT_NAMES.flatMap((name) => {
    const [a, b] = [first[name] ?? [], second[name] ?? []];
    return a.length === 0 || b.length === 0 || (a.length === 1 && b.length === 1 && a[0] === b[0])
      ? []
      : [{ name, first: a, second: b }];
  });
}
