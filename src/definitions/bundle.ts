/** A user's module with everything that it imports, as one text. The digest of this text is the version of the code. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { BuildOptions, Message, Plugin } from 'esbuild';
import { InputError, refuse } from '../base/errors.js';
import { readBytes } from '../base/read.js';
import type { OwnCode } from '../experiments/spec.js';
import { isLibrary, isProvided } from './modules.js';

/**
 * Bundles a TypeScript or JavaScript module. Comments, spaces and the location of the folder do not change the digest.
 * @throws InputError for a module that does not compile, or imports what cannot be bundled; with file, line and column
 */
export async function bundleModule(file: string): Promise<OwnCode> {
  requireThere(file);
  // The bundle contains file names, so they are relative to the module's folder.
  return await bundled(file, dirname(file), { entryPoints: [`./${basename(file)}`] });
}

/**
 * Bundles the modules that a study file uses. Their paths are relative to its folder. The bundle exports `USED`, which
 * holds the exports of each module.
 * @throws InputError as `bundleModule` does
 */
export async function bundleUsed(folder: string, paths: readonly string[]): Promise<OwnCode> {
  for (const path of paths) requireThere(resolve(folder, path));
  const imports = paths.map((path, at) => `import * as used${at} from ${JSON.stringify(fromFolder(path))};`);
  const contents = `${imports.join('\n')}\nconst used = [${paths.map((_, at) => `used${at}`).join(', ')}];\nexport { used as '${USED}' };\n`;
  const stdin = { contents, resolveDir: resolve(folder), sourcefile: USED };
  return { ...(await bundled(resolve(folder, paths[0] ?? ''), folder, { stdin })), name: nameOfUsed(paths) };
}

/** How messages call the modules of a study file. */
export function nameOfUsed(paths: readonly string[]): string {
  return paths.map((path) => basename(path)).join(', ');
}

/** The name of the generated module that imports the modules of a study file, and of its export. No user has it. */
export const USED = '<used>';

function fromFolder(path: string): string {
  return isAbsolute(path) || path.startsWith('.') ? path : `./${path}`;
}

function requireThere(file: string): void {
  if (!existsSync(file)) refuse('a module', 'a file that is there', file);
}

async function bundled(file: string, folder: string, entry: Entry): Promise<OwnCode> {
  const { text, map, metafile } = await compiled(file, folder, entry);
  const paths = Object.keys(metafile.inputs)
    .filter((path) => path !== USED)
    .sort();
  return {
    name: basename(file),
    digest: sha256(text),
    text,
    map,
    files: paths.map((path) => ({ path, digest: sha256(readBytes(resolve(folder, path))) })),
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

type Entry = Pick<BuildOptions, 'entryPoints' | 'stdin'>;

async function compiled(file: string, folder: string, entry: Entry) {
  const { build, transform } = await import('esbuild');
  try {
    const {
      outputFiles: [{ text }],
      metafile,
    } = await build({
      ...entry,
      absWorkingDir: resolve(folder),
      outfile: resolve(folder, 'bundle.js'),
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'cjs',
      ...MINIFIED,
      sourcemap: 'inline',
      // Files above the folder must not change the digest.
      tsconfigRaw: '{}',
      define: { 'process.env.NODE_ENV': '"production"' },
      loader: { '.csv': 'text', '.txt': 'text', '.npy': 'binary' },
      plugins: [OUTSIDE],
    });
    // The code is minified a second time: comments that bundlers keep, /*! … */, stood between statements that are
    // joined now.
    const { code, map } = await transform(text, { ...MINIFIED, sourcemap: 'external' });
    return { text: code, map, metafile };
  } catch (error) {
    throw buildError(file, folder, error);
  }
}

/** The bundle excludes the library and the permitted modules of Node. Other modules of Node are an error. */
const OUTSIDE: Plugin = {
  name: 'outside',
  setup: (build) => {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) => {
      if (isProvided(path)) return { path, external: true };
      if (!isBuiltin(path) && !isLibrary(path)) return undefined;
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

function buildError(file: string, folder: string, error: unknown): unknown {
  const errors = messagesOf(error);
  const [first] = errors;
  if (first === undefined)
    return new InputError(`${file} cannot be bundled: ${error instanceof Error ? error.message : String(error)}`);
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const { text, location } = first;
  const place = location === null ? file : `${join(folder, location.file)}:${location.line}:${location.column + 1}`;
  return new InputError(`${place}: ${text}${more}`);
}

function messagesOf(error: unknown): readonly Message[] {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)
    ? (error.errors as Message[])
    : [];
}
