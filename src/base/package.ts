/**
 * This installation: where its files lie, and what its package.json says. `npm run release` joins modules into other
 * files, so this module alone knows its own place.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { InputError } from './errors.js';
import { readText } from './read.js';

/** The folder with package.json: two folders up from src/base, dist/base and, in a released package, dist/parts. */
const ROOT = new URL('../../', import.meta.url);

/** The path of a file of this installation; `path` is relative to the folder with package.json. */
export function installed(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

interface Manifest {
  readonly version: string;
  /** the commit from which a released package was made; a checkout has none here */
  readonly gitHead?: string;
}

let read: Manifest | undefined;
const manifest = (): Manifest => (read ??= JSON.parse(readText(installed('package.json'))) as Manifest);

/** The version in package.json. */
export function packageVersion(): string {
  return manifest().version;
}

/** The commit of a released package; undefined for a checkout. */
export function releasedCommit(): string | undefined {
  return manifest().gitHead;
}

/**
 * The command that makes missing parts of an installation: for a checkout, and for a released package. It is told where
 * parts cannot be read, so it must not fail itself.
 */
export function setUpCommand(): string {
  try {
    return releasedCommit() === undefined ? 'npm run setup' : `node ${installed('scripts/compile.mjs')}`;
  } catch {
    return 'npm run setup';
  }
}

/**
 * The path of a compiled part: the one compiled in this folder, else that of the package for this platform.
 * @throws InputError when there is neither
 */
export function nativePart(file: string): string {
  const own = installed(`build/Release/${file}`);
  if (existsSync(own)) return own;
  const { resolve } = createRequire(import.meta.url);
  for (const name of platformPackages()) {
    try {
      return resolve(`${name}/${file}`);
    } catch {
      // npm installs the package of this platform alone, or none
    }
  }
  throw new InputError(`${file} is not built for ${process.platform}-${process.arch}: run \`${setUpCommand()}\``);
}

/** The names of the packages with compiled parts for this platform; npm installs those that fit the system's libc. */
function platformPackages(): string[] {
  const { platform, arch } = process;
  const name = `@basin-lab/basin-${platform}-${arch}`;
  return platform === 'linux' ? [`${name}-gnu`, `${name}-musl`] : [name];
}
