import type { Allowed, Asked, Given, SettingValue } from './types.js';

/**
 * Whether an object has a value of the right kind for every declared setting. Words and ranges are not compared: they
 * were when the value was read, and a choice may also have words of a user's own.
 */
export function isGiven<D extends Readonly<Record<string, Asked<SettingValue>>>>(
  declared: D,
  settings: unknown,
): settings is Given<D> {
  if (typeof settings !== 'object' || settings === null) return false;
  const valueOf = (name: string): unknown => (Object.hasOwn(settings, name) ? Reflect.get(settings, name) : undefined);
  return Object.entries(declared).every(([name, setting]) => isOfKind(setting, valueOf(name)));
}

function isOfKind({ kind, words, file }: Allowed, value: unknown): boolean {
  const isNumeric = kind === 'integer' || kind === 'number';
  if (typeof value === 'number') return isNumeric;
  return typeof value === 'string' && (!isNumeric || words !== undefined || file !== undefined);
}
