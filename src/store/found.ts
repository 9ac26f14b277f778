/** The file of a study in its folder. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../base/errors.js';

export const STORE_FILE = 'basin.sqlite';

/** The store of an existing study. Throws `InputError` when there is none. */
export function requireStoreFile(dir: string): string {
  const file = join(dir, STORE_FILE);
  if (!existsSync(file)) throw new InputError(`a study folder must hold ${STORE_FILE}, got '${dir}', which does not`);
  if (!statSync(file).isFile()) throw new InputError(`'${file}' must be a file`);
  return file;
}
