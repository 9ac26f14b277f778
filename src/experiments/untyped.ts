/** Settings by name alone, of the experiments that do not declare theirs yet. */
import { INPUT_LAWS } from '../core/inputs.js';
import { LABEL_KINDS } from '../core/labels.js';
import { START_LAWS } from '../core/starts.js';
import { TEACHER_LAWS } from '../core/teachers.js';
import type { Scale } from '../settings/scale.js';
import type { Setting, Settings, SettingValue, ValuesByName } from '../settings/types.js';
import type { TrialContext } from './spec.js';

/** A context whose settings are known to be there. */
export function typed<S>(context: TrialContext): TrialContext<S> {
  return context as unknown as TrialContext<S>;
}

/** Settings that are known to be there. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- goes with this file
export function typedSettings<S>(settings: Settings): S {
  return settings as unknown as S;
}

/** The values of a list parameter as numbers, ascending. */
export function numbersOf(values: ValuesByName, name: string): number[] {
  return (values[name] as readonly SettingValue[]).map(Number).toSorted((a, b) => a - b);
}

/** The numeric setting of a name; a missing one is a mistake in an experiment file. */
export function numberOf(settings: Settings, name: string): number {
  const value = settings[name];
  if (typeof value !== 'number') throw new TypeError(`setting '${name}' is not a number: ${value}`);
  return value;
}

/** The textual setting of a name. */
export function textOf(settings: Settings, name: string): string {
  const value = settings[name];
  if (typeof value !== 'string') throw new TypeError(`setting '${name}' is not a text: ${value}`);
  return value;
}

/** The textual setting of a name, or what it is in experiments that do not have it. */
export function textOr(settings: Settings, name: string, otherwise: string): string {
  return name in settings ? textOf(settings, name) : otherwise;
}

/** The numeric setting of a name, or what it is in experiments that do not have it. */
export function numberOr(settings: Settings, name: string, otherwise: number): number {
  return name in settings ? numberOf(settings, name) : otherwise;
}

/** The same default at every scale. */
export function everywhere<T extends SettingValue | readonly SettingValue[]>(value: T): Record<Scale, T> {
  return { smoke: value, quick: value, paper: value };
}

/** The `--set` keys of a planted problem with classification or regression labels, with fu2018's defaults. */
export const PLANTED_PARAMETERS = {
  K: { description: 'neurons of teacher and student', kind: 'integer', min: 1, max: 64, default: everywhere(3) },
  teacher: { description: 'law of W*', kind: 'choice', words: TEACHER_LAWS, default: everywhere('orthonormal') },
  teacherScale: { description: 'factor s on the law of W*; for orthonormal rows the norm of each w*', kind: 'number', min: 1e-3, max: 1e3, default: everywhere(2) },
  inputs: { description: 'law of the inputs x', kind: 'choice', words: INPUT_LAWS, default: everywhere('gaussian') },
  labels: { description: 'labels y given f*(x)', kind: 'choice', words: LABEL_KINDS, default: everywhere('classification') },
  startLaw: { description: 'where W0 lies around W*', kind: 'choice', words: START_LAWS, default: everywhere('sphere') },
  radius: { description: 'distance of W0 from W*, divided by the Frobenius norm of W*', kind: 'number', min: 0, max: 10, default: everywhere(0.1) },
  stepSize: { description: 'step size, or auto = stepFactor over the largest Hessian eigenvalue at W0', kind: 'number', words: ['auto'], min: 1e-9, max: 1e9, default: everywhere('auto') },
  stepFactor: { description: 'c of the automatic step size c/λ_max', kind: 'number', min: 1e-3, max: 2, default: everywhere(1) },
  tolerance: { description: 'a run stops early when its gradient norm is at most this', kind: 'number', min: 0, max: 1, default: everywhere(1e-9) },
} as const satisfies Record<string, Setting>;

