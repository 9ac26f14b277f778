/** The text that stands for the settings of a cell, in addresses and in the keys of streams. */
import type { Settings } from './types.js';

const SETTING = /^[^=,/#\s]+=[^=,/#\s]+$/;

/** `key=value`, sorted by key, joined by commas. Throws for a setting that cannot stand in an address. */
export function cellText(settings: Settings): string {
  const parts = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  for (const part of parts) {
    if (!SETTING.test(part)) throw new Error(`setting '${part}' cannot stand in an address: no space, comma, '=', '/' or '#'`);
  }
  return parts.sort(byKey).join(',');
}

/** The same of a text whose settings come in any order; undefined for a text that is none. */
export function sortedCellText(text: string): string | undefined {
  const parts = text === '' ? [] : text.split(',');
  return parts.every((part) => SETTING.test(part)) ? parts.sort(byKey).join(',') : undefined;
}

// Keys are compared as code units: the order must not depend on a locale.
function byKey(a: string, b: string): number {
  const [left = ''] = a.split('=');
  const [right = ''] = b.split('=');
  return left < right ? -1 : left > right ? 1 : 0;
}
