/** Splits the text of a formula into tokens, each with its column. */
import { InputError } from '../../../base/errors.js';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** column of its first character, from 1 */
  readonly column: number;
}

/** Longer texts are refused. */
const LONGEST = 1000;
const PATTERN =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign><=|>=|\*\*|[-+*/^(),<>]))/y;

/** @throws InputError for a character that no formula has, and for a formula that is too long */
export function tokensOf(text: string, what: string): Token[] {
  if (text.length > LONGEST)
    throw new InputError(`${what} must be a formula of at most ${LONGEST} characters, got ${text.length}`);
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  while (pattern.lastIndex < text.trimEnd().length) {
    const begin = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) throw unexpected(text, begin, what);
    const [kind, own] =
      groups['number'] !== undefined
        ? (['number', groups['number']] as const)
        : groups['name'] !== undefined
          ? (['name', groups['name']] as const)
          : (['sign', groups['sign'] ?? ''] as const);
    tokens.push({ kind, text: own === '**' ? '^' : own, column: pattern.lastIndex - own.length + 1 });
  }
  return [...tokens, { kind: 'end', text: '', column: text.trimEnd().length + 1 }];
}

function unexpected(text: string, begin: number, what: string): InputError {
  const at = begin + text.slice(begin).search(/\S/);
  return new InputError(
    `${what} must be a formula of numbers, names, + - * / ^ < > and brackets, got '${String.fromCodePoint(text.codePointAt(at) ?? 0)}' at column ${at + 1}`,
  );
}
