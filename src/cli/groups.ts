/** The list of commands, and the modules that define them. Only the modules that a command line needs are loaded. */
import type { MakeCommand } from './definitions/lazily.js';

interface Group {
  readonly names: readonly string[];
  readonly load: () => Promise<{ readonly commands: readonly MakeCommand[] }>;
}

/** The groups in the order of `basin --help`. */
export const GROUPS: readonly Group[] = [
  {
    names: [
      'list',
      'describe',
      'reproduce',
      'watch',
      'report',
      'export',
      'replay',
      'draw',
      'eject',
      'verify',
      'compare',
    ],
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

/** The commands that the words of a command line may need. Without words, all commands. */
export async function commandsFor([first]: readonly string[]): Promise<MakeCommand[]> {
  const loaded = await Promise.all(groupsFor(first).map(({ load }) => load()));
  return loaded.flatMap(({ commands }) => commands);
}

function groupsFor(first: string | undefined): readonly Group[] {
  if (first === undefined || first === 'help') return GROUPS;
  if (['--version', '-V'].includes(first)) return [];
  // A word that names no command is an error, which needs no list of commands.
  return first.startsWith('-') ? GROUPS : GROUPS.filter(({ names }) => names.includes(first));
}
