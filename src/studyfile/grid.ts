/** Reads the grid of a study file: it checks the values one by one, then the points of the grid. */
import { InputError } from '../base/errors.js';
import { parseExpression } from '../experiments/own/expression.js';
import { isExpression, resolvePoint, writtenPoints } from '../experiments/own/grid.js';
import { cellProblem } from '../experiments/own/problems.js';
import { canonicalValue, ownWord, ownWordsOf, STUDY_SETTING_TABLE } from '../experiments/own/settings.js';
import type { AxisValue } from '../experiments/own/spec.js';
import type { StudyFile } from '../experiments/spec.js';
import { computedValues } from '../settings/typedList.js';
import { isFileValue } from '../settings/types.js';
import { suggest } from '../base/suggest.js';
import type { Path, Problem, StudyDocument } from './document.js';
import { isFileEntry } from './files.js';
import { numeric, settingValue } from './schema.js';

export type Grid = Readonly<Record<string, readonly AxisValue[]>>;

/** The most points of one study. */
const MOST_POINTS = 100_000;

/** A received value, as a message shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'number' && !Number.isFinite(value)) return NON_FINITE[String(value)];
  return (
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'number' && !Number.isFinite(item) ? NON_FINITE[String(item)] : item,
    ) ?? String(value)
  );
}

/** The YAML notation of these numbers. */
const NON_FINITE: Readonly<Record<string, string>> = { NaN: '.nan', Infinity: '.inf', '-Infinity': '-.inf' };

/** Reads the grid at a path, and adds its mistakes to the problems. */
export function readGrid(
  document: StudyDocument,
  path: Path,
  data: Readonly<Record<string, unknown>>,
  problems: Problem[],
): Grid {
  const grid: Record<string, readonly AxisValue[]> = {};
  for (const [name, given] of Object.entries(data)) {
    if (!Object.hasOwn(STUDY_SETTING_TABLE, name)) {
      const known = Object.keys(STUDY_SETTING_TABLE);
      problems.push(
        document.atKey(
          [...path, name],
          `the setting must be one of ${known.join(', ')}, got '${name}'${suggest(name, known)}`,
        ),
      );
      continue;
    }
    grid[name] = readAxis(document, [...path, name], name, given, problems);
  }
  return grid;
}

function readAxis(
  document: StudyDocument,
  path: Path,
  name: string,
  given: unknown,
  problems: Problem[],
): readonly AxisValue[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const at = (index: number): Path => (Array.isArray(given) ? [...path, index] : path);
  if (list.length === 0) problems.push(document.atValue(path, `${name} must have a value, got an empty list`));
  const values: AxisValue[] = [];
  list.forEach((entry, index) => {
    const { problem: unread, values: read = [] } = valuesOf(document, name, entry);
    if (unread !== undefined) problems.push(document.atValue(at(index), unread));
    for (const value of read) {
      const problem = valueProblem(name, value);
      const one = problem === undefined ? canonicalValue(name, value as AxisValue) : undefined;
      if (problem !== undefined) problems.push(document.atValue(at(index), problem));
      else if (one !== undefined && values.includes(one))
        problems.push(
          document.atValue(
            at(index),
            `${name} must have every value once, got ${shown(isFileEntry(entry) ? entry : value)} twice`,
          ),
        );
      else if (one !== undefined) values.push(one);
    }
  });
  return values;
}

/**
 * The values that an entry of the grid stands for: those of a range; for `{file: PATH}` the name that cells use for its
 * content; else the entry unchanged. Or the reason why there are none.
 */
function valuesOf(
  { files }: StudyDocument,
  name: string,
  entry: unknown,
): { readonly values?: readonly unknown[]; readonly problem?: string } {
  const setting = STUDY_SETTING_TABLE[name];
  try {
    if (setting.file !== undefined && isFileEntry(entry)) return { values: [files.read(entry.file)] };
    const range = typeof entry === 'string' && numeric(setting);
    return { values: (range ? computedValues(name, entry, setting.kind === 'integer') : undefined) ?? [entry] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problem: isFileEntry(entry) ? `${name}: ${error.message}` : error.message };
  }
}

/** Why a setting does not take a value; a text must be a valid expression. Undefined when the setting takes it. */
export function valueProblem(name: string, value: unknown): string | undefined {
  return messageOf(() => {
    if (isFileValue(value) && STUDY_SETTING_TABLE[name].file !== undefined) return;
    if (typeof value === 'string' && ownWord(name, value) !== undefined) return;
    requireAllowed(name, value);
    if (typeof value !== 'string') return;
    if (!isExpression(name, value)) canonicalValue(name, value);
    else requireNames(name, value, parseExpression(value).names);
  });
}

function requireAllowed(name: string, value: unknown): void {
  const setting = STUDY_SETTING_TABLE[name];
  const { error } = settingValue(setting).safeParse(value);
  if (error === undefined) return;
  const own = ownWordsOf(name);
  const allowed = [error.issues[0]?.message ?? 'something else', ...own].join(', ');
  const meant = typeof value === 'string' ? suggest(value, [...(setting.words ?? []), ...own]) : '';
  throw new InputError(`${name} must be ${allowed}, got ${shown(value)}${meant}`);
}

function requireNames(name: string, text: string, names: readonly string[]): void {
  const known = Object.entries(STUDY_SETTING_TABLE)
    .filter(([, { kind }]) => kind === 'integer' || kind === 'number')
    .map(([key]) => key);
  const unknown = names.find((used) => !known.includes(used));
  if (unknown !== undefined)
    throw new InputError(
      `${name} must be an expression in ${known.join(', ')}, got '${text}' with '${unknown}'${suggest(unknown, known)}`,
    );
}

/**
 * The mistakes in the points of a grid whose values are valid one by one. Each mistake is reported once, at the setting
 * that causes it. `elsewhere` has the paths of settings that are not written in the grid.
 */
export function pointProblems(
  document: StudyDocument,
  path: Path,
  grid: Grid,
  elsewhere: Readonly<Record<string, Path>> = {},
): Problem[] {
  const count = Object.values(grid).reduce((product, values) => product * values.length, 1);
  if (count > MOST_POINTS)
    return [document.atKey(path, `the grid must have at most ${MOST_POINTS} points, got ${count}`)];
  const found = new Map<string, Problem>();
  for (const point of writtenPoints({ grid })) {
    const problem = pointProblem(point, document.files.all);
    if (problem === undefined) continue;
    const { setting } = problem;
    const at =
      setting === undefined || !Object.hasOwn(grid, setting) ? path : (elsewhere[setting] ?? [...path, setting]);
    found.set(`${at.join('.')} ${problem.message}`, document.atKey(at, problem.message));
  }
  return [...found.values()];
}

/** Why a point cannot be run, and the setting that causes it; undefined when the point can be run. */
export function pointProblem(
  point: Readonly<Record<string, AxisValue>>,
  files?: readonly StudyFile[],
): { readonly setting: string | undefined; readonly message: string } | undefined {
  try {
    return cellProblem(resolvePoint(point), files);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // The message begins with the setting whose value cannot be computed.
    return {
      setting: Object.keys(point).find((name) => error.message.startsWith(`${name} `)) ?? blamed(point, error.message),
      message: error.message,
    };
  }
}

/** The setting whose expression a message quotes. */
function blamed(point: Readonly<Record<string, AxisValue>>, message: string): string | undefined {
  return Object.entries(point).find(([, value]) => typeof value === 'string' && message.includes(`'${value}'`))?.[0];
}

export function messageOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
