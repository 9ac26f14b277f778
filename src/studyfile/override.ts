/** Replaces the values of some settings of a study, as `--set key=value` gives them. */
import { InputError } from '../base/errors.js';
import { decimal } from '../base/decimal.js';
import { suggest } from '../base/suggest.js';
import { writtenPoints } from '../experiments/own/grid.js';
import { repetitionProblem } from '../experiments/own/repetition.js';
import { canonicalValue, STUDY_SETTING_TABLE } from '../experiments/own/settings.js';
import type { AxisValue, StudySpec } from '../experiments/own/spec.js';
import { splitAtCommas } from '../settings/commas.js';
import { pointProblem, valueProblem } from './grid.js';

/**
 * The study, in which the values of the texts replace those of its file. Each text is `key=value` or
 * `key=value,value,…`.
 * @throws InputError for a text of another form, an unknown key, a repeated key, a value that the setting does not
 *   take, and a grid that cannot be run
 */
export function overridden(spec: StudySpec, texts: readonly string[]): StudySpec {
  const given = new Map<string, readonly AxisValue[]>();
  for (const text of texts) {
    const [key, values] = parseOverride(text);
    requireFree(spec, key, given);
    given.set(key, values);
  }
  const changed = { ...spec, grid: { ...spec.grid, ...Object.fromEntries(given) } };
  if (given.size > 0) requireRunnable(changed);
  return changed;
}

function parseOverride(text: string): [string, readonly AxisValue[]] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InputError(`--set must look like key=value, got '${text}'`);
  const key = text.slice(0, at).trim();
  const known = Object.keys(STUDY_SETTING_TABLE);
  if (!known.includes(key))
    throw new InputError(`--set key of a study must be one of ${known.join(', ')}, got '${key}'${suggest(key, known)}`);
  const values = splitAtCommas(text.slice(at + 1)).map((part) => parseValue(key, part.trim()));
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

function requireFree({ boundary }: StudySpec, key: string, given: ReadonlyMap<string, unknown>): void {
  if (given.has(key)) throw new InputError(`--set ${key} must be given once, got it twice`);
  if (boundary !== undefined && key === 'n')
    throw new InputError('--set n must be left out where the study looks for n itself (boundary)');
}

function requireRunnable(spec: StudySpec): void {
  for (const point of writtenPoints(spec)) {
    const problem = pointProblem(point, spec.files);
    if (problem !== undefined) throw new InputError(`--set: ${problem.message}`);
  }
  const repeated = repetitionProblem(spec);
  if (repeated !== undefined) throw new InputError(`--set: ${repeated.message}`);
}
