/**
 * Checks whether a user's definition can be run. It may have no types: in JavaScript, no compiler reports a mistake.
 */
import { InputError, refuse } from '../base/errors.js';
import { EXPERIMENTS } from '../experiments/registry.js';
import { STUDY_ID } from '../experiments/spec.js';
import { parseSetting } from '../settings/parse.js';
import { SCALES } from '../settings/scale.js';
import type { Setting } from '../settings/types.js';
import { statisticOf } from '../statistics/named.js';
import type { AnyDefinition, OwnCurve, OwnMeasure } from './own.js';

const ID = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Throws `InputError` for the first mistake. */
export function requireDefinition(definition: AnyDefinition): void {
  requireObject('defineExperiment()', definition);
  const { id, title, cells, trial, settings, measures, curves = [] } = definition;
  requireId(id);
  requireText(`the title of ${id}`, title);
  requireFunction(`cells of ${id}`, cells);
  requireFunction(`trial of ${id}`, trial);
  requireObject(`settings of ${id}`, settings);
  for (const [name, setting] of Object.entries(settings)) requireSetting(name, setting);
  requireList(`measures of ${id}`, measures);
  if (measures.length === 0) refuse(`measures of ${id}`, 'at least one', 'none');
  requireList(`curves of ${id}`, curves);
  measures.forEach(requireMeasure);
  curves.forEach(requireCurve);
  requireOnce('measures', measures);
  requireOnce('curves', curves);
}

function requireId(id: unknown): void {
  if (typeof id !== 'string' || !ID.test(id))
    refuse('the id of an experiment', "letters, digits and '-', a letter first", id);
  const taken = [...EXPERIMENTS.map((experiment) => experiment.id), STUDY_ID];
  if (taken.includes(id))
    throw new InputError(`the id of an experiment must be one of your own, got '${id}', which is one of basin's`);
}

function requireSetting(name: string, setting: Setting): void {
  if (!NAME.test(name)) refuse('the name of a setting', "letters, digits and '_', a letter first", name);
  requireObject(`setting ${name}`, setting);
  requireText(`the description of setting ${name}`, setting.description);
  if (typeof setting.kind !== 'string' || typeof setting.default !== 'object') {
    refuse(
      `setting ${name}`,
      "made by number(), choice() or named(), e.g. number({ description: 'samples', default: 100 })",
      JSON.stringify(setting),
    );
  }
  for (const scale of SCALES)
    parseSetting(`the default of setting ${name}`, setting, [setting.default[scale]].flat().join(','));
}

export function requireMeasure({ name, of = name, description, statistic, whenFailed }: OwnMeasure): void {
  const given: unknown = statistic;
  requireName('measure', name);
  requireName(`measure ${name}: of`, of);
  requireText(`the description of measure ${name}`, description);
  statisticOf(String(given), `the statistic of measure ${name}`);
  if (whenFailed !== undefined && !Number.isFinite(whenFailed))
    refuse(`whenFailed of measure ${name}`, 'a number', whenFailed);
}

function requireCurve({ name, of = name, at, description }: OwnCurve): void {
  requireName('curve', name);
  requireName(`curve ${name}: of`, of);
  requireName(`curve ${name}: at`, at);
  requireText(`the description of curve ${name}`, description);
}

function requireOnce(what: string, list: readonly { readonly name: string }[]): void {
  const names = list.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(`names of ${what}`, 'different', `${twice} twice`);
}

function requireName(what: string, name: unknown): void {
  if (typeof name !== 'string' || !NAME.test(name))
    refuse(what, "a name of letters, digits and '_', a letter first", name);
}

export function requireText(what: string, text: unknown): void {
  if (typeof text !== 'string' || text.trim() === '') refuse(what, 'a text', text);
}

export function requireFunction(what: string, value: unknown): void {
  if (typeof value !== 'function') refuse(what, 'a function', value);
}

export function requireObject(what: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(what, 'given an object', value);
}

function requireList(what: string, value: unknown): void {
  if (!Array.isArray(value)) refuse(what, 'a list', value);
}
