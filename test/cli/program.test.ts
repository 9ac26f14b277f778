/** A command line loads what it needs. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, GROUPS } from '../../src/cli/groups.js';
import { buildProgram } from '../../src/cli/program.js';
import { needed, packagesOf, SRC } from '../architecture/needed.js';

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
    [['doctor', '--jsno'], 2],
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
      expect(needed(path).length).toBeLessThan(20);
      expect(ofApp(path)).toEqual([]);
    },
  );

  it('what performs is seen to need more', () => {
    expect(packagesOf('cli/commands/run.ts')).toContain('better-sqlite3');
    expect(ofApp('cli/commands/run.ts')).toContain('app/conduct.ts');
  });
});
