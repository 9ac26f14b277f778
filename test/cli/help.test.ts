import { describe, expect, it } from 'vitest';
import { GROUPS } from '../../src/cli/groups.js';
import { here } from './here.js';

const COMMANDS = [
  'list',
  'reproduce',
  'report',
  'export',
  'replay',
  'quantities',
  'fit',
  'init',
  'hessian',
  'factorize',
  'nightly',
  'doctor',
  'run',
  'plan',
  'tune',
  'verify',
  'compare',
];

describe('help', () => {
  it('names every command', async () => {
    const { code, stdout } = await here('--help');
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toContain(command);
  });

  it('has the commands in groups, within 80 columns', async () => {
    const { stdout } = await here('--help');
    const headings = stdout.split('\n').filter((line) => /^\S.*:$/.test(line));
    expect(headings).toEqual(['Options:', ...GROUPS.map(({ title }) => title), 'Example:']);
    for (const { title, names } of GROUPS) {
      const [, section] = stdout.split(`${title}\n`);
      expect(
        section
          .split('\n\n')[0]
          .match(/^ {2}[\w-]+/gm)
          ?.map((name) => name.trim()),
      ).toEqual(names);
    }
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(COMMANDS)('of %s has an example', async (command) => {
    const { code, stdout, stderr } = await here(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\\n  basin ${command}`));
    expect(stderr).toBe('');
  });

  it('without a command goes to stderr with exit code 2', async () => {
    const { code, stdout, stderr } = await here();
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('reproduce');
  });

  it('a command without what it needs ends with exit code 2', async () => {
    for (const name of ['score', 'run']) expect((await here(name)).code).toBe(2);
  });
});

describe('doctor', () => {
  it('finds the addon with one BLAS thread and no problem', async () => {
    const { code, stdout } = await here('doctor', '--json');
    const found = JSON.parse(stdout) as { addon: { openblas: { threads: number } }; problems: string[] };
    expect(code).toBe(0);
    expect(found.addon.openblas.threads).toBe(1);
    expect(found.problems).toEqual([]);
  });
});
