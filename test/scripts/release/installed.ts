/** Packages as npm would install them, made of what this checkout has. */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A package that a folder's programs import, from the checkout's own. */
export function linkPackage(folder: string, name: string): void {
  const to = join(folder, 'node_modules', name);
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), to, 'dir');
}

/** The compiled parts of this checkout under the names that they have in a package. */
export function linkParts(folder: string): void {
  const build = join(folder, 'build', 'Release');
  cpSync(join(ROOT, 'build', 'Release', 'basin.node'), join(build, 'basin.node'));
  const sqlite = join(ROOT, 'node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
  cpSync(sqlite, join(build, `better_sqlite3-${process.versions.modules}.node`));
}
