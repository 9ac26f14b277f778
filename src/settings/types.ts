/** What a declaration of settings says, and the types that follow from it. */
import type { ByScale } from './scale.js';

export type SettingValue = number | string;
/** Settings by name, e.g. {K: 3, d: 20, n: 4000}. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** A file of numbers by its content, the beginning of its SHA-256: as cells have it, whatever the file is called. */
export type FileValue = `file:${string}`;

export function isFileValue(value: unknown): value is FileValue {
  return typeof value === 'string' && /^file:[0-9a-f]+$/.test(value);
}

/** What values a setting takes, whatever its default is. */
export interface Allowed {
  readonly description: string;
  /**
   * `integer` and `number` also take `words`, e.g. a step size that may be `auto`; `choice` takes only these;
   * `activation` and `loss` have a `vocabulary`
   */
  readonly kind: 'integer' | 'number' | 'choice' | 'activation' | 'loss';
  readonly words?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly vocabulary?: Vocabulary;
  /** the setting also takes a file of numbers: what it holds, in words */
  readonly file?: string;
}

/** Names that have parameters of their own, such as `softplus:10`. */
export interface Vocabulary {
  readonly kind: 'activation' | 'loss';
  /** the names, for messages */
  readonly names: string;
  /** The one form of a name. Throws `InputError` for a text that is none. */
  readonly canonical: (text: string) => string;
}

/** A setting with one value; without a default whoever uses it has to give it. */
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

/** The value of every setting of an experiment, whichever it is. */
export type ValuesByName = Readonly<Record<string, SettingValue | readonly SettingValue[]>>;

/** Settings that are declared together, by name. */
export type Declarations = Readonly<Record<string, Setting>>;

/** The value of every setting, after scale and `--set`: what makes the grid, claims and figures. */
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
 * What a trial and its cost see: the settings C of the cell, and every setting with one value that the cell does not
 * replace.
 */
export type TrialSettings<D extends Declarations, C> = Readonly<C & Omit<Pick<Values<D>, SingleName<D>>, keyof C>>;
