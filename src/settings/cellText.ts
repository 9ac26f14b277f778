/** The canonical text of a cell's settings, in addresses and in the keys of streams. */
import { splitAtCommas } from './commas.js';
import type { Settings } from './types.js';

/** The form of a setting outside of brackets; a value may be a formula, e.g. `activation=where(z<=0,0,z/2)`. */
const SETTING = /^[^=,/#\s]+=[^=,#\s]+$/;

/**
 * `key=value`, sorted by key and joined by commas. Values have commas only inside brackets. Throws for a setting that
 * cannot be part of an address.
 */
export function cellText(settings: Settings): string {
  const parts = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  for (const part of parts) {
    if (!isSetting(part))
      throw new Error(
        `setting '${part}' cannot stand in an address: no space and no '#', and comma and '=' inside brackets only`,
      );
  }
  return parts.sort(byKey).join(',');
}

/** The canonical text of a text with its settings in any order; undefined for a text that is no list of settings. */
export function sortedCellText(text: string): string | undefined {
  const parts = text === '' ? [] : splitAtCommas(text);
  return parts.every(isSetting) ? parts.sort(byKey).join(',') : undefined;
}

function isSetting(part: string): boolean {
  let outside = part;
  for (let inside = ''; inside !== outside;) {
    inside = outside;
    outside = inside.replace(/\([^()#\s]*\)/g, '.');
  }
  return SETTING.test(outside);
}

// Keys are compared as code units: the order must not depend on a locale.
function byKey(a: string, b: string): number {
  const [left = ''] = a.split('=');
  const [right = ''] = b.split('=');
  return left < right ? -1 : left > right ? 1 : 0;
}
