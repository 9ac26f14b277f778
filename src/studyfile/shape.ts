/** Makes problems from mistakes of shape, each at the key or value that is wrong. */
import type { z } from 'zod';
import { CURVE_NAMES, MEASURE_NAMES, STACK_NAMES } from '../experiments/own/measures.js';
import { STUDY_SETTING_TABLE } from '../experiments/own/settings.js';
import { FIGURE_KINDS } from '../experiments/own/spec.js';
import { STREAM_SOURCES } from '../experiments/streamSources.js';
import { suggest } from '../base/suggest.js';
import { MOST_PROBLEMS, type Path, type Problem, type StudyDocument } from './document.js';
import { shown } from './grid.js';
import { FILE } from './schema.js';

const WORDS = [
  ...MEASURE_NAMES,
  ...CURVE_NAMES,
  ...STACK_NAMES,
  ...FIGURE_KINDS,
  ...STREAM_SOURCES.map(({ id }) => id),
];

/** The problems of one issue of the schema. Each misspelt key is a problem of its own. */
export function shapeProblems(document: StudyDocument, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys
      .slice(0, MOST_PROBLEMS + 1)
      .map((key) => document.atKey([...path, key], unknownKey(key, known, path)));
  }
  const value = path.reduce<unknown>(
    (data, part) => (data as Record<string, unknown> | undefined)?.[part as string],
    document.data,
  );
  const name = nameOf(path);
  if (value === undefined) return [document.atValue(path.slice(0, -1), `${name} must be given: ${issue.message}`)];
  return [
    document.atValue(
      path,
      `${name} must be ${issue.message}, got ${shown(value)}${
        typeof value === 'string'
          ? suggest(
              value,
              WORDS.filter((word) => word !== value),
            )
          : ''
      }`,
    ),
  ];
}

/** A copy of the data without the keys and values that are wrong, so that the rest can be checked. */
export function withoutMistakes(data: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(data);
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) remove(copy, [...issue.path, key]);
    else remove(copy, issue.path);
  }
  return copy;
}

function remove(data: unknown, path: readonly PropertyKey[]): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], data);
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined) return;
  Reflect.deleteProperty(parent, last);
  // A wrong measure is replaced by any valid one, so that the rest is still checked.
  if (last === 'measure' || path.at(-2) === 'measures') Reflect.set(parent, last, MEASURE_NAMES[0]);
}

function unknownKey(key: string, known: readonly string[], path: Path): string {
  const message = `the key must be one of ${known.join(', ')}, got '${key}'${suggest(key, known)}`;
  return path.length === 0 && Object.hasOwn(STUDY_SETTING_TABLE, key)
    ? `${message}: ${key} is a setting and belongs under grid`
    : message;
}

/** The name of the value at a path in a message. Positions in lists are left out, because line and column show them. */
function nameOf(path: Path): string {
  if (path.length === 0) return 'the study';
  const keys = path.filter((part) => typeof part === 'string').join('.');
  return typeof path.at(-1) === 'number' ? `an entry of ${keys}` : keys;
}

/** The keys that the schema has at a path. */
function knownKeys(path: Path): string[] {
  let at: unknown = FILE;
  for (const part of path) at = typeof part === 'number' ? elementOf(at) : valueOf(at, part);
  return Object.keys((unwrapped(at) as { shape?: Record<string, unknown> }).shape ?? {});
}

/** The type of the value under a key of an object, or under any key of a record. */
function valueOf(type: unknown, key: string): unknown {
  const { shape, valueType } = unwrapped(type) as { shape?: Record<string, unknown>; valueType?: unknown };
  return shape?.[key] ?? valueType;
}

function elementOf(type: unknown): unknown {
  return (unwrapped(type) as { element?: unknown }).element;
}

/**
 * The type without `optional` and `default` around it. The `unwrap` of an array would give its element, so arrays are
 * not unwrapped.
 */
function unwrapped(type: unknown): unknown {
  let at = type as { unwrap?: () => unknown; element?: unknown } | undefined;
  while (typeof at?.unwrap === 'function' && at.element === undefined) at = at.unwrap() as typeof at;
  return at;
}
