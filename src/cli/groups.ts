/** Which commands there are, and where they are defined: only what a command line needs is loaded. */
import type { MakeCommand } from './definitions/lazily.js';

interface Group {
  readonly names: readonly string[];
  readonly load: () => Promise<{ readonly commands: readonly MakeCommand[] }>;
}

/** In the order of `basin --help`. */
export const GROUPS: readonly Group[] = [
  {
    names: ['list', 'describe', 'reproduce', 'report', 'export', 'replay', 'draw', 'eject', 'verify', 'compare'],
    load: () => import('./definitions/papers.js'),
  },
  {
    names: ['quantities', 'fit', 'init', 'hessian', 'score', 'factorize'],
    load: () => import('./definitions/data.js'),
  },
  { names: ['doctor', 'tune'], load: () => import('./definitions/machine.js') },
  { names: ['check', 'schema', 'run'], load: () => import('./definitions/ownStudies.js') },
  { names: ['plan', 'merge', 'missing', 'submit', 'worker', 'status'], load: () => import('./definitions/cluster.js') },
  { names: ['nightly'], load: () => import('./definitions/nights.js') },
];

export const COMMAND_NAMES = GROUPS.flatMap(({ names }) => names);

/** The commands that the words of a command line may need; without words all of them. */
export async function commandsFor([first]: readonly string[]): Promise<MakeCommand[]> {
  const loaded = await Promise.all(groupsFor(first).map(({ load }) => load()));
  return loaded.flatMap(({ commands }) => commands);
}

function groupsFor(first: string | undefined): readonly Group[] {
  if (first === undefined || first === 'help') return GROUPS;
  if (['--version', '-V'].includes(first)) return [];
  // A word that names no command is refused, whatever the commands are.
  return first.startsWith('-') ? GROUPS : GROUPS.filter(({ names }) => names.includes(first));
}
