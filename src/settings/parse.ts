/** Parses values of settings from text, as given to `--set`. */
import { decimal } from '../base/decimal.js';
import { InputError } from '../base/errors.js';
import { suggest } from '../base/suggest.js';
import { describeOne, rangeOf } from './describe.js';
import { typedList } from './typedList.js';
import { isFileValue, type Allowed, type Setting, type SettingValue } from './types.js';

/**
 * The value of a setting; `name` is its name in messages.
 * @throws InputError for a value that the setting does not take, and for a list that has a value twice
 */
export function parseSetting(name: string, setting: Setting, text: string): SettingValue | readonly SettingValue[] {
  if (setting.list !== true) return parseOne(name, setting, text.trim());
  const values = typedList(name, text, setting).map((part) => parseOne(name, setting, part));
  const word = values.find((value) => typeof value === 'string');
  if (word !== undefined && rangeOf(setting) !== undefined && values.length > 1)
    throw new InputError(`${name} must be numbers or ${word} alone, got '${text}'`);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new InputError(`${name} must have every value once, got ${twice} twice`);
  return values;
}

function parseOne(name: string, setting: Allowed, text: string): SettingValue {
  if (setting.vocabulary !== undefined) return setting.vocabulary.canonical(text);
  if (setting.words?.includes(text) === true) return text;
  const value = decimal(text);
  if (takesNumber(setting, value)) return value === 0 ? 0 : value;
  throw new InputError(`${name} must be ${describeOne(setting)}, got '${text}'${suggest(text, setting.words ?? [])}`);
}

/**
 * True when a setting takes the value.
 * @throws InputError for a text that its vocabulary does not know
 */
export function takesValue(setting: Allowed, value: SettingValue): boolean {
  if (typeof value === 'number') return takesNumber(setting, value);
  if (isFileValue(value)) return setting.file !== undefined;
  if (setting.vocabulary === undefined) return setting.words?.includes(value) === true;
  setting.vocabulary.canonical(value);
  return true;
}

/** True when a setting takes the number. */
function takesNumber(setting: Allowed, value: number): boolean {
  const range = rangeOf(setting);
  return (
    range !== undefined &&
    value >= range.min &&
    value <= range.max &&
    (setting.kind === 'number' || Number.isInteger(value))
  );
}
