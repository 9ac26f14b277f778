/** Declarations of settings, and the types that follow from them. */
import type { ByScale } from './scale.js';

export type SettingValue = number | string;
/** Settings by name, e.g. {K: 3, d: 20, n: 4000}. */
export type Settings = Readonly<Record<string, SettingValue>>;

/**
 * A file of numbers, named by the beginning of the SHA-256 of its content, as in cells; the file's own name does not
 * matter.
 */
export type FileValue = `file:${string}`;

export function isFileValue(value: unknown): value is FileValue {
  return typeof value === 'string' && /^file:[0-9a-f]+$/.test(value);
}

/** The values that a setting takes, without its default. */
export interface Allowed {
  readonly description: string;
  /**
   * `integer` and `number` also take `words`, e.g. a step size that may be `auto`; `choice` takes only these;
   * `activation`, `loss` and `schedule` have a `vocabulary`
   */
  readonly kind: 'integer' | 'number' | 'choice' | Vocabulary['kind'];
  readonly words?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly vocabulary?: Vocabulary;
  /** present when the setting also takes a file of numbers: what the file holds, in words */
  readonly file?: string;
}

/** Names that have parameters of their own, such as `softplus:10`. */
export interface Vocabulary {
  readonly kind: 'activation' | 'loss' | 'schedule';
  /** the names, for messages */
  readonly names: string;
  /** The canonical form of a name. Throws `InputError` for a text that is no name. */
  readonly canonical: (text: string) => string;
}

/** A setting with one value; without a default its user has to give the value. */
export interface Asked<V extends SettingValue> extends Allowed {
  readonly list?: false;
  readonly default?: ByScale<V>;
}

/** A setting with one value and a default. */
export interface Single<V extends SettingValue> extends Asked<V> {
  readonly default: ByScale<V>;
}

/** The value of every setting of a record of these. */
export type Given<D extends Readonly<Record<string, Asked<SettingValue>>>> = {
  readonly [Name in keyof D]: D[Name] extends Asked<infer V> ? V : never;
};

/** A setting with a list of values: it spans an axis of the grid. */
export interface List<V extends SettingValue> extends Allowed {
  readonly list: true;
  readonly default: ByScale<readonly V[]>;
}

export type Setting = Single<SettingValue> | List<SettingValue>;

/** The value of every setting of an experiment of any kind. */
export type ValuesByName = Readonly<Record<string, SettingValue | readonly SettingValue[]>>;

/** Settings that are declared together, by name. */
export type Declarations = Readonly<Record<string, Setting>>;

/** The value of every setting, after scale and `--set`: the input of grid, claims and figures. */
export type Values<D extends Declarations> = {
  readonly [Name in keyof D]: D[Name] extends List<infer V>
    ? readonly V[]
    : D[Name] extends Single<infer V>
      ? V
      : never;
};

/** The names of settings with one value. */
type SingleName<D extends Declarations> = {
  [Name in keyof D]-?: D[Name] extends List<SettingValue> ? never : Name;
}[keyof D];

/**
 * The settings that a trial and its cost get: the settings C of the cell, and every setting with one value that the
 * cell does not replace.
 */
export type TrialSettings<D extends Declarations, C> = Readonly<C & Omit<Pick<Values<D>, SingleName<D>>, keyof C>>;
