/** Study files as commands take them. */
import { readFileSync } from 'node:fs';
import type { Scale } from '../experiments/spec.js';
import { studyExperiment } from '../experiments/study/experiment.js';
import { specValues } from '../experiments/study/stored.js';
import { fileError } from '../base/fileError.js';
import type { ChosenExperiment } from '../study/track.js';
import { decodeText } from '../studyfile/document.js';
import { loadStudy, type InvalidStudy, type LoadedStudy } from '../studyfile/load.js';

export function readStudyFile(file: string, scale: Scale): LoadedStudy | InvalidStudy {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw fileError(file, 'read', error);
  }
  const text = decodeText(bytes);
  return typeof text === 'string' ? loadStudy(text, scale) : { problems: [text] };
}

/** A study file as what a study runs; undefined when it has mistakes, each of which is then on stderr, a line of its own. */
export function chooseStudy(file: string, scale: Scale): { readonly chosen: ChosenExperiment; readonly seed: number } | undefined {
  const loaded = readStudyFile(file, scale);
  if (!('problems' in loaded)) return { chosen: { experiment: studyExperiment(loaded.spec), values: specValues(loaded.spec) }, seed: loaded.seed };
  sayProblems(file, loaded);
  return undefined;
}

export function sayProblems(file: string, { problems }: InvalidStudy): void {
  for (const { line, column, message } of problems) console.error(`basin: ${file}:${line}:${column}: ${message}`);
}

/** A path that is a study file rather than the id of an experiment. */
export function isStudyFile(text: string): boolean {
  return /\.ya?ml$/i.test(text);
}
