import { refuse } from '../base/errors.js';
import { requireTeacher, type TeacherLaw } from '../core/teachers.js';
import type { ParameterValues, SettingValue } from './spec.js';

/** The values of a list parameter as numbers, ascending: claims compare the first with the last. */
export function numbersOf(values: ParameterValues, name: string): number[] {
  return (values[name] as readonly SettingValue[]).map(Number).toSorted((a, b) => a - b);
}

/** Which parameters hold the dimensions and the values of n/d of a grid. */
export interface GridKeys {
  readonly d: string;
  readonly perDimension: string;
}

const USUAL_KEYS: GridKeys = { d: 'd', perDimension: 'perDimension' };

/** Entries of one training set, 8 GB: what is larger does not fit beside its neighbours in any machine's memory. */
const MOST_ENTRIES = 1e9;

function requireSize<Grid extends { d: number; n: number }>(cell: Grid): Grid {
  if (cell.n * cell.d > MOST_ENTRIES) refuse('n·d, the size of a training set', `at most ${MOST_ENTRIES}`, cell.n * cell.d);
  return cell;
}

/**
 * Cells over d and n: n from its list, or n = r·d for every r of `perDimension` when the list is `auto`. `rows` is the
 * number of weight rows of the teacher. Throws `InputError` when no teacher fits.
 */
export function sampleGrid(values: ParameterValues, keys = USUAL_KEYS, rows = values['K'] as number): { K: number; d: number; n: number }[] {
  const K = values['K'] as number;
  const given = values['n'] as readonly SettingValue[];
  return numbersOf(values, keys.d).flatMap((d) => {
    requireTeacher(values['teacher'] as TeacherLaw, rows, d);
    const samples = given[0] === 'auto' ? numbersOf(values, keys.perDimension).map((ratio) => Math.round(ratio * d)) : numbersOf(values, 'n');
    return samples.map((n) => requireSize({ K, d, n }));
  });
}
