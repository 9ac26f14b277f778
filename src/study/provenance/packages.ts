/** Finds the packages that code uses, with their versions. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../../base/read.js';

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * `name@version` of the packages and of all their dependencies, sorted. Packages are searched from a folder upwards, as
 * Node searches them.
 */
export function packageClosure(names: readonly string[], from: string): string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  const visit = (name: string, folder: string): void => {
    const place = placeOf(name, folder);
    if (place === undefined) found.add(`${name}@none`);
    if (place === undefined || visited.has(place)) return;
    visited.add(place);
    const { version = 'none', dependencies = {} } = JSON.parse(readText(join(place, 'package.json'))) as Manifest;
    found.add(`${name}@${version}`);
    for (const dependency of Object.keys(dependencies)) visit(dependency, place);
  };
  for (const name of names) visit(packageName(name), from);
  return [...found].sort();
}

function placeOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The package name of `name/part` or `@scope/name/part`. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
