/** Mistakes of shape, each at the key or value that is wrong. */
import type { z } from 'zod';
import { CURVE_NAMES, MEASURE_NAMES } from '../experiments/study/measures.js';
import { FIGURE_KINDS } from '../experiments/study/spec.js';
import { suggest } from '../study/suggest.js';
import type { Path, Problem, StudyDocument } from './document.js';
import { shown } from './grid.js';
import { FILE } from './schema.js';

const WORDS = [...MEASURE_NAMES, ...CURVE_NAMES, ...FIGURE_KINDS];

/** One issue of the schema; several misspelt keys are several problems. */
export function shapeProblems(document: StudyDocument, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => document.atKey([...path, key], `the key must be one of ${known.join(', ')}, got '${key}'${suggest(key, known)}`));
  }
  const value = path.reduce<unknown>((data, part) => (data as Record<string, unknown> | undefined)?.[part as string], document.data);
  const name = path.length === 0 ? 'the study' : path.join('.');
  if (value === undefined) return [document.atValue(path.slice(0, -1), `${name} must be given: ${issue.message}`)];
  return [document.atValue(path, `${name} must be ${issue.message}, got ${shown(value)}${typeof value === 'string' ? suggest(value, WORDS.filter((word) => word !== value)) : ''}`)];
}

/** The keys that the schema has at a path. */
function knownKeys(path: Path): string[] {
  let at: unknown = FILE;
  for (const part of path) at = typeof part === 'number' ? elementOf(at) : (unwrapped(at) as { shape?: Record<string, unknown> }).shape?.[part];
  return Object.keys((unwrapped(at) as { shape?: Record<string, unknown> }).shape ?? {});
}

function elementOf(type: unknown): unknown {
  return (unwrapped(type) as { element?: unknown }).element;
}

/** Without `optional` and `default` around it. */
function unwrapped(type: unknown): unknown {
  let at = type as { unwrap?: () => unknown } | undefined;
  while (typeof at?.unwrap === 'function') at = at.unwrap() as typeof at;
  return at;
}
