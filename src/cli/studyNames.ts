/**
 * What names a study on a command line: ids of experiments, and files. A definition checks them while the command line
 * is read: this file must load quickly.
 */
import { existsSync, statSync } from 'node:fs';
import { refuse } from '../base/errors.js';
import { isModule, isStudyFile } from '../base/fileKinds.js';
import { fileError } from '../base/fileError.js';
import { requireIds } from '../experiments/names.js';

/** Checks an id, or the path of a study file or module. */
export function requireIdOrFile(what: string): void {
  if (isModule(what) || isStudyFile(what)) requireFile(what);
  else requireIds(what);
}

/** Checks that a study file or module is there. It is not opened, since a pipe can be read only once. */
export function requireFile(path: string): void {
  if (isModule(path) && !existsSync(path)) refuse('a module', 'a file that is there', path);
  try {
    statSync(path);
  } catch (error) {
    throw fileError(path, 'read', error);
  }
}

/** The file of `basin run`. Throws `InputError` when there is none. */
export function givenFile(file: string | undefined): string {
  return file ?? refuse('basin run', 'given a study file or --plan', 'neither');
}
