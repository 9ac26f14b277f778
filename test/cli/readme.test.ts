/** The lines on arrays in README.md, as they stand: each finds what the ones before it have written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scratchFolder } from './basin.js';
import { here, inTurn } from './here.js';

const README = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
const folder = scratchFolder();
const before = process.cwd();

beforeAll(() => {
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(before);
});

/** The block that begins with `basin draw`. */
function lines(): string[] {
  const [, block = ''] = /^```sh\n(basin draw [\s\S]*?)^```$/m.exec(README) ?? [];
  return block.trim().split('\n');
}

/** What a shell makes of a line without variables: words, quoted or bare, up to a comment. */
function wordsOf(line: string): string[] {
  const [code] = line.split(/\s#/);
  return Array.from(
    code.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
    ([, double, single, bare]) => double ?? single ?? bare,
  );
}

it('run one after the other', async () => {
  const commands = lines().map(wordsOf);
  expect(commands.map(([program]) => program)).toEqual(commands.map(() => 'basin'));
  expect(new Set(commands.map(([, command]) => command))).toEqual(
    new Set(['draw', 'fit', 'init', 'hessian', 'score', 'factorize']),
  );
  await inTurn(commands, async ([, ...args]) => {
    const { code, stderr } = await here(...args);
    expect(code, `basin ${args.join(' ')}: ${stderr}`).toBe(0);
  });
});
