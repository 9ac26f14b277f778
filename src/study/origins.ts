/** Where bits come from: what the runs of a study say of the program and the machine that may show in the last bits of a result. */
import type { Provenance } from '../store/reader.js';

/** By name; what a run does not say is missing. */
export type Origin = Readonly<Partial<Record<OriginName, string>>>;
export type OriginName = (typeof ORIGIN_NAMES)[number];

/** build: version of the program and digest of the addon's file. */
export const ORIGIN_NAMES = ['build', 'commit', 'blas', 'vector', 'node', 'cpu'] as const;
/** Those that fix the bits of a trial, given its address. */
const DECIDING: readonly OriginName[] = ['build', 'blas', 'vector'];

/** The different origins of a study's runs, oldest first. A run that merged results has one for every kind of machine. */
export function originsOf(runs: readonly Provenance[]): Origin[] {
  const origins = runs.flatMap((run) => (Array.isArray(run['places']) ? run['places'].map((place: unknown) => mergedOrigin(run, place)) : [originOf(run)]));
  return [...new Map(origins.map((origin) => [JSON.stringify(origin), origin])).values()];
}

export function originOf(run: Provenance): Origin {
  const native = record(run['native']);
  return texts({ ...run, blas: record(native['openblas'])['core'], vector: native['vectorTarget'] });
}

function mergedOrigin(run: Provenance, place: unknown): Origin {
  const { blas, vector, cpu } = record(place);
  return texts({ build: run['build'], blas, vector, cpu });
}

/** Whether two studies were made by one build on one kind of machine, as far as bits go, and say so. */
export function sameOrigin(first: readonly Origin[], second: readonly Origin[]): boolean {
  return DECIDING.every((name) => {
    const values = new Set([...first, ...second].map((origin) => origin[name]));
    return values.size === 1 && !values.has(undefined);
  });
}

export interface OriginDifference {
  readonly name: OriginName;
  readonly first: readonly string[];
  readonly second: readonly string[];
}

/** What differs between the origins of two studies, or within one; what one side does not say is passed over. */
export function originDifferences(first: readonly Origin[], second: readonly Origin[]): OriginDifference[] {
  return ORIGIN_NAMES.flatMap((name) => {
    const [a, b] = [first, second].map((origins) => [...new Set(origins.flatMap((origin) => origin[name] ?? []))]);
    return a.length === 0 || b.length === 0 || (a.length === 1 && b.length === 1 && a[0] === b[0]) ? [] : [{ name, first: a, second: b }];
  });
}

function texts(values: Readonly<Record<string, unknown>>): Origin {
  const known = ORIGIN_NAMES.flatMap((name) => (typeof values[name] === 'string' && values[name] !== 'unknown' ? [[name, values[name]] as const] : []));
  return Object.fromEntries(known);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
}
