/** `.npz`: what NumPy's `savez` writes, a zip archive of .npy files. */
import { unzipSync } from 'fflate';
import { excerpt } from '../base/visible.js';
import { InputError } from '../base/errors.js';
import { withFile, type Source } from './files.js';
import { parseNpy, type NumericArray } from './npy.js';

/**
 * Reads the array of a .npz file that holds one.
 * @throws InputError for an archive of none or several arrays, and for a file that is no such archive
 */
export function readNpz(path: string): NumericArray {
  return withFile(path, readOnlyArray);
}

function readOnlyArray(source: Source): NumericArray {
  const archive = new Uint8Array(source.size);
  source.read(archive, 0);
  const names = arrayNames(source, archive);
  if (names.length !== 1)
    throw new InputError(`${source.name}: must hold one array, got ${names.length === 0 ? 'none' : listed(names)}`);
  const bytes = unzipped(source, archive, (name) => name === names[0])[names[0]];
  return parseNpy(bytes, `${source.name}, ${excerpt(names[0])}`);
}

function arrayNames(source: Source, archive: Uint8Array): string[] {
  const names: string[] = [];
  unzipped(source, archive, (name) => {
    if (name.endsWith('.npy')) names.push(name);
    return false;
  });
  return names;
}

function unzipped(source: Source, archive: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(archive, { filter: ({ name }) => wanted(name) });
  } catch {
    throw new InputError(
      `${source.name}: must be a .npz file, a zip archive of .npy files, got one that cannot be unpacked`,
    );
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => excerpt(name.replace(/\.npy$/, '')));
  return `${names.length}: ${shown.join(', ')}${names.length > shown.length ? ', …' : ''}; save the one you mean as .npy`;
}
