/** Checks of values from callers without types: in JavaScript no compiler finds a wrong value. */
import { InputError, refuse, textOf } from './errors.js';
import { suggest } from './suggest.js';

/** One of a few words. */
export function oneOf<T extends string>(what: string, value: unknown, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const shown = textOf(value);
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

/** A text with at least one character; `allowed` says what it is. */
export function filledText(what: string, value: unknown, allowed: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(what, allowed, value);
}

/** True or false; false for undefined. */
export function flag(what: string, value: unknown): boolean {
  return value === undefined || typeof value === 'boolean' ? value === true : refuse(what, 'true or false', value);
}

/** Throws `InputError` unless each of these, by name, is a function or undefined. */
export function requireFunctions(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && typeof value !== 'function') refuse(name, 'a function', value);
}

/** Throws `InputError` unless the value has the methods of an `AbortSignal`, or is undefined. */
export function requireSignal(what: string, value: unknown): void {
  if (value === undefined) return;
  const methods = ['addEventListener', 'removeEventListener', 'throwIfAborted'];
  const given = Object(value) as Record<string, unknown>;
  if (methods.some((method) => typeof given[method] !== 'function')) refuse(what, 'an AbortSignal', value);
}

/** Throws `InputError` for a property that no table of names has; a wrong name would leave its option at the default. */
export function requireNames(what: string, value: object, names: Readonly<Record<string, true>>): void {
  const known = Object.keys(names);
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) refuse(`a name in ${what}`, `one of ${known.join(', ')}`, other, suggest(other, known));
}
