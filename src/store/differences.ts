/**
 * The differences between two performances of one trial: status, error, and every bit of measures and curves, but not
 * the seconds.
 */
import { encodeNumber } from './measures.js';
import type { TrialStatus } from './status.js';
import type { StoredTrial } from './trials.js';

/** One performance of a trial. */
export interface TrialRecord extends Pick<StoredTrial, 'error' | 'measures'> {
  readonly status: TrialStatus;
  readonly curves: Readonly<Record<string, Float64Array>>;
}

/** A number as the store keeps it; a number that JSON cannot express is a word. Null: missing. */
export type Shown = number | string | null;

export interface Difference {
  /**
   * `status`, `error`, `measures.NAME`, `curves.NAME.length`, or the first value of a curve that differs:
   * `curves.NAME[INDEX]`
   */
  readonly name: string;
  readonly first: Shown;
  readonly second: Shown;
}

/** Empty when the two are equal. All NaN count as equal. */
export function differences(first: TrialRecord, second: TrialRecord): Difference[] {
  if (isSame(first, second) && sameCurves(first.curves, second.curves)) return [];
  const texts = (['status', 'error'] as const).filter((name) => first[name] !== second[name]);
  return [
    ...texts.map((name) => ({ name, first: first[name], second: second[name] })),
    ...namesOf(first.measures, second.measures).flatMap((name) =>
      numbersDiffer(`measures.${name}`, valueAt(first.measures, name), valueAt(second.measures, name)),
    ),
    ...namesOf(first.curves, second.curves).flatMap((name) =>
      curvesDiffer(`curves.${name}`, valueAt(first.curves, name), valueAt(second.curves, name)),
    ),
  ];
}

/** Whether two performances are the same but for their curves. Makes nothing, as millions of trials are compared. */
export function isSame(first: Omit<TrialRecord, 'curves'>, second: Omit<TrialRecord, 'curves'>): boolean {
  return (
    first.status === second.status && first.error === second.error && agree(first.measures, second.measures, Object.is)
  );
}

export function sameCurves(first: TrialRecord['curves'], second: TrialRecord['curves']): boolean {
  return first === second || agree(first, second, sameCurve);
}

function agree<T>(
  first: Readonly<Record<string, T>>,
  second: Readonly<Record<string, T>>,
  same: (one: T, other: T) => boolean,
): boolean {
  let left = Object.keys(second).length;
  for (const name of Object.keys(first)) {
    if (!Object.hasOwn(second, name) || !same(first[name], second[name])) return false;
    left -= 1;
  }
  return left === 0;
}

function sameCurve(first: Float64Array, second: Float64Array): boolean {
  return first.length === second.length && first.every((value, i) => Object.is(value, second[i]));
}

function namesOf(first: object, second: object): string[] {
  return [...new Set([...Object.keys(first), ...Object.keys(second)])];
}

function valueAt<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function numbersDiffer(name: string, first: number | undefined, second: number | undefined): Difference[] {
  return Object.is(first, second) ? [] : [{ name, first: shown(first), second: shown(second) }];
}

function curvesDiffer(name: string, first: Float64Array | undefined, second: Float64Array | undefined): Difference[] {
  if (first?.length !== second?.length) return numbersDiffer(`${name}.length`, first?.length, second?.length);
  const at = first?.findIndex((value, i) => !Object.is(value, second?.[i])) ?? -1;
  return at < 0 ? [] : numbersDiffer(`${name}[${at}]`, first?.[at], second?.[at]);
}

function shown(value: number | undefined): Shown {
  return value === undefined ? null : encodeNumber(value);
}
