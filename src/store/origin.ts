/** The origin of a trial: the facts about program and machine that, besides the address, determine its bits. */

/**
 * build: version of the program and digest of its code (study/provenance/build.ts); blas: the core that OpenBLAS runs; openblas:
 * its version; vector: Highway's target; v8, platform: whose Math and C library were called.
 */
export const ORIGIN_NAMES = ['build', 'blas', 'openblas', 'vector', 'v8', 'platform'] as const;
export type OriginName = (typeof ORIGIN_NAMES)[number];

/** Facts by name; unknown ones are missing. */
export type Origin = Readonly<Partial<Record<OriginName, string | undefined>>>;

/** All facts of an origin except the code, all known. */
export type Machine = Readonly<Record<Exclude<OriginName, 'build'>, string>>;

/** The number of trials that one origin made. */
export interface MadeBy {
  readonly origin: Origin;
  readonly trials: number;
}

/** The origin in a record of facts, in the order of the names, so that equal origins give equal JSON. */
export function originOf(facts: Readonly<Record<string, unknown>>): Origin {
  return Object.fromEntries(
    ORIGIN_NAMES.flatMap((name) => (typeof facts[name] === 'string' ? [[name, facts[name]]] : [])),
  );
}

/** True when two origins give a trial the same bits: all facts of both are known and equal. */
export function sameOrigin(first: Origin, second: Origin): boolean {
  return ORIGIN_NAMES.every((name) => first[name] !== undefined && first[name] === second[name]);
}

/** The hexadecimal digest of the code, without the preceding version; undefined where it is unknown. */
export function codeOf({ build }: Origin): string | undefined {
  return build?.slice(build.indexOf('+') + 1);
}

/**
 * The facts on which all runs of a store of schema 1 agree, taken for all its trials. In this schema trials did not
 * record their origin.
 */
export function agreedOrigin(runs: readonly Readonly<Record<string, unknown>>[]): Origin {
  const [first = {}, ...others] = runs.flatMap(originsOfRun);
  return originOf(
    Object.fromEntries(
      ORIGIN_NAMES.map((name) => [
        name,
        others.every((other) => other[name] === first[name]) ? first[name] : undefined,
      ]),
    ),
  );
}

/** A run that merged results has one record for every kind of machine. */
function originsOfRun(run: Readonly<Record<string, unknown>>): Origin[] {
  if (Array.isArray(run['places']))
    return run['places'].map((place: unknown) => originOf({ ...record(place), build: run['build'] }));
  const native = record(run['native']);
  // A run has the whole version of V8, an origin its first two numbers.
  return [
    originOf({ ...run, v8: undefined, blas: record(native['openblas'])['core'], vector: native['vectorTarget'] }),
  ];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
