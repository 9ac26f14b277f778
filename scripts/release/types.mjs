/** The declarations that the library's entries need, and no others. */
import { cpSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Matches `from './x.js'` and `import('./x.js')`, as the compiler writes them in declarations. */
const RELATIVE = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)\.js['"]/g;

/** Copies the declarations of entries, with what they import. @param {readonly string[]} entries as `store/index` */
export function writeTypes(/** @type {string} */ dist, /** @type {string} */ out, entries) {
  const copied = new Set();
  const copy = (/** @type {string} */ file) => {
    if (copied.has(file)) return;
    copied.add(file);
    cpSync(file, join(out, relative(dist, file)));
    for (const [, path] of readFileSync(file, 'utf8').matchAll(RELATIVE)) copy(`${resolve(dirname(file), path)}.d.ts`);
  };
  for (const entry of entries) copy(join(dist, `${entry}.d.ts`));
  return copied.size;
}
