/** Checks of values from callers without types: in JavaScript no compiler finds a wrong value. */
import { InputError, refuse } from './errors.js';
import { suggest } from './suggest.js';

/** One of a few words. */
export function oneOf<T extends string>(what: string, value: unknown, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const shown = String(value);
  throw new InputError(`${what} must be one of ${words.join(', ')}, got '${shown}'${suggest(shown, words)}`);
}

/** A whole number from min to max. */
export function wholeNumber(what: string, value: unknown, min: number, max: number): number {
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return fits ? value : refuse(what, `a whole number from ${min} to ${max}`, value);
}

/** A number that is accepted; `allowed` says which are. */
export function numberWhere(what: string, value: unknown, allowed: string, accept: (value: number) => boolean): number {
  return typeof value === 'number' && accept(value) ? value : refuse(what, allowed, value);
}

/** Throws `InputError` unless each of these, by name, is an object. */
export function requireObjects(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values))
    if (typeof value !== 'object' || value === null) refuse(name, 'an object', value);
}

/** Throws `InputError` unless each of these, by name, is a text. */
export function requireTexts(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) if (typeof value !== 'string') refuse(name, 'a text', value);
}
