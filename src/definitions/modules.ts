/** What a user's own module may import beside her own files and packages. */
import { createRequire } from 'node:module';

/** What is a module rather than a study file. */
const MODULE = /\.[cm]?[jt]s$/i;

export function isModule(file: string): boolean {
  return MODULE.test(file);
}

/** The running program, wherever the module lies. */
export const LIBRARY = '@basin-lab/basin';

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
export function isPureModule(name: string): boolean {
  return PURE.includes(withoutPrefix(name));
}

/** The modules that are not in the bundle. */
export function provide(name: string, library: unknown): unknown {
  if (name === LIBRARY) return library;
  if (isPureModule(name)) return require(`node:${withoutPrefix(name)}`);
  throw new Error(`'${name}' cannot be bundled`);
}

function withoutPrefix(name: string): string {
  return name.replace(/^node:/, '');
}
