/** Lists of values as a person types them: commas, ranges, and numbers at equal distances or ratios. */
import { decimal } from '../base/decimal.js';
import { InputError, refuse } from '../base/errors.js';
import { splitAtCommas } from './commas.js';
import type { Allowed } from './types.js';

export const LONGEST_LIST = 1000;

/** Digits of a computed number: 0.1:0.3:0.1 ends at 0.3, not at 0.30000000000000004. */
const RANGE_DIGITS = 12;
const SPACED_DIGITS = 6;

type Spacing = (first: number, last: number, share: number) => number;

/** Both ends are values of the list; `share` goes from 0 to 1. */
const SPACINGS: Readonly<Record<string, Spacing>> = {
  linspace: (first, last, share) => first + share * (last - first),
  logspace: (first, last, share) => first * (last / first) ** share,
};

/**
 * The values of a list, as texts. Numeric settings also take `FIRST:LAST`, `FIRST:LAST:STEP`, `linspace(FIRST, LAST,
 * COUNT)` and `logspace(FIRST, LAST, COUNT)`. Both ends belong to the list; LAST of a range does so if a step reaches
 * it. Values between the ends of a spacing are rounded. Of an integer setting all are, and equal ones count once.
 * @throws InputError for a range or spacing that has no values, and for a list that is too long
 */
export function typedList(what: string, text: string, setting: Pick<Allowed, 'kind'>): string[] {
  const numeric = setting.kind === 'integer' || setting.kind === 'number';
  const values = splitAtCommas(text).flatMap((typed) => {
    const part = typed.trim();
    return (numeric ? computedValues(what, part, setting.kind === 'integer')?.map(String) : undefined) ?? [part];
  });
  if (values.length > LONGEST_LIST) refuse(what, `a list of at most ${LONGEST_LIST} values`, values.length);
  return values;
}

/** The numbers of a range or a spacing; undefined for another text. */
export function computedValues(what: string, text: string, integer: boolean): number[] | undefined {
  const spaced = /^(\w+)\s*\((.*)\)$/.exec(text);
  if (spaced !== null && Object.hasOwn(SPACINGS, spaced[1])) return spacedValues(what, text, spaced, integer);
  return text.includes(':') ? rangeValues(what, text) : undefined;
}

function rangeValues(what: string, text: string): number[] {
  const numbers = text.split(':').map(decimal);
  const [first, last, step = 1] = numbers;
  const steps = Math.floor((last - first) / step + 1e-9);
  if (numbers.length > 3 || !(steps >= 0 && steps < Infinity))
    refuse(what, 'a range FIRST:LAST:STEP whose step leads from the first number to the last', text);
  requireShort(what, steps + 1, text);
  return Array.from({ length: steps + 1 }, (_, k) => rounded(first + k * step, RANGE_DIGITS));
}

function spacedValues(what: string, text: string, [, name, inside]: readonly string[], integer: boolean): number[] {
  const numbers = inside.split(',').map(decimal);
  const [first, last, count] = numbers;
  const positive = name !== 'logspace' || (first > 0 && last > 0);
  if (numbers.length !== 3 || !numbers.every(Number.isFinite) || !positive || !Number.isInteger(count) || count < 2)
    throw new InputError(
      `${what} must be ${name}(FIRST, LAST, COUNT) with ${name === 'logspace' ? 'positive ends and ' : ''}at least 2 values, got '${text}'`,
    );
  requireShort(what, count, text);
  const inner = Array.from({ length: count - 2 }, (_, k) => SPACINGS[name](first, last, (k + 1) / (count - 1)));
  const values = integer
    ? [first, ...inner, last].map(Math.round)
    : [first, ...inner.map((value) => rounded(value, SPACED_DIGITS)), last];
  return [...new Set(values)];
}

function requireShort(what: string, count: number, text: string): void {
  if (count > LONGEST_LIST)
    throw new InputError(`${what} must be a list of at most ${LONGEST_LIST} values, got ${count} of '${text}'`);
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
