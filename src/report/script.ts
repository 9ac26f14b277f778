/** The program of a page, bundled from its modules into one text without any other origin. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { installed } from '../base/package.js';
import { readText } from '../base/read.js';

/** The folders whose `page/main.js` is the program of a page. */
export const PAGES = ['live', 'nightly', 'report'] as const;
export type Page = (typeof PAGES)[number];

/** A released package has it bundled; a checkout bundles its modules. */
export function browserScript(page: Page): string {
  const finished = installed(`dist/pages/${page}.js`);
  return existsSync(finished) ? readText(finished) : bundled(join(import.meta.dirname, '..', page));
}

function bundled(folder: string): string {
  const { outputFiles } = buildSync({
    // TypeScript, so that the name of the compiled module also finds its source.
    stdin: { contents: `import './page/main.js';`, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}
