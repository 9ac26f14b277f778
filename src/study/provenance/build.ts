/**
 * Identifies the code that performs trials. It contains every file that can influence a trial's result, and no other
 * file, so that a changed word on a page does not make another build. It is read from the disk each time, because a
 * worker thread loads the files that are there when it starts.
 */
import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { installed } from '../../base/package.js';
import { readBytes, readText } from '../../base/read.js';
import { packageClosure } from './packages.js';

/** The folder of the built program. */
const PROGRAM = installed('dist/');

/** The modules that a worker loads, and those that make cells, leases and the rows of results. */
export const ENTRIES = [
  'pool/worker.js',
  'pool/laboratory.js',
  'study/grid/cells.js',
  'study/leases/work.js',
  'study/leases/rows.js',
] as const;

/** Matches `import … from 'x'`, `export … from 'x'`, `import 'x'` and `import('x')`, as the compiler writes them. */
const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1/g;

export interface ProgramCode {
  /** paths of the files, sorted */
  readonly files: readonly string[];
  /** names of the packages that they import, sorted */
  readonly packages: readonly string[];
}

/** The files that the entries import, directly or indirectly, and the packages that these files import. */
export function codeOfProgram(program = PROGRAM, entries: readonly string[] = ENTRIES): ProgramCode {
  const [files, packages] = [new Set<string>(), new Set<string>()];
  const visit = (file: string): void => {
    // A path without a file is only a word in a text: a missing module would have ended the program before.
    if (files.has(file) || !existsSync(file)) return;
    files.add(file);
    for (const [, , specifier] of readText(file).matchAll(SPECIFIER)) {
      if (/^\.{1,2}\//.test(specifier)) visit(resolve(dirname(file), specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  };
  for (const entry of entries) visit(join(program, entry));
  return { files: [...files].sort(), packages: [...packages].sort() };
}

/**
 * The version of the program, and a digest of the code: of its files, the addon, and the versions of all packages that
 * it uses.
 */
export function buildOf(basinVersion: string, addonFile: string, program = PROGRAM): string {
  const { files, packages } = codeOfProgram(program);
  const hash = createHash('sha256');
  for (const file of files) addFile(hash, relative(program, file), file);
  addFile(hash, 'addon', addonFile);
  hash.update(packageClosure(packages, program).join('\n'));
  return `${basinVersion}+${hash.digest('hex').slice(0, 16)}`;
}

// The length is part of the input, so that no two sequences of files give the same bytes.
function addFile(hash: Hash, name: string, file: string): void {
  const bytes = readBytes(file);
  hash.update(`${name}\n${bytes.length}\n`).update(bytes);
}
