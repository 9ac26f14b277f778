/** Functions that run and read studies. Each loads its implementation when it is called. */
import { filledText } from '../base/allowed.js';
import type { RunStudyOptions, StudyRun, StudySource } from './options.js';
import type { Study } from './study.js';

/**
 * Opens the study in a folder for reading. The study may be running.
 *
 * Rejected with `InputError` if the folder has no study, and if its store is damaged, not basin's, or from a newer
 * release.
 */
export async function openStudy(dir: string): Promise<Study> {
  filledText('dir', dir, "the path of the study's folder");
  const { openedStudy } = await import('./study.js');
  return openedStudy(dir);
}

/**
 * Performs and stores every trial of a study that its folder lacks. Stored trials are never lost. After a signal, a
 * budget or a crash, the same call continues. Results depend neither on the number of workers nor on where earlier runs
 * stopped.
 *
 * The promise is fulfilled however the run ends: `complete`, `stopped` by the signal, at its `budget`, or `failing`
 * because the first trials all failed. Rejected with `InputError` for a study with mistakes (one line each) and for a
 * folder that is in use or has another study. Rejected with another error when a worker dies.
 */
export async function runStudy(source: StudySource, options: RunStudyOptions): Promise<StudyRun> {
  const { ranStudy } = await import('./ranStudy.js');
  return await ranStudy(source, options);
}
