/** An experiment's parameter values: defaults of a scale, overridden by `--set`. */
import { InputError, refuse } from '../base/errors.js';
import type { Cell, Experiment, Parameter, ParameterValues, PrefixEstimate, Scale, SettingValue, Settings } from '../experiments/spec.js';
import { decimal } from '../base/decimal.js';
import { cellText } from '../store/address.js';
import { suggest } from '../base/suggest.js';

const LONGEST_LIST = 1000;
/** What a parameter without `min` and `max` of its own may be. */
const USUAL_RANGE = { integer: { min: 1, max: 1e9 }, number: { min: 0, max: 1e12 }, choice: { min: 0, max: 0 } } as const;

/**
 * The value of every parameter. Throws `InputError` on a key that the experiment does not have, on a value that is not
 * allowed, and on a list with an element twice.
 */
export function resolveValues(experiment: Experiment, scale: Scale, overrides: ReadonlyMap<string, string>): ParameterValues {
  for (const key of overrides.keys()) requireKnownKey(experiment, key);
  return Object.fromEntries(
    Object.entries(experiment.parameters).map(([key, parameter]) => {
      const text = overrides.get(key);
      return [key, text === undefined ? parameter.default[scale] : parseValue(`${experiment.id}.${key}`, parameter, text)];
    }),
  );
}

/** What a trial and its cost see: the cell's settings and every single-valued parameter. */
export function trialSettings(values: ParameterValues, cell: Settings): Settings {
  const single = Object.entries(values).filter((entry): entry is [string, SettingValue] => typeof entry[1] !== 'object');
  return { ...Object.fromEntries(single), ...cell };
}

/** What is in force in a cell, defaults spelt out: all that a trial sees, without what has no meaning there. */
export function effectiveSettings(experiment: Pick<Experiment, 'shownSettings'>, values: ParameterValues, cell: Settings): Settings {
  return shownSettings(experiment, trialSettings(values, cell));
}

/** Settings of a cell with what they leave out: a reader need not know the defaults. */
export function shownSettings({ shownSettings: complete }: Pick<Experiment, 'shownSettings'>, cell: Settings): Settings {
  return complete?.(cell) ?? cell;
}

/** The grid of an experiment, as far as results say. Throws `InputError` when the values make no grid, or one with a cell twice. */
export function gridOf(experiment: Experiment, values: ParameterValues, estimate?: PrefixEstimate): readonly Cell[] {
  const grid = estimate === undefined || experiment.grow === undefined ? experiment.cells(values) : experiment.grow(values, estimate);
  const texts = grid.map(({ settings }) => cellText(settings));
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined) throw new InputError(`the grid of ${experiment.id} must have every cell once, got ${twice} twice`);
  return grid;
}

/** What a parameter takes, in words. */
export function describeAllowed(parameter: Parameter): string {
  const one = describeOne(parameter);
  return parameter.list === true ? `a comma-separated list, each ${one}` : one;
}

function requireKnownKey(experiment: Experiment, key: string): void {
  const known = Object.keys(experiment.parameters);
  if (known.includes(key)) return;
  throw new InputError(`--set key of ${experiment.id} must be one of ${known.join(', ')}, got '${key}'${suggest(key, known)}`);
}

function parseValue(name: string, parameter: Parameter, text: string): SettingValue | readonly SettingValue[] {
  if (parameter.list !== true) return parseOne(name, parameter, text.trim());
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length > LONGEST_LIST) refuse(`--set ${name}`, `a list of at most ${LONGEST_LIST} values`, parts.length);
  const values = parts.map((part) => parseOne(name, parameter, part));
  const word = values.find((value) => typeof value === 'string');
  if (word !== undefined && parameter.kind !== 'choice' && values.length > 1) throw new InputError(`--set ${name} must be numbers or ${word} alone, got '${text}'`);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new InputError(`--set ${name} must have every value once, got ${twice} twice`);
  return values;
}

function parseOne(name: string, parameter: Parameter, text: string): SettingValue {
  if (parameter.words?.includes(text) === true) return text;
  const value = decimal(text);
  const { min, max } = range(parameter);
  const fits = parameter.kind !== 'choice' && value >= min && value <= max && (parameter.kind === 'number' || Number.isInteger(value));
  if (fits) return value === 0 ? 0 : value;
  throw new InputError(`--set ${name} must be ${describeOne(parameter)}, got '${text}'${suggest(text, parameter.words ?? [])}`);
}

function describeOne(parameter: Parameter): string {
  const words = parameter.words ?? [];
  if (parameter.kind === 'choice') return `one of ${words.join(', ')}`;
  const { min, max } = range(parameter);
  const number = `${parameter.kind === 'integer' ? 'an integer' : 'a number'} from ${min} to ${max}`;
  return words.length === 0 ? number : `${number}, or ${words.join(', ')}`;
}

function range({ kind, min, max }: Parameter): { readonly min: number; readonly max: number } {
  return { min: min ?? USUAL_RANGE[kind].min, max: max ?? USUAL_RANGE[kind].max };
}
