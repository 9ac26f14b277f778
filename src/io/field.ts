/** One field of a table: a number, a missing value or a name. */
import { decimal } from '../base/decimal.js';

const INFINITE = /^([+-]?)inf(inity)?$/i;
/** Spellings of a missing value in spreadsheets, R, pandas, SQL and by hand. */
const MISSING = new Set([
  '',
  '?',
  '-',
  '--',
  '.',
  'na',
  '<na>',
  'n/a',
  '#n/a',
  '#na',
  'nan',
  '+nan',
  '-nan',
  '1.#ind',
  '-1.#ind',
  '1.#qnan',
  'nat',
  'nil',
  'none',
  'null',
  '(null)',
  '\\n',
  'missing',
  'undefined',
  '#null!',
  '#num!',
  '#div/0!',
  '#value!',
  '#ref!',
  '#name?',
]);

/** The number that a field holds, `inf` included; undefined for anything else. */
export function fieldNumber(field: string): number | undefined {
  const value = decimal(field);
  if (!Number.isNaN(value)) return value;
  const sign = INFINITE.exec(field.trim())?.[1];
  if (sign === undefined) return undefined;
  return sign === '-' ? -Infinity : Infinity;
}

/** True when a field marks a missing value. */
export function isMissing(field: string): boolean {
  return MISSING.has(field.trim().toLowerCase());
}
