/** The grid of a study: the cross product of its axes, with expressions evaluated at every point. */
import { InputError } from '../../base/errors.js';
import type { Cell } from '../spec.js';
import type { Settings, SettingValue } from '../../settings/types.js';
import { parseExpression } from './expression.js';
import { canonicalValue, cellSettings, completeSettings, requireValue, STUDY_SETTING_TABLE } from './settings.js';
import type { AxisValue, StudySpec } from './spec.js';

/**
 * The cells in the order of the file. The last axis varies fastest. Points that resolve to the same settings are one
 * cell.
 */
export function studyCells(spec: StudySpec): Cell[] {
  const cells = new Map<string, Settings>();
  for (const point of studyPoints(spec)) {
    const cell = cellSettings(point);
    const text = JSON.stringify(cell);
    if (!cells.has(text)) cells.set(text, cell);
  }
  return Array.from(cells.values(), (settings) => ({ settings, trials: spec.trials }));
}

/**
 * The points of the grid, each with every setting. A setting is missing if it has no default and the file does not give
 * it (n of a boundary).
 * @throws InputError for a value that a setting does not take, or an expression that cannot be evaluated
 */
export function studyPoints(spec: Pick<StudySpec, 'grid'>): Settings[] {
  return writtenPoints(spec).map((point) => resolvePoint(point));
}

/** The same points as the file writes them. */
export function writtenPoints({ grid }: Pick<StudySpec, 'grid'>): Readonly<Record<string, AxisValue>>[] {
  return Object.entries(grid).reduce<Record<string, AxisValue>[]>(
    (before, [name, values]) => before.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}

/** A point with its expressions evaluated and its defaults filled in. */
export function resolvePoint(point: Readonly<Record<string, AxisValue>>): Settings {
  const complete = completeSettings(point);
  const resolved = Object.entries(complete).map(([name, value]) => {
    const one = canonicalValue(
      name,
      isExpression(name, value) ? resolveExpression(name, value, complete, [name]) : value,
    );
    requireValue(name, one);
    return [name, one] as const;
  });
  return Object.fromEntries(resolved);
}

/** Whether the value of a setting is an expression, which only numeric settings take. */
export function isExpression(name: string, value: AxisValue): value is string {
  const { kind, words } = STUDY_SETTING_TABLE[name];
  return typeof value === 'string' && (kind === 'integer' || kind === 'number') && words?.includes(value) !== true;
}

/**
 * Evaluates the expression for a setting at a point. The result is rounded for integer settings. `within` holds the
 * settings that are being evaluated, to detect cycles.
 */
export function resolveExpression(name: string, text: string, point: Settings, within: readonly string[] = []): number {
  const { names, evaluate } = parseExpression(text);
  const value = evaluate(Object.fromEntries(names.map((used) => [used, operand(used, text, point, within)])));
  if (!Number.isFinite(value)) throw new InputError(`${name} = ${text} must be a finite number, got ${value}`);
  return STUDY_SETTING_TABLE[name].kind === 'integer' ? Math.round(value) : value;
}

function operand(name: string, text: string, point: Settings, within: readonly string[]): number {
  if (within.includes(name))
    throw new InputError(`the expression '${text}' must not lead back to itself, got ${[...within, name].join(' → ')}`);
  const value: SettingValue | undefined = Object.hasOwn(point, name) ? point[name] : undefined;
  if (value !== undefined && isExpression(name, value)) return resolveExpression(name, value, point, [...within, name]);
  if (typeof value !== 'number')
    throw new InputError(
      `the expression '${text}' must use settings that are numbers, got ${name}${value === undefined ? ', which the study does not set' : ` = ${String(value)}`}`,
    );
  return value;
}
