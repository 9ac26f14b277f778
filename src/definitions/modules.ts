/** The modules that a user's module may import in addition to the user's own files and packages. */
import { createRequire } from 'node:module';
import { InputError } from '../base/errors.js';
import * as statistics from '../statistics/index.js';

/** The library is the running program, wherever the user's module lies. */
const LIBRARY = '@basin-lab/basin';
const STATISTICS = `${LIBRARY}/statistics`;

/** Functions of the library for programs only. They run studies, and definitions run inside studies. */
export const OF_PROGRAMS = [
  'factorize',
  'fit',
  'hessian',
  'initialize',
  'InputError',
  'openStudy',
  'quantities',
  'runStudy',
  'score',
];

/** Modules of Node whose results depend only on their arguments. */
const PURE = [
  'assert',
  'assert/strict',
  'buffer',
  'events',
  'path',
  'path/posix',
  'punycode',
  'querystring',
  'string_decoder',
  'url',
  'util',
  'util/types',
];

const require = createRequire(import.meta.url);

/** Whether a module of Node is in `PURE`. */
function isPureModule(name: string): boolean {
  return PURE.includes(withoutPrefix(name));
}

/** Whether a name is one of the library's entry points. */
export function isLibrary(name: string): boolean {
  return name === LIBRARY || name.startsWith(`${LIBRARY}/`);
}

/** Whether a definition may import a module that is not in the bundle. */
export function isProvided(name: string): boolean {
  return name === LIBRARY || name === STATISTICS || isPureModule(name);
}

/** Returns a module that is not in the bundle. */
export function provide(name: string, library: object): unknown {
  if (name === LIBRARY) return Object.defineProperties({ ...library }, REFUSED);
  if (name === STATISTICS) return statistics;
  if (isPureModule(name)) return require(`node:${withoutPrefix(name)}`);
  throw new Error(`'${name}' cannot be bundled`);
}

const REFUSED: PropertyDescriptorMap = Object.fromEntries(
  OF_PROGRAMS.map((name) => [
    name,
    {
      enumerable: true,
      get: (): never => {
        throw new InputError(`${name} of '${LIBRARY}' is for programs; a trial gets its numerics from kernels`);
      },
    },
  ]),
);

function withoutPrefix(name: string): string {
  return name.replace(/^node:/, '');
}
