/** A study file as a command line changes it: another seed, other values of settings, another number of trials. */
import { decimal } from '../base/decimal.js';
import { InputError } from '../base/errors.js';
import { suggest } from '../base/suggest.js';
import { canonicalValue, STUDY_SETTING_TABLE } from '../experiments/own/settings.js';
import type { AxisValue } from '../experiments/own/spec.js';
import type { Scale } from '../settings/scale.js';
import { typedList } from '../settings/typedList.js';
import type { ReadNumbers } from './files.js';
import { valueProblem } from './grid.js';
import { loadStudy, type LoadedStudy } from './load.js';
import { writeStudy } from './write.js';

export interface StudyChanges {
  readonly seed?: number | undefined;
  /** `key=value` or `key=value,value,…` */
  readonly set: readonly string[];
  readonly trials?: number | undefined;
}

export interface ChangedStudy extends LoadedStudy {
  /** the text of a study file that says this study */
  readonly text: string;
  /** the changed settings, for the identity of the study folder */
  readonly overrides: Readonly<Record<string, string>>;
}

/**
 * The study with the changes, as if its file said so. `readNumbers` reads the files that its grid names.
 * @throws InputError for a text of another form, an unknown key, a repeated key, a value that the setting does not
 *   take, and for changes after which the file would have a mistake
 */
export function changedStudy(
  { spec, seed: own }: LoadedStudy,
  { seed = own, set, trials = spec.trials }: StudyChanges,
  scale: Scale,
  readNumbers: ReadNumbers,
): ChangedStudy {
  const given = new Map<string, readonly AxisValue[]>();
  for (const text of set) {
    const [key, values] = parseOverride(text);
    if (given.has(key)) throw new InputError(`--set ${key} must be given once, got it twice`);
    given.set(key, values);
  }
  const grid = { ...spec.grid, ...Object.fromEntries(given) };
  const text = writeStudy({ ...spec, grid, trials }, seed, scale);
  const loaded = loadStudy(text, scale, readNumbers);
  if ('problems' in loaded)
    throw new InputError(`${given.size > 0 ? '--set' : '--trials'}: ${loaded.problems[0].message}`);
  const overrides = Object.fromEntries(Array.from(given, ([key, values]) => [key, values.join(',')]));
  return { ...loaded, text, overrides };
}

function parseOverride(text: string): [string, readonly AxisValue[]] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InputError(`--set must look like key=value, got '${text}'`);
  const key = text.slice(0, at).trim();
  const known = Object.keys(STUDY_SETTING_TABLE);
  if (!known.includes(key))
    throw new InputError(`--set key of a study must be one of ${known.join(', ')}, got '${key}'${suggest(key, known)}`);
  const values = typedList(`--set ${key}`, text.slice(at + 1), STUDY_SETTING_TABLE[key]).map((part) =>
    parseValue(key, part),
  );
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new InputError(`--set ${key} must have every value once, got ${twice} twice`);
  return [key, values];
}

function parseValue(key: string, text: string): AxisValue {
  const number = decimal(text);
  const value = Number.isFinite(number) ? number : text;
  const problem = valueProblem(key, value);
  if (problem !== undefined) throw new InputError(`--set ${problem}`);
  return canonicalValue(key, value);
}
