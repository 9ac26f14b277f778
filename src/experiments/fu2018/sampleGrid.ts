import { requireTeacher, type TeacherLaw } from '../../core/teachers.js';
import type { ParameterValues, SettingValue } from '../spec.js';

/** The values of a list parameter as numbers. */
export function numbersOf(values: ParameterValues, name: string): number[] {
  return (values[name] as readonly SettingValue[]).map(Number);
}

/** Cells over d and n: n from its list, or n = r·d for every r of `perDimension` when the list is `auto`. Throws `InputError` when no teacher fits. */
export function sampleGrid(values: ParameterValues): { K: number; d: number; n: number }[] {
  const K = values['K'] as number;
  for (const d of numbersOf(values, 'd')) requireTeacher(values['teacher'] as TeacherLaw, K, d);
  const given = values['n'] as readonly SettingValue[];
  return numbersOf(values, 'd').flatMap((d) => {
    const samples = given[0] === 'auto' ? numbersOf(values, 'perDimension').map((ratio) => Math.round(ratio * d)) : given.map(Number);
    return samples.map((n) => ({ K, d, n }));
  });
}
