/** A study file with the modules that it uses. Its text becomes a study, or a list of all mistakes in it. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../base/errors.js';
import { readBytes } from '../base/read.js';
import { bundleUsed, nameOfUsed } from '../definitions/bundle.js';
import { studyUsing, vocabularyOf } from '../definitions/load.js';
import { inForce } from '../definitions/within.js';
import { studyValues } from '../experiments/own/stored.js';
import { isStudy, type OwnCode } from '../experiments/spec.js';
import type { Scale } from '../settings/scale.js';
import { STORE_FILE } from '../store/found.js';
import { readStudy } from '../store/open.js';
import type { ChosenExperiment } from '../study/grid/cells.js';
import { decodeText, StudyDocument } from '../studyfile/document.js';
import type { ReadNumbers } from '../studyfile/files.js';
import { loadStudy, type InvalidStudy, type LoadedStudy } from '../studyfile/load.js';
import { changedStudy, type StudyChanges } from '../studyfile/override.js';
import { usedPaths, usedProblem } from '../studyfile/used.js';
import { numbersBeside, numbersOf } from './studyNumbers.js';

export interface StudyWithCode extends LoadedStudy {
  /** code of the modules that the study uses */
  readonly code?: OwnCode | undefined;
}

export interface ReadStudy extends StudyWithCode {
  /** the unchanged text of the file */
  readonly text: string;
}

/** Reads a study file. Paths of the modules that it uses are relative to its folder. */
export async function readStudyFile(file: string, scale: Scale): Promise<ReadStudy | InvalidStudy> {
  const text = decodeText(readBytes(file));
  if (typeof text !== 'string') return { problems: [text] };
  const loaded = await studyOfText(file, text, scale);
  return 'problems' in loaded ? loaded : { ...loaded, text };
}

export interface AskedStudyFile extends ReadStudy {
  /** the settings that were changed */
  readonly overrides: Readonly<Record<string, string>>;
}

/**
 * Reads a study file and changes it as a command line asks. Its text is then that of the changed study. Throws
 * `InputError` for a change that is not possible.
 */
export async function askedStudyFile(
  file: string,
  scale: Scale,
  changes: StudyChanges,
): Promise<AskedStudyFile | InvalidStudy> {
  const study = await readStudyFile(file, scale);
  if ('problems' in study) return study;
  const { seed, set, trials } = changes;
  if (seed === undefined && set.length === 0 && trials === undefined) return { ...study, overrides: {} };
  const changed = inForce(vocabularyOf(study.code), () => changedStudy(study, changes, scale, numbersOf(study.spec)));
  return { ...study, ...changed };
}

/** The experiment and the values that a study file defines. */
export function chosenStudy({ spec, code }: StudyWithCode): ChosenExperiment {
  return { experiment: studyUsing(spec, code), values: studyValues(spec) };
}

/** Every mistake in a study file, one line each. */
export function problemLines(file: string, { problems }: InvalidStudy): string[] {
  return problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

/** The study of a file's text. Paths of the modules are relative to the file's folder. */
export async function studyOfText(file: string, text: string, scale: Scale): Promise<StudyWithCode | InvalidStudy> {
  const readNumbers = numbersBeside(file);
  const document = new StudyDocument(text);
  const paths = usedPaths(document);
  if (paths.length === 0) return loadStudy(text, scale, readNumbers);
  try {
    const code = codeKeptBeside(file, paths) ?? (await bundleUsed(dirname(file), paths));
    return studyWith(code, text, scale, readNumbers);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: [usedProblem(document, error.message)] };
  }
}

/** A study's own folder holds a copy of the study file, but none of the modules: the study holds their code. */
function codeKeptBeside(file: string, paths: readonly string[]): OwnCode | undefined {
  const folder = dirname(file);
  if (!existsSync(join(folder, STORE_FILE)) || paths.some((path) => existsSync(resolve(folder, path))))
    return undefined;
  const store = readStudy(folder);
  try {
    const code = store.definitions().findLast(({ experiment }) => isStudy(experiment))?.code;
    return code?.name === nameOfUsed(paths) ? code : undefined;
  } finally {
    store.close();
  }
}

/** The study of a text whose modules form one bundle. Throws `InputError` for a bundle that cannot be loaded. */
export function studyWith(
  code: OwnCode | undefined,
  text: string,
  scale: Scale,
  readNumbers: ReadNumbers,
): StudyWithCode | InvalidStudy {
  const loaded = inForce(vocabularyOf(code), () => loadStudy(text, scale, readNumbers));
  return 'problems' in loaded ? loaded : { ...loaded, code };
}
