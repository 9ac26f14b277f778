/** The page's own program, from the modules of `page/`, as one text without any other origin. */
import { buildSync } from 'esbuild';

export function pageScript(): string {
  const { outputFiles } = buildSync({
    // TypeScript, so that the name of the compiled module also finds its source.
    stdin: { contents: "import './page/main.js';", resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}
