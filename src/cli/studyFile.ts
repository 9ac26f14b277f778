/** Study files as commands take them. */
import { chosenStudy, problemLines, readStudyFile, type ReadStudy } from '../app/studyText.js';
import type { Scale } from '../settings/scale.js';
import type { ChosenExperiment } from '../study/grid/cells.js';
import type { InvalidStudy } from '../studyfile/load.js';
import { warn } from './say.js';

interface ChosenStudy extends Pick<ReadStudy, 'seed' | 'text'> {
  readonly chosen: ChosenExperiment;
}

/**
 * A study file as what a study runs; undefined when it has mistakes, each of which is then on stderr, a line of its
 * own.
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

/** A path that is a study file rather than the id of an experiment. */
export function isStudyFile(text: string): boolean {
  return /\.ya?ml$/i.test(text);
}
