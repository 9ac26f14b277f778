/** Operations on the settings of a study: defaults, cells, streams, checks. */
import { refuse } from '../../base/errors.js';
import { cellText } from '../../settings/cellText.js';
import { describeOne } from '../../settings/describe.js';
import { isOwnKind, ownName, ownNames } from '../../core/networks/ownWords.js';
import { isGiven } from '../../settings/given.js';
import { takesValue } from '../../settings/parse.js';
import type { Asked, Settings, SettingValue } from '../../settings/types.js';
import {
  isPopulation,
  isSampled,
  MEANT,
  STUDY_SETTINGS,
  type SampledSettings,
  type StudySettingName,
  type StudySettings,
} from './declared.js';

/** The same declarations with arbitrary strings as keys. */
export const STUDY_SETTING_TABLE: Readonly<Record<string, Asked<SettingValue>>> = STUDY_SETTINGS;

/** The kind of each setting's values. */
export const STUDY_SETTING_KINDS: Readonly<Record<string, Asked<SettingValue>['kind']>> = Object.fromEntries(
  Object.entries(STUDY_SETTING_TABLE).map(([name, { kind }]) => [name, kind]),
);

const CONDITIONS: Readonly<Record<string, ((settings: StudySettings) => boolean) | undefined>> = MEANT;

/** Settings that are always part of a cell, whatever their values. */
const ALWAYS: readonly string[] = ['K', 'd', 'n'] satisfies StudySettingName[];
/** Settings that determine teacher, inputs and labels: see `streamText`. */
const OF_TRAINING_SET: readonly string[] = [
  'architecture',
  'activation',
  'output',
  'K',
  'd',
  'n',
  'teacher',
  'teacherScale',
  'condition',
  'inputs',
  'labels',
  'noise',
  'risk',
] satisfies StudySettingName[];

/** Settings in which cells may differ and still have the same training sets, trial by trial: see `streamText`. */
export const METHOD_SETTINGS: readonly string[] = Object.keys(STUDY_SETTINGS).filter(
  (name) => !OF_TRAINING_SET.includes(name),
);

/** The default of a setting. It is undefined if the file must give the setting. */
export function usualValue({ default: usual }: Asked<SettingValue>): SettingValue | undefined {
  return usual?.paper;
}

/** Made once: a study of many cells asks for them often. */
const DEFAULTS: Settings = Object.fromEntries(
  Object.entries(STUDY_SETTING_TABLE).flatMap(([name, setting]) => {
    const usual = usualValue(setting);
    return usual === undefined ? [] : [[name, usual] as const];
  }),
);

/** Settings completed with the defaults that they leave out. */
export function completeSettings(settings: Settings): Settings {
  return { ...DEFAULTS, ...settings };
}

/** The completed settings of a cell whose values are known to be valid: d is among them, and n where it has a meaning. */
export function studySettings(cell: Settings): StudySettings {
  const complete = pointSettings(cell);
  if (isPopulation(complete) || isSampled(complete)) return complete;
  throw new RangeError(`a cell must have every setting of a study, got ${cellText(cell)}`);
}

/** The settings of a cell whose trials draw training sets. */
export function sampledSettings(settings: StudySettings): SampledSettings {
  if (isSampled(settings)) return settings;
  throw new RangeError('the settings of a training set must have n, got none');
}

const { n: SAMPLES, ...WITHOUT_SAMPLES } = STUDY_SETTINGS;

/** The same of a point of a grid, which also has no n where the study searches for it. */
export function pointSettings(point: Settings): StudySettings {
  const { n, ...others }: Settings = completeSettings(point);
  const complete: unknown = others;
  if (!isGiven(WITHOUT_SAMPLES, complete))
    throw new RangeError(`a point must have every setting of a study but n, got ${cellText(point)}`);
  return isGiven({ n: SAMPLES }, { n }) ? { ...complete, n: Number(n) } : complete;
}

/** Whether a setting has a meaning for the given values of the others. */
function isMeant(name: string, complete: StudySettings): boolean {
  return CONDITIONS[name]?.(complete) !== false;
}

/**
 * The settings that make a cell: K, d, n where it has a meaning, and every setting that has a meaning and differs from its default. Therefore
 * the address of a cell does not change when a default is written out, when the order changes, or when a later release
 * adds settings.
 */
export function cellSettings(settings: Settings): Settings {
  const [complete, typed] = [completeSettings(settings), pointSettings(settings)];
  return Object.fromEntries(
    Object.entries(STUDY_SETTING_TABLE).flatMap(([name, setting]) => {
      const value = complete[name];
      if (value === undefined || !(ALWAYS.includes(name) || value !== usualValue(setting)) || !isMeant(name, typed))
        return [];
      return [[name, value] as const];
    }),
  );
}

/** The settings that have a meaning, including the defaults that were left out. */
export function shownSettings(settings: Settings): Settings {
  const typed = pointSettings(settings);
  return Object.fromEntries(Object.entries(completeSettings(settings)).filter(([name]) => isMeant(name, typed)));
}

/**
 * The text that keys the streams of a cell. It contains only the settings that determine teacher, inputs and labels.
 * Cells that differ in loss, start, step size or any other choice of method get the same training sets (common random
 * numbers). Differences between such cells have less noise than the cells themselves.
 */
export function streamText(cell: Settings): string {
  return Object.entries(cellSettings(cell))
    .filter(([name]) => OF_TRAINING_SET.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(',');
}

/**
 * The text that keys the streams of a cell with the random numbers of another experiment. `names` are the settings of
 * that experiment's cells.
 */
export function borrowedText(names: readonly string[], cell: Settings): string {
  return cellText(Object.fromEntries(Object.entries(shownSettings(cell)).filter(([name]) => names.includes(name))));
}

/**
 * The canonical form of a user's own word, and undefined for other values. Throws `InputError` for an invalid argument
 * of the word.
 */
export function ownWord(name: string, value: SettingValue): string | undefined {
  return typeof value === 'string' && isOwnKind(name) ? ownName(name, value) : undefined;
}

/** The user's own words that a setting takes. */
export function ownWordsOf(name: string): string[] {
  return isOwnKind(name) ? ownNames(name) : [];
}

/** A value in canonical form: an activation by its canonical name, −0 as 0. */
export function canonicalValue(name: string, value: SettingValue): SettingValue {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  const own = ownWord(name, value);
  if (own !== undefined) return own;
  return STUDY_SETTING_TABLE[name]?.vocabulary?.canonical(value) ?? value;
}

/**
 * Checks one value after expressions have been evaluated.
 * @throws InputError for a value that the setting does not take
 */
export function requireValue(name: string, value: SettingValue): void {
  const setting = STUDY_SETTING_TABLE[name];
  if (ownWord(name, value) !== undefined) return;
  if (!takesValue(setting, value)) refuse(name, describeOne(setting), value);
}
