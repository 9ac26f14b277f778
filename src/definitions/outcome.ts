/** Checks whether a trial has returned what its experiment declares. */
import type { TrialOutcome } from '../experiments/spec.js';
import { BREACH } from './guard.js';
import type { AnyDefinition, OwnOutcome } from './own.js';

export interface Declared {
  /** measures of the trial; `optional` lists those that a trial may omit */
  readonly measures: readonly string[];
  readonly optional: readonly string[];
  readonly curves: readonly string[];
}

export function declaredBy({ measures, curves = [] }: AnyDefinition): Declared {
  return {
    measures: [...new Set(measures.map(({ name, of = name }) => of))],
    optional: measures.filter(({ optional = false }) => optional).map(({ name, of = name }) => of),
    curves: [...new Set(curves.flatMap(({ name, of = name, at }) => [of, at]))],
  };
}

/** The outcome as it is stored. Throws if it differs from what was declared. */
export function checkedOutcome(returned: OwnOutcome, declared: Declared): TrialOutcome {
  if (returned instanceof Promise) throw new Error(`a promise ${BREACH}: trial() returns { measures } at once`);
  if (
    typeof returned !== 'object' ||
    returned === null ||
    typeof returned.measures !== 'object' ||
    returned.measures === null
  ) {
    throw new Error(`what trial() returned ${BREACH}: it must be { measures: { … } }, got ${shown(returned)}`);
  }
  const { status = 'ok', measures, curves = {} } = returned;
  if (status !== 'ok' && status !== 'diverged')
    throw new Error(`status ${shown(status)} ${BREACH}: it must be 'ok' or 'diverged'`);
  requireMeasures(measures, declared, status);
  requireCurves(curves, declared);
  return { status, measures: { ...measures }, curves: { ...curves } };
}

function requireMeasures(
  measures: Readonly<Record<string, unknown>>,
  { measures: names, optional }: Declared,
  status: 'ok' | 'diverged',
): void {
  for (const [name, value] of Object.entries(measures)) {
    if (!names.includes(name)) throw new Error(`measure '${name}' ${BREACH}: declared are ${names.join(', ')}`);
    if (typeof value !== 'number' || Number.isNaN(value)) {
      throw new Error(
        `measure ${name} = ${shown(value)} ${BREACH}: it must be a number; one that a trial may leave out is declared optional: true`,
      );
    }
  }
  const missing = names.filter((name) => !Object.hasOwn(measures, name) && !optional.includes(name));
  if (status === 'ok' && missing.length > 0)
    throw new Error(`a trial without measure ${missing.join(', ')} ${BREACH}: return it, or declare it optional: true`);
}

function requireCurves(curves: Readonly<Record<string, unknown>>, { curves: names }: Declared): void {
  for (const [name, values] of Object.entries(curves)) {
    if (!names.includes(name)) throw new Error(`curve '${name}' ${BREACH}: declared are ${names.join(', ') || 'none'}`);
    if (!(values instanceof Float64Array))
      throw new Error(`curve ${name} = ${shown(values)} ${BREACH}: it must be a Float64Array`);
  }
}

function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? `'${value}'`
      : typeof value === 'object' && value !== null
        ? JSON.stringify(value)
        : String(value);
  return text.slice(0, 60);
}
