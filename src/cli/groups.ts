/** The list of commands, and the modules that define them. Only the modules that a command line needs are loaded. */
import type { MakeCommand } from './definitions/lazily.js';

interface Group {
  /** heading in the help */
  readonly title: string;
  readonly names: readonly string[];
  readonly load: () => Promise<{ readonly commands: readonly MakeCommand[] }>;
}

/** The groups in the order of `basin --help`. */
export const GROUPS: readonly Group[] = [
  {
    title: "The papers' experiments:",
    names: ['list', 'reproduce', 'eject', 'nightly'],
    load: () => import('./definitions/papers.js'),
  },
  {
    title: 'Studies of your own:',
    names: ['check', 'schema', 'run'],
    load: () => import('./definitions/ownStudies.js'),
  },
  {
    title: 'Any study:',
    names: ['describe', 'plan', 'draw', 'status', 'watch', 'report', 'export', 'compare', 'replay', 'verify'],
    load: () => import('./definitions/studies.js'),
  },
  {
    title: 'A study on several machines:',
    names: ['merge', 'missing', 'submit', 'worker'],
    load: () => import('./definitions/cluster.js'),
  },
  {
    title: 'Your own data and activations:',
    names: ['quantities', 'fit', 'init', 'hessian', 'score', 'factorize'],
    load: () => import('./definitions/data.js'),
  },
  { title: 'This machine:', names: ['doctor', 'tune'], load: () => import('./definitions/machine.js') },
];

export const COMMAND_NAMES = GROUPS.flatMap(({ names }) => names);

interface GroupedCommand {
  readonly group: string;
  readonly make: MakeCommand;
}

/** The commands that the words of a command line may need: one that is named, or all. */
export async function commandsFor([first]: readonly string[]): Promise<GroupedCommand[]> {
  const loaded = await Promise.all(groupsFor(first).map(async (group) => ({ ...group, ...(await group.load()) })));
  return loaded.flatMap(({ title, names, commands }) =>
    commands
      .filter((_, index) => !names.includes(first ?? '') || names[index] === first)
      .map((make) => ({ group: title, make })),
  );
}

function groupsFor(first: string | undefined): readonly Group[] {
  if (first === undefined || first === 'help') return GROUPS;
  if (['--version', '-V'].includes(first)) return [];
  // A word that names no command is an error, which needs no list of commands.
  return first.startsWith('-') ? GROUPS : GROUPS.filter(({ names }) => names.includes(first));
}
