/** Messages about combinations of settings that cannot be run. */
import type { CellProblem, StudySettingName, StudySettings } from './declared.js';

/** `K must be at most d = 2 for teacher: spectrum, got 3`. */
export function must(setting: StudySettingName, allowed: string, settings: StudySettings, because = ''): CellProblem {
  const got = settings[setting];
  return {
    setting,
    message: `${setting} must be ${allowed}${because === '' ? '' : ` ${because}`}, got ${typeof got === 'string' ? `'${got}'` : String(got)}`,
  };
}

/** A setting, the value that it must have, and the reason. */
export type Wanted = readonly [StudySettingName, string | number, string];

/** The problem with the first setting that has another value, or undefined. `because` comes before the reasons. */
export function firstOther(
  wanted: readonly Wanted[],
  settings: StudySettings,
  because: string,
): CellProblem | undefined {
  const other = wanted.find(([name, value]) => settings[name] !== value);
  return other && must(other[0], String(other[1]), settings, `${because}, ${other[2]}`);
}
