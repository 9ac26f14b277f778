/** Describes the values of a setting in words. */
import type { Allowed } from './types.js';

/** The range of a number that declares none. */
const USUAL_RANGE = { integer: { min: 1, max: 1e9 }, number: { min: 0, max: 1e12 } } as const;

/** The least and the largest number; a setting of names has no range. */
export function rangeOf({ kind, min, max }: Allowed): { readonly min: number; readonly max: number } | undefined {
  if (kind !== 'integer' && kind !== 'number') return undefined;
  return { min: min ?? USUAL_RANGE[kind].min, max: max ?? USUAL_RANGE[kind].max };
}

/** `an integer from 1 to 64, or auto`. */
export function describeOne(setting: Allowed): string {
  const { kind, words = [], vocabulary, file } = setting;
  const range = rangeOf(setting);
  const orFile = file === undefined ? '' : `, or {file: PATH}`;
  if (range === undefined) return `one of ${vocabulary?.names ?? words.join(', ')}${orFile}`;
  const number = `${kind === 'integer' ? 'an integer' : 'a number'} from ${range.min} to ${range.max}`;
  return words.length === 0 ? number : `${number}, or ${words.join(', ')}`;
}

/** The same for a setting that takes several values. */
export function describeAllowed(setting: Allowed & { readonly list?: boolean }): string {
  const one = describeOne(setting);
  return setting.list === true ? `a comma-separated list, each ${one}` : one;
}
