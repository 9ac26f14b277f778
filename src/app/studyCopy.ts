/**
 * The file of a user's study, stored with its results: the folder alone says what was run, and suffices to run it
 * again.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { namesIn, readText } from '../base/read.js';
import { writeWhole } from '../base/whole.js';
import { isStudy } from '../experiments/spec.js';
import { storedSpec, specText } from '../experiments/own/stored.js';
import type { StudyFileCopy } from '../report/content.js';
import { STORE_FILE } from '../store/found.js';
import type { StudyIdentity } from '../store/identity.js';
import { readStudy } from '../store/open.js';
import type { StudyReader } from '../store/reader.js';
import { writeStudy } from '../studyfile/write.js';
import { numbersOf } from './studyNumbers.js';
import { studyWith } from './studyText.js';
import type { Warn } from './warn.js';

/**
 * The file of the current plan in a study's folder. The files of earlier plans are `study-1.yaml`, `study-2.yaml`, …
 */
export const STUDY_COPY = 'study.yaml';
const EARLIER = /^study-(\d+)\.yaml$/;

/**
 * The values of `--set` that a study's own copy of its file already contains. None where the file is not the copy in
 * this study's folder.
 */
export function changesInCopy(file: string, directory: string): StudyIdentity['overrides'] {
  const isCopy = resolve(file) === resolve(directory, STUDY_COPY) && existsSync(join(directory, STORE_FILE));
  if (!isCopy) return {};
  const store = readStudy(directory);
  try {
    return store.identity.overrides;
  } finally {
    store.close();
  }
}

/**
 * A study file that agrees with a store: the text of the last run if it agrees, else a text written from the store.
 * Undefined if the store has no study of a user's own.
 */
export function studyFileOf(store: StudyReader, directory = store.dir): StudyFileCopy | undefined {
  const stored = store.experiments().findLast(({ id }) => isStudy(id));
  if (stored === undefined) return undefined;
  const { scale, seed } = store.identity;
  const spec = storedSpec(stored);
  const says = (text: string): boolean => {
    const loaded = studyWith(stored.code, text, scale, numbersOf(spec));
    return !('problems' in loaded) && loaded.seed === seed && specText(loaded.spec) === specText(spec);
  };
  const text = store.studyFiles().findLast(says);
  return {
    name: STUDY_COPY,
    earlier: earlierFiles(directory),
    rewritten: text === undefined,
    text: text ?? writeStudy(spec, seed, scale),
  };
}

/** Stores the file of a run that begins. An earlier file with other content is kept beside it. */
export function keepStudyFile(store: StudyReader, text: string): void {
  const { dir } = store;
  const present = textOf(join(dir, STUDY_COPY));
  const kept = earlierFiles(dir).map((name) => textOf(join(dir, name)));
  const earlier = [...store.studyFiles(), ...(present === undefined ? [] : [present])];
  for (const old of new Set(earlier)) {
    if (old !== text && !kept.includes(old)) writeWhole(join(dir, nextName(dir)), old);
  }
  if (present !== text) writeWhole(join(dir, STUDY_COPY), text);
}

/** Writes the file if a folder lacks it: the folder may come from an older release or from `basin merge`. */
export function restoreStudyFile(store: StudyReader, { text }: StudyFileCopy, warn: Warn): void {
  const path = join(store.dir, STUDY_COPY);
  const present = textOf(path);
  if (present === undefined) writeWhole(path, text);
  else if (present !== text) warn(`${path} is not what was run: the report has what was`);
}

function earlierFiles(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return namesIn(directory)
    .filter((name) => EARLIER.test(name))
    .sort((a, b) => numberOf(a) - numberOf(b));
}

function nextName(directory: string): string {
  return `study-${1 + Math.max(0, ...earlierFiles(directory).map(numberOf))}.yaml`;
}

function numberOf(name: string): number {
  return Number(EARLIER.exec(name)?.[1]);
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readText(path) : undefined;
}
