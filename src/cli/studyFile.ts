/** Study files as commands take them. */
import { readFileSync } from 'node:fs';
import { InputError } from '../core/errors.js';
import type { Scale } from '../experiments/spec.js';
import { studyExperiment } from '../experiments/study/experiment.js';
import { specValues } from '../experiments/study/stored.js';
import { fileError } from '../io/files.js';
import type { ChosenExperiment } from '../study/track.js';
import type { Problem } from '../studyfile/document.js';
import { loadStudy, type InvalidStudy, type LoadedStudy } from '../studyfile/load.js';

export function readStudyFile(file: string, scale: Scale): LoadedStudy | InvalidStudy {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(file, 'read', error);
  }
  return loadStudy(text, scale);
}

/** `study.yaml:7:3: what is wrong` */
export function problemLine(file: string, { line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

/** A study file as what a study runs. Throws `InputError` with every mistake, a line each. */
export function chooseStudy(file: string, scale: Scale): { readonly chosen: ChosenExperiment; readonly seed: number } {
  const loaded = readStudyFile(file, scale);
  if ('problems' in loaded) throw new InputError(loaded.problems.map((problem) => problemLine(file, problem)).join('\nbasin: '));
  return { chosen: { experiment: studyExperiment(loaded.spec), values: specValues(loaded.spec) }, seed: loaded.seed };
}

/** A path that is a study file rather than the id of an experiment. */
export function isStudyFile(text: string): boolean {
  return /\.ya?ml$/i.test(text);
}
