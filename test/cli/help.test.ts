import { describe, expect, it } from 'vitest';
import {} from './basin.js';
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
