/** What a file of the program needs before it runs: itself, and what it loads without being asked. */
import { join } from 'node:path';
import { readSources, type SourceFile } from './sources.js';

export const SRC = join(import.meta.dirname, '..', '..', 'src');
const sources = new Map(readSources(SRC).map((source) => [source.path, source]));

/** Everything that a file needs before it runs. */
export function needed(path: string, seen = new Set<string>()): SourceFile[] {
  const source = sources.get(path);
  if (seen.has(path) || source === undefined) return [];
  seen.add(path);
  return [source, ...source.loaded.flatMap((other) => needed(other, seen))];
}

/** The packages among it. */
export function packagesOf(path: string): string[] {
  return needed(path)
    .flatMap(({ loadedPackages }) => loadedPackages)
    .filter((name) => !name.startsWith('node:'));
}
