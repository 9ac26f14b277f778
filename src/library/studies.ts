/** Studies, run and read: what does it is loaded when it is called. */
import type { RunStudyOptions, StudyRun, StudySource } from './options.js';
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

/**
 * Performs every trial of a study that its folder does not have, and stores it. What is stored stays whatever happens;
 * the same call continues, after a signal, a budget or a crash. Results depend neither on the number of workers nor on
 * where earlier runs stopped.
 *
 * The promise is fulfilled when the run ends, however it ends: `complete`, `stopped` by the signal, at its `budget`, or
 * `failing` because the first trials all failed. Rejected with `InputError` for a study with mistakes (a line each) and
 * for a folder that is in use or has another study; with another error when a worker dies.
 */
export async function runStudy(source: StudySource, options: RunStudyOptions): Promise<StudyRun> {
  const { ranStudy } = await import('./ranStudy.js');
  return await ranStudy(source, options);
}
