/** The program of a page, bundled from its modules into one text without any other origin. */
import { buildSync } from 'esbuild';

/** `entry`: the main module as a compiled name, relative to `folder`. */
export function browserScript(folder: string, entry: string): string {
  const { outputFiles } = buildSync({
    // TypeScript, so that the name of the compiled module also finds its source.
    stdin: { contents: `import '${entry}';`, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}
