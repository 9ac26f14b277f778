/** What a user's own module may import beside her own files and packages. */
import { createRequire } from 'node:module';
import { InputError } from '../base/errors.js';
import * as statistics from '../statistics/index.js';

/** What is a module rather than a study file. */
const MODULE = /\.[cm]?[jt]s$/i;

export function isModule(file: string): boolean {
  return MODULE.test(file);
}

/** The running program, wherever the module lies. */
const LIBRARY = '@basin-lab/basin';
const STATISTICS = `${LIBRARY}/statistics`;

/** What the library has for programs alone: they run studies, and definitions are run by them. */
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

/** Modules of Node whose results follow from their arguments. */
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

/** Whether a module of Node is one of those. */
function isPureModule(name: string): boolean {
  return PURE.includes(withoutPrefix(name));
}

/** Whether a name is one of the library's entries. */
export function isLibrary(name: string): boolean {
  return name === LIBRARY || name.startsWith(`${LIBRARY}/`);
}

/** Whether a module that is not in the bundle is there for definitions. */
export function isProvided(name: string): boolean {
  return name === LIBRARY || name === STATISTICS || isPureModule(name);
}

/** The modules that are not in the bundle. */
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
