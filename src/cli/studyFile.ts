/** Study files as commands take them. */
import { readBytes } from '../base/read.js';
import type { Scale } from '../settings/scale.js';
import { studyExperiment } from '../experiments/own/experiment.js';
import { specValues } from '../experiments/own/stored.js';
import type { ChosenExperiment } from '../study/run/track.js';
import { decodeText } from '../studyfile/document.js';
import { loadStudy, type InvalidStudy, type LoadedStudy } from '../studyfile/load.js';
import { warn } from './say.js';

export interface ReadStudy extends LoadedStudy {
  /** the file as it is */
  readonly text: string;
}

export function readStudyFile(file: string, scale: Scale): ReadStudy | InvalidStudy {
  const text = decodeText(readBytes(file));
  if (typeof text !== 'string') return { problems: [text] };
  const loaded = loadStudy(text, scale);
  return 'problems' in loaded ? loaded : { ...loaded, text };
}

interface ChosenStudy extends Pick<ReadStudy, 'seed' | 'text'> {
  readonly chosen: ChosenExperiment;
}

/**
 * A study file as what a study runs; undefined when it has mistakes, each of which is then on stderr, a line of its
 * own.
 */
export function chooseStudy(file: string, scale: Scale): ChosenStudy | undefined {
  const loaded = readStudyFile(file, scale);
  if (!('problems' in loaded)) {
    const { spec, seed, text } = loaded;
    return { chosen: { experiment: studyExperiment(spec), values: specValues(spec) }, seed, text };
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
