/** Files of numbers that a study file names. They are read from disk, or from the study that holds them. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../base/errors.js';
import { fileNumbers } from '../experiments/common/files.js';
import { isStudy } from '../experiments/spec.js';
import type { StudySpec } from '../experiments/own/spec.js';
import { storedSpec } from '../experiments/own/stored.js';
import { requireFinite } from '../io/finite.js';
import { readNumbers } from '../io/matrix.js';
import { STORE_FILE } from '../store/found.js';
import { readStudy } from '../store/open.js';
import type { Numbers, ReadNumbers } from '../studyfile/files.js';

/**
 * Paths are relative to the folder of the study file. If this folder is a study's own folder, the numbers come from the
 * study: the original files may no longer exist.
 */
export function numbersBeside(studyFile: string): ReadNumbers {
  const folder = dirname(studyFile);
  let kept: ((path: string) => Numbers | undefined) | undefined;
  return (path) => {
    kept ??= keptIn(folder);
    return kept(path) ?? numbersAt(resolve(folder, path));
  };
}

/** The files that a study holds. Throws `InputError` for another path. */
export function numbersOf(spec: StudySpec): ReadNumbers {
  return (path) => {
    const numbers = keptNumbers(spec, path);
    if (numbers === undefined) throw new InputError(`${path}: the study holds no such file`);
    return numbers;
  };
}

function keptIn(folder: string): (path: string) => Numbers | undefined {
  if (!existsSync(join(folder, STORE_FILE))) return () => undefined;
  const store = readStudy(folder);
  try {
    const stored = store.experiments().findLast(({ id }) => isStudy(id));
    return (path) => stored && keptNumbers(storedSpec(stored), path);
  } finally {
    store.close();
  }
}

/** The numbers of a path. The newest file stands first, so it is used if several have the same path. */
function keptNumbers({ files = [] }: StudySpec, path: string): Numbers | undefined {
  const file = files.find((one) => one.path === path);
  if (file === undefined) return undefined;
  const count = file.shape.reduce((product, length) => product * length, 1);
  return { shape: file.shape, values: fileNumbers(files, file.value, count) };
}

function numbersAt(path: string): Numbers {
  const numbers = readNumbers(path);
  if (numbers.values.length === 0)
    throw new InputError(`${path}: must hold at least one number, got shape (${numbers.shape.join(', ')})`);
  requireFinite(path, numbers);
  return numbers;
}
