import type { Study } from './study.js';

/**
 * Opens the study in a folder for reading, also while it runs.
 *
 * Rejected with `InputError` where there is none, and where its store is damaged, foreign or newer.
 */
export async function openStudy(dir: string): Promise<Study> {
  const { openedStudy } = await import('./study.js');
  return openedStudy(dir);
}
