import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { withOnDone } from '../../src/cli/onDone.js';
import { scratchFolder } from './basin.js';
import { here } from './here.js';
import { withoutThreads } from './withoutThreads.js';

withoutThreads();

const dir = scratchFolder();
const at = (name: string): string => join(dir, name);
/** A command that writes what it is told to a file. */
const telling = (file: string): string => `echo "$BASIN_EXIT $BASIN_OUT $BASIN_SECONDS" > '${at(file)}'`;
const told = (file: string): string => readFileSync(at(file), 'utf8');

/** What is printed on stderr while something happens. */
async function said(act: () => Promise<unknown>): Promise<string> {
  const parts: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((part) => parts.push(String(part)) > 0);
  try {
    await act();
  } finally {
    write.mockRestore();
  }
  return parts.join('');
}

describe('--on-done', () => {
  it('runs when the work has ended, with the exit code and the folder', async () => {
    const code = await withOnDone(telling('one'), 'some/folder', () => Promise.resolve(1));
    expect(code).toBe(1);
    expect(told('one')).toBe(`1 ${resolve('some/folder')} 0\n`);
  });

  it.each([
    [new InputError('the disk is full'), 2],
    [new Error('a worker died'), 4],
  ])('also when the work fails: %s', async (error, code) => {
    await expect(withOnDone(telling('failed'), 'folder', () => Promise.reject(error))).rejects.toBe(error);
    expect(told('failed')).toMatch(new RegExp(`^${code} `));
  });

  it.each([
    ['exit 3', 'got exit code 3 of'],
    ['kill -TERM $$', 'got SIGTERM of'],
  ])('that fails is one line, and the exit code stays: %s', async (command, message) => {
    const text = await said(async () => {
      expect(await withOnDone(command, 'folder', () => Promise.resolve(0))).toBe(0);
    });
    expect(text).toMatch(/^basin: --on-done must end with exit code 0, [^\n]+\n$/);
    expect(text).toContain(message);
  });

  it('is an option of commands that perform trials; its command is not stored', async () => {
    const out = at('study');
    const ran = await here('reproduce', 'fu2018-fig2', '--scale', 'smoke', '--out', out, '--on-done', telling('ran'));
    expect(ran.code).toBe(0);
    expect(told('ran')).toMatch(new RegExp(`^0 ${out} \\d+\n$`));
    const refused = await here(
      'reproduce',
      'fu2018-fig2',
      '--seed',
      '2',
      '--out',
      out,
      '--on-done',
      telling('refused'),
    );
    expect(refused.code).toBe(2);
    expect(told('refused')).toMatch(/^2 /);
    for (const command of ['run', 'nightly']) expect((await here(command, '--help')).stdout).toContain('--on-done');
  });
});
