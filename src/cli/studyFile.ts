/** Study files as commands take them. */
import { studyOfText, type StudyWithCode } from '../app/studyText.js';
import { readBytes } from '../base/read.js';
import type { Scale } from '../settings/scale.js';
import { studyUsing } from '../definitions/load.js';
import { specValues } from '../experiments/own/stored.js';
import type { ChosenExperiment } from '../study/grid/cells.js';
import { decodeText } from '../studyfile/document.js';
import type { InvalidStudy } from '../studyfile/load.js';
import { warn } from './say.js';

export interface ReadStudy extends StudyWithCode {
  /** the file as it is */
  readonly text: string;
}

export async function readStudyFile(file: string, scale: Scale): Promise<ReadStudy | InvalidStudy> {
  const text = decodeText(readBytes(file));
  if (typeof text !== 'string') return { problems: [text] };
  const loaded = await studyOfText(file, text, scale);
  return 'problems' in loaded ? loaded : { ...loaded, text };
}

interface ChosenStudy extends Pick<ReadStudy, 'seed' | 'text'> {
  readonly chosen: ChosenExperiment;
}

/**
 * A study file as what a study runs; undefined when it has mistakes, each of which is then on stderr, a line of its
 * own.
 */
export async function chooseStudy(file: string, scale: Scale): Promise<ChosenStudy | undefined> {
  const loaded = await readStudyFile(file, scale);
  if (!('problems' in loaded)) {
    const { spec, seed, text, code } = loaded;
    return { chosen: { experiment: studyUsing(spec, code), values: specValues(spec) }, seed, text };
  }
  sayProblems(file, loaded);
  return undefined;
}

export function sayProblems(file: string, { problems }: InvalidStudy): void {
  for (const { line, column, message } of problems) warn(`${file}:${line}:${column}: ${message}`);
}

/** A path that is a study file rather than the id of an experiment. */
export function isStudyFile(text: string): boolean {
  return /\.ya?ml$/i.test(text);
}
