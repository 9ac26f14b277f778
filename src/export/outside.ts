import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { namesIn } from '../base/read.js';
import { targetOf } from '../base/target.js';
import { InputError } from '../base/errors.js';
import { SIDE_FILES, STORE_FILE } from '../store/folder.js';

/** Throws `InputError` for a file in a study folder, where an export could replace the data that it is made from. */
export function requireOutside(study: string, file: string): void {
  const target = targetOf(file);
  if (target.kind !== 'file') return;
  const { path } = target;
  const inside =
    existsSync(join(dirname(path), STORE_FILE)) ||
    ownPlaces(study).some((place) => path === place || path.startsWith(place + sep));
  if (inside) throw new InputError(`the export must go to a file outside of study folders, got '${file}'`);
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
