/** Results of commands must not replace the files of a study. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { disk } from '../base/disk.js';
import { InputError } from '../base/errors.js';
import { closing } from '../base/closing.js';
import { namesIn } from '../base/read.js';
import { targetOf } from '../base/target.js';
import { STORE_FILE } from './found.js';
import { SIDE_FILES } from './folder.js';

/** The first bytes of every file of SQLite: https://www.sqlite.org/fileformat.html, section 1.3. */
const DATABASE = Buffer.from('SQLite format 3\0', 'latin1');

/**
 * Throws `InputError` for a file in a study folder and for one that is a database, as a store behind a link is.
 * `study`: the folder that the result is made from; its store and figures may lie elsewhere behind links.
 */
export function requireOutside(file: string, study?: string): void {
  const target = targetOf(file);
  if (target.kind !== 'file') return;
  const { path } = target;
  const inside =
    existsSync(join(dirname(path), STORE_FILE)) ||
    (target.mode !== undefined && isDatabase(path)) ||
    (study !== undefined && ownPlaces(study).some((place) => path === place || path.startsWith(place + sep)));
  if (inside) throw new InputError(`results must go to a file outside of study folders, got '${file}'`);
}

// A file that cannot be read is no reason to refuse: the write says what is wrong with it.
function isDatabase(path: string): boolean {
  const first = Buffer.alloc(DATABASE.length);
  try {
    const descriptor = disk().open(path, 'r');
    closing(path, 'read', descriptor, () => disk().read(descriptor, first, 0, first.length, 0));
  } catch {
    return false;
  }
  return first.equals(DATABASE);
}

// Each path is resolved separately, because the store or the figures can be links to another place.
function ownPlaces(study: string): string[] {
  const present = namesIn(study)
    .map((name) => join(study, name))
    .filter((path) => existsSync(path));
  const store = realpathSync.native(join(study, STORE_FILE));
  return [study, ...present]
    .map((path) => realpathSync.native(path))
    .concat(SIDE_FILES.map((suffix) => store + suffix));
}
