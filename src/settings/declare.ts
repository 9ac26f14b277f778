/**
 * The functions that declare a setting. Types, `--set`, `list`, the schema of study files and messages are made from
 * what they return.
 */
import { byScale, type PerScale } from './scale.js';
import type { Asked, FileValue, List, SettingValue, Single, Vocabulary } from './types.js';

interface OneValue<V> {
  readonly list?: false;
  readonly default: PerScale<V>;
}

interface SeveralValues<V> {
  readonly list: true;
  readonly default: PerScale<readonly V[]>;
}

interface InRange {
  readonly description: string;
  readonly integer?: boolean;
  readonly min?: number;
  readonly max?: number;
}

/** Words that a numeric setting accepts besides numbers, e.g. `auto`. */
interface OrWords<W extends string> extends InRange {
  readonly words: readonly W[];
}

type NumberGiven = (InRange | OrWords<string>) & (OneValue<SettingValue> | SeveralValues<SettingValue>);

/** A number in a range, or one of a few words. */
export function number(given: InRange & SeveralValues<number>): List<number>;
export function number(given: InRange & OneValue<number>): Single<number>;
export function number<const W extends string>(
  given: OrWords<W> & SeveralValues<number | NoInfer<W>>,
): List<number | W>;
export function number<const W extends string>(given: OrWords<W> & OneValue<number | NoInfer<W>>): Single<number | W>;
export function number({ integer = false, ...given }: NumberGiven): Single<SettingValue> | List<SettingValue> {
  const kind = integer ? 'integer' : 'number';
  return given.list === true
    ? { ...given, kind, default: byScale(given.default) }
    : { ...given, kind, default: byScale(given.default) };
}

/** A number without a default: the user of the setting has to give it. */
export function required({ integer = false, ...given }: InRange): Asked<number> {
  return { ...given, kind: integer ? 'integer' : 'number' };
}

interface Described {
  readonly description: string;
}

/** One of some words. */
export function choice<const W extends string>(
  words: readonly W[],
  given: Described & SeveralValues<NoInfer<W>>,
): List<W>;
export function choice<const W extends string>(words: readonly W[], given: Described & OneValue<NoInfer<W>>): Single<W>;
export function choice<W extends string>(
  words: readonly W[],
  given: Described & (OneValue<W> | SeveralValues<W>),
): Single<W> | List<W> {
  const kind = 'choice';
  return given.list === true
    ? { ...given, kind, words, default: byScale(given.default) }
    : { ...given, kind, words, default: byScale(given.default) };
}

/** One of some words, or a file of numbers. */
export function choiceOrFile<const W extends string>(
  words: readonly W[],
  { file, ...given }: Described & OneValue<NoInfer<W>> & { readonly file: string },
): Single<W | FileValue> {
  return { ...given, kind: 'choice', words, file, default: byScale<W | FileValue>(given.default) };
}

/** A name of a vocabulary. */
export function named(vocabulary: Vocabulary, given: Described & SeveralValues<string>): List<string>;
export function named(vocabulary: Vocabulary, given: Described & OneValue<string>): Single<string>;
export function named(
  vocabulary: Vocabulary,
  given: Described & (OneValue<string> | SeveralValues<string>),
): Single<string> | List<string> {
  const { kind } = vocabulary;
  return given.list === true
    ? { ...given, kind, vocabulary, default: byScale(given.default) }
    : { ...given, kind, vocabulary, default: byScale(given.default) };
}

/** The same setting with another default. */
export function withDefault<V extends SettingValue>(setting: Single<V>, value: PerScale<NoInfer<V>>): Single<V> {
  return { ...setting, default: byScale<V>(value) };
}
