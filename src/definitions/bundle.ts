/** A user's module with all that it imports, as one text whose digest is its version. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import type { Message, Plugin } from 'esbuild';
import { InputError, refuse } from '../base/errors.js';
import { readBytes } from '../base/read.js';
import type { OwnCode } from '../experiments/spec.js';
import { isPureModule, LIBRARY } from './modules.js';

/**
 * Bundles a module of TypeScript or JavaScript. Comments and spaces do not change the digest, nor does the place of the
 * folder.
 * @throws InputError for one that does not compile, or imports what cannot be bundled; with file, line and column
 */
export async function bundleModule(file: string): Promise<OwnCode> {
  if (!existsSync(file)) refuse('a module', 'a file that is there', file);
  const folder = dirname(resolve(file));
  const { text, map, metafile } = await compiled(file, folder);
  const paths = Object.keys(metafile.inputs).sort();
  return {
    name: basename(file),
    digest: sha256(text),
    text,
    map,
    files: paths.map((path) => ({ path, digest: sha256(readBytes(join(folder, path))) })),
  };
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

const MINIFIED = {
  target: 'es2023',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  sourcesContent: false,
  logLevel: 'silent',
} as const;

async function compiled(file: string, folder: string) {
  const { build, transform } = await import('esbuild');
  try {
    const {
      outputFiles: [{ text }],
      metafile,
    } = await build({
      // Names of files enter the bundle: they are told from the module's folder.
      entryPoints: [`./${basename(file)}`],
      absWorkingDir: folder,
      outfile: join(folder, 'bundle.js'),
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'cjs',
      ...MINIFIED,
      sourcemap: 'inline',
      // What lies above the folder must not change the digest.
      tsconfigRaw: '{}',
      define: { 'process.env.NODE_ENV': '"production"' },
      loader: { '.csv': 'text', '.txt': 'text', '.npy': 'binary' },
      plugins: [OUTSIDE],
    });
    // Once more: comments that bundlers keep, /*! … */, stood between statements that are joined now.
    const { code, map } = await transform(text, { ...MINIFIED, sourcemap: 'external' });
    return { text: code, map, metafile };
  } catch (error) {
    throw buildError(file, error);
  }
}

/** The library and the harmless modules of Node stay outside of the bundle; other modules of Node are refused. */
const OUTSIDE: Plugin = {
  name: 'outside',
  setup: (build) => {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) => {
      if (path === LIBRARY || (isBuiltin(path) && isPureModule(path))) return { path, external: true };
      if (!isBuiltin(path)) return undefined;
      return {
        errors: [
          {
            text: `'${path}' cannot be bundled: a definition reads no file, clock or environment; it gets numbers from settings, stream() and what it imports`,
          },
        ],
      };
    });
  },
};

function buildError(file: string, error: unknown): unknown {
  const errors = messagesOf(error);
  const [first] = errors;
  if (first === undefined)
    return new InputError(`${file} cannot be bundled: ${error instanceof Error ? error.message : String(error)}`);
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const { text, location } = first;
  const place =
    location === null ? file : `${join(dirname(file), location.file)}:${location.line}:${location.column + 1}`;
  return new InputError(`${place}: ${text}${more}`);
}

function messagesOf(error: unknown): readonly Message[] {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)
    ? (error.errors as Message[])
    : [];
}
