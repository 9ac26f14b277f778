/** A command line loads what it needs. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, GROUPS } from '../../src/cli/groups.js';
import { buildProgram } from '../../src/cli/program.js';
import { EXPERIMENT_IDS } from '../../src/experiments/names.js';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import { needed, packagesOf, SRC } from '../architecture/needed.js';

/** Each costs about half a millisecond at the start. */
const MOST_FILES = 30;

const ofApp = (path: string): string[] =>
  needed(path)
    .map(({ path: file }) => file)
    .filter((file) => file.startsWith('app/'));

describe('the table of commands', () => {
  it('names what is defined, in its order', async () => {
    const { commands } = await buildProgram(() => undefined);
    expect(commands.map((command) => command.name())).toEqual(COMMAND_NAMES);
    expect(COMMAND_NAMES.toSorted()).toEqual(
      readdirSync(join(SRC, 'cli', 'commands'))
        .map((file) => file.replace('.ts', ''))
        .toSorted(),
    );
    for (const { names, load } of GROUPS) {
      expect((await load()).commands.map((make) => make(() => undefined).name())).toEqual(names);
    }
  });

  it.each([
    [['--version'], 0],
    [['-V'], 0],
    [['doctor', '--jsno'], 1],
    [['--help'], COMMAND_NAMES.length],
    [['help', 'run'], COMMAND_NAMES.length],
    [[], COMMAND_NAMES.length],
  ])('%j needs so many commands: %i', async (words, count) => {
    expect((await buildProgram(() => undefined, words)).commands).toHaveLength(count);
  });
});

it('a word that is no command loads no definitions', async () => {
  await expect(buildProgram(() => undefined, ['reproduse'])).rejects.toThrow("did you mean 'reproduce'?");
});

describe('a mistake in the values of a command line loads no command', () => {
  it.each([
    [['reproduce', 'fu2018-fig'], "of basin list, got 'fu2018-fig' (did you mean"],
    [['list', 'fu2018-fig'], 'experiment must be'],
    [['eject', 'fu2018-fig'], 'experiment must be'],
    [['nightly', 'all', 'fu2018-fig'], 'experiment must be'],
    [['plan', 'fu2018-fig3', 'fu2018-fig'], 'experiment must be'],
    [['describe', 'fu2018-fig'], 'experiment must be'],
    [['describe', 'absent.yaml'], 'absent.yaml: cannot be read: no such file or folder'],
    [['run', 'absent.ts'], "a module must be a file that is there, got 'absent.ts'"],
    [['run'], "basin run must be given a study file or --plan, got 'neither'"],
    [['report', 'absent'], "a study folder must hold basin.sqlite, got 'absent', which does not"],
    [['reproduce', '--scale', 'huge'], "--scale must be one of smoke, quick, paper, got 'huge'"],
    [['reproduce', '--workers', 'many'], "--workers must be a whole number from 1 to 256, got 'many'"],
    [['reproduce', '--budget', '3'], '--budget must be a duration'],
    [['run', '--trial-memory', '3'], '--trial-memory must be an amount of memory'],
    [['nightly', '--keep', '0'], '--keep must be a whole number from 1 to 1000000'],
    [['worker', '--lock', '3'], '--lock must be a duration'],
    [['missing', '--plan', 'absent', '--store', 'x'], 'absent: cannot be read: no such file or folder'],
    [['verify', '.', '--seed', '-1'], '--seed must be a whole number'],
    [['quantities', '--activation', 'sigmod', '--sigma', '1'], "got 'sigmod' (did you mean 'sigmoid'?)"],
  ])('%j', async (words, message) => {
    const program = await buildProgram(() => undefined, words);
    for (const command of program.commands) command.action(() => expect.unreachable('the command was performed'));
    await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow(message);
  });

  it('the names of experiments apart from the registry are those of the registry', () => {
    expect(EXPERIMENT_IDS).toEqual(EXPERIMENTS.map(({ id }) => id));
  });
});

describe('before a command is chosen', () => {
  it('little is loaded, and of packages commander alone', () => {
    expect(new Set(packagesOf('cli/main.ts'))).toEqual(new Set(['commander']));
    expect(needed('cli/main.ts').length).toBeLessThan(20);
    expect(ofApp('cli/main.ts')).toEqual([]);
  });

  it.each(readdirSync(join(SRC, 'cli', 'definitions')))(
    'definitions/%s defines without loading what performs',
    (file) => {
      const path = `cli/definitions/${file}`;
      expect(packagesOf(path).filter((name) => name !== 'commander')).toEqual([]);
      expect(needed(path).length).toBeLessThan(MOST_FILES);
      expect(ofApp(path)).toEqual([]);
    },
  );

  it('what performs is seen to need more', () => {
    expect(packagesOf('cli/commands/run.ts')).toContain('better-sqlite3');
    expect(ofApp('cli/commands/run.ts')).toContain('app/conduct.ts');
  });
});
