/** Study files as commands read them. */
import { chosenStudy, problemLines, readStudyFile, type ReadStudy } from '../app/studyText.js';
import type { Scale } from '../settings/scale.js';
import type { ChosenExperiment } from '../study/grid/cells.js';
import type { InvalidStudy } from '../studyfile/load.js';
import { warn } from './say.js';

interface ChosenStudy extends Pick<ReadStudy, 'seed' | 'text'> {
  readonly chosen: ChosenExperiment;
}

/**
 * The study that a study file defines. Undefined when the file has mistakes, which have then been printed on stderr,
 * one line each.
 */
export async function chooseStudy(file: string, scale: Scale): Promise<ChosenStudy | undefined> {
  const loaded = await readStudyFile(file, scale);
  if (!('problems' in loaded)) return { chosen: chosenStudy(loaded), seed: loaded.seed, text: loaded.text };
  sayProblems(file, loaded);
  return undefined;
}

export function sayProblems(file: string, invalid: InvalidStudy): void {
  problemLines(file, invalid).forEach(warn);
}
