/** What the settings of a study come to: defaults, cells, streams, checks. */
import { refuse } from '../../base/errors.js';
import { cellText } from '../../settings/cellText.js';
import { describeOne } from '../../settings/describe.js';
import { isOwnKind, ownName, ownNames } from '../../core/networks/ownWords.js';
import { takesValue } from '../../settings/parse.js';
import type { Asked, Settings, SettingValue } from '../../settings/types.js';
import { MEANT, STUDY_SETTINGS, type StudySettingName, type StudySettings } from './declared.js';

/** The declarations to be looked up in by any text. */
export const STUDY_SETTING_TABLE: Readonly<Record<string, Asked<SettingValue>>> = STUDY_SETTINGS;

/** What each setting holds. */
export const STUDY_SETTING_KINDS: Readonly<Record<string, Asked<SettingValue>['kind']>> = Object.fromEntries(
  Object.entries(STUDY_SETTING_TABLE).map(([name, { kind }]) => [name, kind]),
);

const CONDITIONS: Readonly<Record<string, ((settings: StudySettings) => boolean) | undefined>> = MEANT;

/** Always part of a cell, whatever they are. */
const ALWAYS: readonly string[] = ['K', 'd', 'n'] satisfies StudySettingName[];
/** What fixes teacher, inputs and labels: see `streamText`. */
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
] satisfies StudySettingName[];

/** What cells may differ in and still have the same training sets, trial by trial: see `streamText`. */
export const METHOD_SETTINGS: readonly string[] = Object.keys(STUDY_SETTINGS).filter(
  (name) => !OF_TRAINING_SET.includes(name),
);

/** What a setting is when the file does not say; undefined where it has to. */
export function usualValue({ default: usual }: Asked<SettingValue>): SettingValue | undefined {
  return usual?.paper;
}

/** Settings with every default that they leave out. */
export function completeSettings(settings: Settings): Settings {
  const defaults = Object.entries(STUDY_SETTING_TABLE).flatMap(([name, setting]) => {
    const usual = usualValue(setting);
    return usual === undefined ? [] : [[name, usual] as const];
  });
  return { ...Object.fromEntries(defaults), ...settings };
}

/** The same of a cell whose values are known to be those that the settings take, d and n among them. */
export function studySettings(cell: Settings): StudySettings {
  return completeSettings(cell) as StudySettings;
}

/** Whether a setting has a meaning beside the others. */
function isMeant(name: string, complete: StudySettings): boolean {
  return CONDITIONS[name]?.(complete) !== false;
}

/**
 * What of settings makes a cell: K, d, n, and whatever has a meaning and differs from its default. So spelling out a
 * default, another order, and settings that a later release adds leave every address as it is.
 */
export function cellSettings(settings: Settings): Settings {
  const [complete, typed] = [completeSettings(settings), studySettings(settings)];
  return Object.fromEntries(
    Object.entries(STUDY_SETTING_TABLE).flatMap(([name, setting]) => {
      const value = complete[name];
      if (value === undefined || !(ALWAYS.includes(name) || value !== usualValue(setting)) || !isMeant(name, typed))
        return [];
      return [[name, value] as const];
    }),
  );
}

/** What of settings has a meaning, with the defaults that they leave out. */
export function shownSettings(settings: Settings): Settings {
  const typed = studySettings(settings);
  return Object.fromEntries(Object.entries(completeSettings(settings)).filter(([name]) => isMeant(name, typed)));
}

/**
 * What keys the streams of a cell: only what fixes teacher, inputs and labels. Cells that differ in loss, start, step
 * size or any other choice of method get the same training sets (common random numbers): their differences have less
 * noise than they have.
 */
export function streamText(cell: Settings): string {
  return Object.entries(cellSettings(cell))
    .filter(([name]) => OF_TRAINING_SET.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(',');
}

/** What keys the streams of a cell that has those of another experiment, whose cells are made of these settings. */
export function borrowedText(names: readonly string[], cell: Settings): string {
  return cellText(Object.fromEntries(Object.entries(shownSettings(cell)).filter(([name]) => names.includes(name))));
}

/** The one form of a word of a user's own; undefined for other values. Throws `InputError` for its argument. */
export function ownWord(name: string, value: SettingValue): string | undefined {
  return typeof value === 'string' && isOwnKind(name) ? ownName(name, value) : undefined;
}

/** The words of a user's own that a setting takes. */
export function ownWordsOf(name: string): string[] {
  return isOwnKind(name) ? ownNames(name) : [];
}

/** A value in its one form: activations by their canonical name, −0 as 0. */
export function canonicalValue(name: string, value: SettingValue): SettingValue {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  const own = ownWord(name, value);
  if (own !== undefined) return own;
  return STUDY_SETTING_TABLE[name]?.vocabulary?.canonical(value) ?? value;
}

/**
 * Checks one value, after expressions have been worked out.
 * @throws InputError for a value that the setting does not take
 */
export function requireValue(name: string, value: SettingValue): void {
  const setting = STUDY_SETTING_TABLE[name];
  if (ownWord(name, value) !== undefined) return;
  if (!takesValue(setting, value)) refuse(name, describeOne(setting), value);
}
