import { oneOf } from '../base/allowed.js';
import { refuse } from '../base/errors.js';
import { decimal } from '../base/decimal.js';

/** Parses a finite number within bounds from the text of an option. */
export function parseNumber(option: string, text: string, allowed: string, accept: (value: number) => boolean): number {
  const value = decimal(text);
  if (!Number.isFinite(value) || !accept(value)) refuse(option, allowed, text);
  return value;
}

/** Parses a whole number from min to max. */
export function parseInteger(option: string, text: string, min: number, max: number): number {
  return parseNumber(
    option,
    text,
    `a whole number from ${min} to ${max}`,
    (value) => Number.isInteger(value) && value >= min && value <= max,
  );
}

/** Parses one of the words in `choices`. */
export function parseChoice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  return oneOf(option, text, choices);
}

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400 };

/** Parses a duration such as `90s`, `30m`, `1.5h` or `2d` into seconds; at most 365 days. */
export function parseDuration(option: string, text: string): number {
  const allowed = 'a duration such as 90s, 30m or 2h (at most 365d)';
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim());
  if (match === null) return refuse(option, allowed, text);
  const seconds = Number(match[1]) * SECONDS_PER_UNIT[match[2]];
  if (!(seconds > 0 && seconds <= 365 * 86400)) refuse(option, allowed, text);
  return seconds;
}

const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Parses an amount of memory such as `500MB`, `4GB` or `2GiB` into bytes; at most 1000 TB. */
export function parseBytes(option: string, text: string): number {
  const allowed = 'an amount of memory such as 500MB, 4GB or 2GiB (at most 1000TB)';
  const match = /^(\d+(?:\.\d+)?)([MGT]i?B)$/.exec(text.trim());
  if (match === null) return refuse(option, allowed, text);
  const bytes = Number(match[1]) * BYTES_PER_UNIT[match[2]];
  if (!(bytes > 0 && bytes <= 1e15)) refuse(option, allowed, text);
  return bytes;
}
