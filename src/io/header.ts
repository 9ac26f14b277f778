/**
 * Decides whether the first line of a table holds names or numbers. A wrong guess would lose a sample or invent one, so
 * an ambiguous line is refused.
 */
import { fieldNumber, isMissing } from './field.js';
import type { CsvRecord } from './records.js';

export const HEADER_MODES = ['auto', 'yes', 'no'] as const;
export type HeaderMode = (typeof HEADER_MODES)[number];

/** What the lines after the first show about it. */
export interface OtherLines {
  /** lines of numbers */
  readonly rows: number;
  /** true when some number is written as an integer, without point or exponent */
  readonly anyInteger: boolean;
  /** true when some line has every field in quotes */
  readonly anyQuoted: boolean;
  /** number of lines of numbers that the file must have, where another file determines it */
  readonly expected?: number | undefined;
}

/** The kind of the first line; `unclear` says why. */
export type FirstLine = { readonly is: 'names' | 'numbers' } | { readonly is: 'unclear'; readonly why: string };

/** Fewer numbers than this, all with a fraction, say nothing about a first line of integers. */
const TELLING_NUMBERS = 8;
const INTEGER = /^\s*[+-]?\d+\s*$/;

export const isInteger = (field: string): boolean => INTEGER.test(field);

/** Whether a field can be the name of a column: neither a number nor a missing value. */
export const isName = (field: string): boolean => fieldNumber(field) === undefined && !isMissing(field);

/**
 * Judges a first line of numbers: pandas writes 0, 1, …, d − 1 over an array, other programs years or quoted numbers.
 */
export function judgeNumbers(first: CsvRecord, others: OtherLines): FirstLine {
  if (others.expected === others.rows && first.fields.every(isInteger)) return { is: 'names' };
  if (others.expected === others.rows + 1) return { is: 'numbers' };
  return judgeByLook(first, others);
}

function judgeByLook({ fields, quoted }: CsvRecord, others: OtherLines): FirstLine {
  const integers = fields.every(isInteger);
  const countsUp = integers && fields.every((field, i) => Number(field) === i);
  const fractionsBelow = !others.anyInteger && others.rows > 0;
  if (countsUp && fractionsBelow && fields.length > 1) return { is: 'names' };
  const telling = others.rows * fields.length >= TELLING_NUMBERS;
  const doubts = [
    [quoted && !others.anyQuoted && others.rows > 0, 'it stands in quotes and the lines below do not'],
    [countsUp && others.expected === undefined, 'it counts the columns from 0, as pandas does over an array'],
    [integers && fractionsBelow && telling, 'it holds integers and every number below has a fraction'],
  ] as const;
  const doubt = doubts.find(([applies]) => applies);
  return doubt === undefined ? { is: 'numbers' } : { is: 'unclear', why: doubt[1] };
}
