/** The modules of a user's own that a study file uses. */
import type { Problem, StudyDocument } from './document.js';

/** Their paths from the folder of the file; none where `use` is missing, or is not what the schema says. */
export function usedPaths({ data }: Pick<StudyDocument, 'data'>): readonly string[] {
  const use: unknown = typeof data === 'object' && data !== null && 'use' in data ? data.use : undefined;
  return Array.isArray(use) && use.every((path) => typeof path === 'string') ? use : [];
}

/** A problem with the module whose name it has, or with all of them. */
export function usedProblem(document: StudyDocument, message: string): Problem {
  const at = usedPaths(document).findIndex((path) => message.includes(path.replace(/^.*[/\\]/, '')));
  return document.atValue(at < 0 ? ['use'] : ['use', at], message);
}
