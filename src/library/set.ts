/** The option `set` of `runStudy` as the texts of `--set`. */
import { refuse } from '../base/errors.js';

/** `key=value,value` for each key. Throws `InputError` for anything but a plain object of numbers, texts and lists. */
export function setTexts(set: unknown): string[] {
  if (set === undefined) return [];
  if (!isPlain(set)) refuse('set', 'a plain object, e.g. { n: [50, 100] }', set);
  return Object.entries(set).map(([key, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length === 0 || !values.every(isValue))
      refuse(`set.${key}`, 'a number, a text, or a list of at least one of them', value);
    return `${key}=${values.join(',')}`;
  });
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of all objects may be that of another realm; it alone has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isValue(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
}
