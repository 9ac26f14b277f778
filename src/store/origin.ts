/** Who made a trial: what decides its bits, beside its address. */

/**
 * build: version of the program and digest of its code (study/provenance/build.ts); blas: the core that OpenBLAS runs; openblas:
 * its version; vector: Highway's target; v8, platform: whose Math and C library were called.
 */
export const ORIGIN_NAMES = ['build', 'blas', 'openblas', 'vector', 'v8', 'platform'] as const;
export type OriginName = (typeof ORIGIN_NAMES)[number];

/** By name; what is not known is missing. */
export type Origin = Readonly<Partial<Record<OriginName, string | undefined>>>;

/** Of an origin all but the code, and all known. */
export type Machine = Readonly<Record<Exclude<OriginName, 'build'>, string>>;

/** Trials that one origin made. */
export interface MadeBy {
  readonly origin: Origin;
  readonly trials: number;
}

/** What of a record of facts is an origin, in the order of the names: equal origins give equal JSON. */
export function originOf(facts: Readonly<Record<string, unknown>>): Origin {
  return Object.fromEntries(
    ORIGIN_NAMES.flatMap((name) => (typeof facts[name] === 'string' ? [[name, facts[name]]] : [])),
  );
}

/** Whether two origins give a trial the same bits: all is known of both, and equal. */
export function sameOrigin(first: Origin, second: Origin): boolean {
  return ORIGIN_NAMES.every((name) => first[name] !== undefined && first[name] === second[name]);
}

/** The hexadecimal digest of the code, without the version before it; undefined where it is not known. */
export function codeOf({ build }: Origin): string | undefined {
  return build?.slice(build.indexOf('+') + 1);
}

/**
 * What the runs of a store of schema 1 say of all its trials: the values on which they agree. Its trials did not say
 * who made them.
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

/** A run that merged results has one for every kind of place. */
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
