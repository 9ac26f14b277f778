import { describe, expect, it } from 'vitest';
import { basin } from './basin.js';

const COMMANDS = ['list', 'reproduce', 'report', 'export', 'replay', 'quantities', 'fit', 'init', 'hessian', 'factorize', 'nightly', 'doctor', 'run', 'plan', 'tune', 'verify', 'compare'];

describe('help', () => {
  it('names every command', () => {
    const { code, stdout } = basin('--help');
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toContain(command);
  });

  it.each(COMMANDS)('of %s has an example', (command) => {
    const { code, stdout, stderr } = basin(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Example:\\n  basin ${command}`));
    expect(stderr).toBe('');
  });

  it('without a command goes to stderr with exit code 2', () => {
    const { code, stdout, stderr } = basin();
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('reproduce');
  });

  it('a command without what it needs ends with exit code 2', () => {
    for (const name of ['score', 'run']) expect(basin(name).code).toBe(2);
  });
});

describe('doctor', () => {
  it('finds the addon with one BLAS thread and no problem', () => {
    const { code, stdout } = basin('doctor', '--json');
    const found = JSON.parse(stdout) as { addon: { openblas: { threads: number } }; problems: string[] };
    expect(code).toBe(0);
    expect(found.addon.openblas.threads).toBe(1);
    expect(found.problems).toEqual([]);
  });
});
