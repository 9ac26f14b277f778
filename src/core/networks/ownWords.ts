/**
 * A user's own words: what the user's module defines in addition to the tables of this folder. They are in force only
 * while code of that user's study runs; see definitions/within.ts.
 */
import { InputError } from '../../base/errors.js';
import { decimal } from '../../base/decimal.js';
import type { RandomKernels, StreamAddress } from '../kernels/randomContract.js';
import type { Activation } from './activationTable.js';
import type { Loss } from './lossTable.js';

/** The number after the colon of `word:number`. */
export interface OwnArgument {
  readonly name: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** X (n, d), row-major, is filled with samples. */
export interface OwnInputs {
  readonly draw: (kernels: RandomKernels, values: Float64Array, dimension: number, stream: StreamAddress) => void;
}

/** W* (K, d), before the scale of the settings. */
export interface OwnTeacher {
  readonly draw: (
    kernels: RandomKernels,
    asked: { readonly neurons: number; readonly dimension: number; readonly stream: StreamAddress },
  ) => Float64Array;
}

/** L starts W0 (L, rows, m) beside a teacher, which has rows of the same length m. */
export interface OwnStart {
  readonly draw: (
    kernels: RandomKernels,
    asked: {
      readonly teacher: Float64Array;
      readonly rows: number;
      readonly length: number;
      readonly starts: number;
      readonly stream: StreamAddress;
    },
  ) => Float64Array;
}

interface OwnEntries {
  readonly activation: Activation;
  readonly loss: Loss;
  readonly inputs: OwnInputs;
  readonly teacher: OwnTeacher;
  readonly start: OwnStart;
}

/** The kinds of words that can be defined; each is the name of the setting that takes them. */
export type OwnKind = keyof OwnEntries;

export interface OwnWord<Entry> {
  readonly description: string;
  readonly argument?: OwnArgument | undefined;
  /** NaN for a word without an argument */
  readonly entry: (argument: number) => Entry;
}

export type OwnWords = { readonly [Kind in OwnKind]: Readonly<Record<string, OwnWord<OwnEntries[Kind]>>> };

export const NO_OWN_WORDS: OwnWords = { activation: {}, loss: {}, inputs: {}, teacher: {}, start: {} };

export function isOwnKind(name: string): name is OwnKind {
  return Object.hasOwn(NO_OWN_WORDS, name);
}

let inForce = NO_OWN_WORDS;

/** Runs a synchronous function with a user's own words in force. */
export function withOwnWords<T>(words: OwnWords, run: () => T): T {
  const before = inForce;
  inForce = words;
  try {
    return run();
  } finally {
    inForce = before;
  }
}

/** The user's own words of a kind, for messages. */
export function ownNames(kind: OwnKind): string[] {
  return Object.keys(inForce[kind]);
}

/** How a user describes her own word; undefined and throws as `ownEntry`. */
export function ownDescription(kind: OwnKind, text: string): string | undefined {
  return find(kind, text)?.word.description;
}

/**
 * The definition of a user's own word; undefined where the text begins with no such word. Throws `InputError` for a
 * wrong argument.
 */
export function ownEntry<Kind extends OwnKind>(kind: Kind, text: string): OwnEntries[Kind] | undefined {
  const found = find(kind, text);
  return found?.word.entry(found.argument);
}

/**
 * The canonical form of a user's own word, without the default argument. Returns undefined and throws as `ownEntry`
 * does.
 */
export function ownName(kind: OwnKind, text: string): string | undefined {
  const found = find(kind, text);
  if (found === undefined) return undefined;
  const { name, argument, word } = found;
  return word.argument === undefined || argument === word.argument.default ? name : `${name}:${argument}`;
}

function find<Kind extends OwnKind>(kind: Kind, text: string) {
  const [name, ...rest] = text.split(':');
  const table: OwnWords[Kind] = inForce[kind];
  if (!Object.hasOwn(table, name)) return undefined;
  const word: OwnWord<OwnEntries[Kind]> = table[name];
  return { name, word, argument: argumentOf(`${kind} ${name}`, word.argument, text, rest) };
}

function argumentOf(what: string, argument: OwnArgument | undefined, text: string, given: readonly string[]): number {
  if (argument === undefined) {
    if (given.length > 0) throw new InputError(`${what} must be given without an argument, got '${text}'`);
    return Number.NaN;
  }
  const { name, min, max, default: usual } = argument;
  const value = given.length === 0 ? usual : decimal(given.join(':'));
  if (value >= min && value <= max) return value === 0 ? 0 : value;
  throw new InputError(`${what}:${name} must have a number from ${min} to ${max} as ${name}, got '${text}'`);
}
