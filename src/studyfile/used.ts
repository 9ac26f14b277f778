/** The user's own modules that a study file uses. */
import type { Problem, StudyDocument } from './document.js';

/**
 * The paths of the modules, relative to the folder of the file. Empty when `use` is missing or does not match the
 * schema.
 */
export function usedPaths({ data }: Pick<StudyDocument, 'data'>): readonly string[] {
  const use: unknown = typeof data === 'object' && data !== null && 'use' in data ? data.use : undefined;
  return Array.isArray(use) && use.every((path) => typeof path === 'string') ? use : [];
}

/** A problem at the module whose name is in the message, or at the whole list when there is none. */
export function usedProblem(document: StudyDocument, message: string): Problem {
  const at = usedPaths(document).findIndex((path) => message.includes(path.replace(/^.*[/\\]/, '')));
  return document.atValue(at < 0 ? ['use'] : ['use', at], message);
}
