/** Who may import whom (ARCHITECTURE.md), as functions from sources to complaints. */
import type { SourceFile } from './sources.js';

type Permits = (target: string) => boolean;

const room = (path: string): string => path.split('/')[0];
const within =
  (...rooms: readonly string[]): Permits =>
  (target) =>
    rooms.includes(room(target));
const file =
  (...paths: readonly string[]): Permits =>
  (target) =>
    paths.includes(target);
const either =
  (...permits: readonly Permits[]): Permits =>
  (target) =>
    permits.some((permit) => permit(target));

/** What of base needs no machine: errors, vocabularies, and numbers and names as text. */
const WORDS = file('base/errors.ts', 'base/vocabulary.ts', 'base/suggest.ts', 'base/decimal.ts');
/** Who runs experiments knows them by their types alone. */
const BELOW_STORE = either(
  within('base', 'settings', 'core', 'theory', 'statistics', 'io'),
  file('experiments/spec.ts'),
);
/** Each may import itself and those before it. */
const ENGINE = ['store', 'pool', 'study', 'report'];
const upTo = (last: string): Permits => either(BELOW_STORE, within(...ENGINE.slice(0, ENGINE.indexOf(last) + 1)));

const MAY_IMPORT: Readonly<Record<string, Permits>> = {
  base: within('base'),
  settings: either(within('settings'), WORDS),
  core: either(within('core'), WORDS, file('base/package.ts')),
  theory: either(within('theory'), file('core/networks/activations.ts'), WORDS),
  statistics: either(within('statistics'), WORDS),
  io: within('io', 'base'),
  experiments: either(within('experiments', 'settings', 'core', 'theory', 'statistics'), WORDS),
  definitions: either(within('definitions', 'experiments', 'settings', 'core', 'theory', 'statistics', 'base')),
  store: upTo('store'),
  pool: upTo('pool'),
  study: upTo('study'),
  report: upTo('report'),
  studyfile: either(within('studyfile', 'experiments', 'settings', 'statistics'), WORDS),
  shards: either(within('shards'), upTo('report')),
  tuning: within('tuning', 'base', 'core', 'io', 'pool'),
  export: either(within('export'), upTo('report')),
  live: either(within('live'), upTo('report')),
  nightly: either(within('nightly'), upTo('report')),
  app: (target) => !within('cli', 'library', 'index.ts')(target),
  library: (target) => !within('cli', 'index.ts')(target),
  'index.ts': (target) => room(target) !== 'cli',
  cli: () => true,
};

/** Rooms of study, and what each may import of the others; comparison and forecast are used by none. */
const ROOMS_OF_STUDY: Readonly<Record<string, readonly string[]>> = {
  grid: [],
  provenance: [],
  leases: ['grid'],
  summary: ['grid'],
  run: ['grid', 'leases', 'summary'],
  forecast: ['grid', 'leases', 'summary', 'run'],
  replay: ['grid', 'leases', 'run'],
  comparison: ['grid', 'provenance', 'replay'],
};

const EXCEPTIONS: Readonly<Record<string, Permits>> = {
  'pool/laboratory.ts': file('experiments/registry.ts', 'definitions/load.ts'),
};

/** Arrows go down only. */
export function forbiddenImports(sources: readonly SourceFile[]): string[] {
  return sources.flatMap(({ path, imports }) => {
    const permitted = MAY_IMPORT[room(path)] as Permits | undefined;
    if (permitted === undefined) return [`${path} is in a room that the rules do not know`];
    const exception = EXCEPTIONS[path] as Permits | undefined;
    return imports
      .filter((target) => !permitted(target) && exception?.(target) !== true)
      .map((target) => `${path} imports ${target}`);
  });
}

/** The rooms of study have an order of their own, and every file of study is in one. */
export function forbiddenInStudy(sources: readonly SourceFile[]): string[] {
  const roomIn = (path: string): string => path.split('/')[1];
  return sources
    .filter(({ path }) => room(path) === 'study')
    .flatMap(({ path, imports }) => {
      const permitted = ROOMS_OF_STUDY[roomIn(path)] as readonly string[] | undefined;
      if (permitted === undefined) return [`${path} is in no room of study that the rules know`];
      return imports
        .filter((target) => room(target) === 'study' && ![roomIn(path), ...permitted].includes(roomIn(target)))
        .map((target) => `${path} imports ${target}`);
    });
}

const OF_A_TERMINAL = ['process.argv', 'process.stdout', 'process.stderr', 'process.exit', 'process.on', 'console'];

/**
 * What is done says what it has to say to who asked for it: it knows neither a terminal nor a command line, and ends
 * nothing.
 */
export function terminalUses(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path }) => within('app', 'library')(path))
    .flatMap(({ path, names }) =>
      OF_A_TERMINAL.filter((name) => names.has(name)).map((name) => `${path} uses ${name}`),
    );
}

const PURE_ROOMS = within('settings', 'core', 'theory', 'statistics', 'experiments');
const IMPURE_NAMES = [
  'process',
  'performance',
  'Date',
  'Math.random',
  'crypto',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'console',
];
const LOADER = 'core/kernels/native.ts';

/** A trial's result is a function of its address: no clock, no chance, no files, no environment. */
export function impurities(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path }) => PURE_ROOMS(path))
    .flatMap(({ path, packages, names }) => {
      const modules = packages.filter(
        (name) => name.startsWith('node:') && !(path === LOADER && name === 'node:module'),
      );
      return [...modules, ...IMPURE_NAMES.filter((name) => names.has(name))].map((name) => `${path} uses ${name}`);
    });
}

/** One file loads the addon: whatever else wants native code takes the kernels it returns. */
export function addonLoaders(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path, strings }) => path !== LOADER && strings.some((text) => text.includes('basin.node')))
    .map(({ path }) => `${path} loads the addon`);
}

/** Names of node:fs that ask what a path is, and neither open, change nor read what is there. */
const QUERIES = [
  'constants',
  'existsSync',
  'fstatSync',
  'lstatSync',
  'readlinkSync',
  'realpathSync',
  'statfsSync',
  'statSync',
  'Stats',
];
const SEAM = 'base/disk.ts';

/** One file reads, writes, lists, renames and removes: tests replace its calls and make them fail one by one. */
export function fileUsers(sources: readonly SourceFile[]): string[] {
  return sources
    .filter(({ path }) => path !== SEAM)
    .flatMap(({ path, fileNames }) => {
      const others = [...fileNames].filter((name) => !QUERIES.includes(name));
      return others.map((name) => `${path} uses ${name} of node:fs`);
    });
}

/** Types count too: two files that need each other's types are one file or three. */
export function importCycles(sources: readonly SourceFile[]): string[] {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (finished.has(path) || trail.includes(path)) return;
    for (const target of importsOf.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return cycles;
}
