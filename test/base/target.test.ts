/** Output paths that lead to something else than a plain file. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import { isStandardOutput, targetOf } from '../../src/base/target.js';
import { writeWhole } from '../../src/base/whole.js';
import { temporaryFolder } from '../study/toy.js';
import { until } from '../until.js';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
const at = (name: string): string => join(folder, name);

describe('a link', () => {
  it('stays, and its target is written', () => {
    writeFileSync(at('target'), 'earlier');
    symlinkSync('target', at('link'));
    symlinkSync(at('link'), at('second'));
    writeWhole(at('second'), 'new');
    expect([
      readFileSync(at('target'), 'utf8'),
      lstatSync(at('link')).isSymbolicLink(),
      lstatSync(at('second')).isSymbolicLink(),
    ]).toEqual(['new', true, true]);
  });

  it('that leads to no file yet makes it there', () => {
    mkdirSync(at('elsewhere'));
    symlinkSync('elsewhere', at('door'));
    symlinkSync('../made', join(at('elsewhere'), 'link'));
    writeWhole(join(at('door'), 'link'), 'new');
    expect(readFileSync(at('made'), 'utf8')).toBe('new');
  });

  it('to itself is refused', () => {
    symlinkSync('b', at('a'));
    symlinkSync('a', at('b'));
    expect(() => {
      writeWhole(at('a'), 'x');
    }).toThrow(`${at('a')}: cannot be written: its links lead in a circle`);
  });
});

describe('a pipe', () => {
  beforeEach(() => {
    execFileSync('mkfifo', [at('pipe')]);
  });

  it('is written through, also more than it holds at once', async () => {
    const reader = spawn('cat', [at('pipe')]);
    const received = text(reader.stdout);
    const content = 'x'.repeat(30_000);
    await whenRead(() => {
      writeWhole(at('pipe'), content);
    });
    expect(await received).toBe(content);
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  });

  it('that nobody reads is refused, not waited for', () => {
    expect(() => {
      writeWhole(at('pipe'), 'x');
    }).toThrow(`${at('pipe')}: cannot be written: nobody reads this pipe; start its reader first`);
  });

  it('whose reader goes is an error', async () => {
    spawn('head', ['-c', '1', at('pipe')], { stdio: 'ignore' });
    await expect(
      whenRead(() => {
        writeWhole(at('pipe'), 'x'.repeat(2 ** 20));
      }),
    ).rejects.toThrow(/its reader has gone$/);
  });
});

/** Tries until the pipe has its reader, and throws what the write throws then. */
async function whenRead(write: () => void): Promise<void> {
  let outcome: unknown;
  await until('the pipe is read', () => {
    outcome = outcomeOf(write);
    return !(outcome instanceof Error && outcome.message.includes('nobody reads'));
  });
  if (outcome instanceof Error) throw outcome;
}

function outcomeOf(act: () => void): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a device', () => {
  it('is written through and stays', () => {
    writeWhole('/dev/null', 'x');
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it.runIf(targetExists('/dev/full'))('that is full is an error', () => {
    expect(() => {
      writeWhole('/dev/full', 'x');
    }).toThrow('/dev/full: cannot be written: no space left on the device');
    symlinkSync('/dev/full', at('link'));
    expect(() => {
      writeWhole(at('link'), 'x');
    }).toThrow(`${at('link')}: cannot be written: no space left on the device`);
  });
});

function targetExists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

it('a socket is refused', async () => {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(at('socket'), listening);
  });
  expect(() => {
    writeWhole(at('socket'), 'x');
  }).toThrow(`${at('socket')}: cannot be written: it is a socket`);
  server.close();
});

describe('standard output', () => {
  it.each(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])('is %s', (path) => {
    expect(targetOf(path)).toEqual({ kind: 'descriptor', descriptor: 1 });
    expect(isStandardOutput(path)).toBe(true);
  });

  it('is not a file of that name elsewhere, nor standard error', () => {
    expect([isStandardOutput(at('-')), isStandardOutput('/dev/stderr')]).toEqual([false, false]);
    expect(targetOf('/dev/fd/7')).toEqual({ kind: 'descriptor', descriptor: 7 });
  });

  const program = (path: string, size: number): string =>
    `import { writeWhole } from ${JSON.stringify(new URL('../../dist/base/whole.js', import.meta.url).href)};` +
    `process.stdout.on('error', () => {}); writeWhole(${JSON.stringify(path)}, 'x'.repeat(${size})); writeWhole(${JSON.stringify(path)}, 'end');`;

  it.each(['-', '/dev/stdout'])('takes all of it where it is a file, a pipe, or a socket: %s', (path) => {
    const script = program(path, 300_000);
    const whole = `${'x'.repeat(300_000)}end`;
    spawnSync('sh', ['-c', '"$0" --input-type=module -e "$1" > "$2"', process.execPath, script, at('file')]);
    expect(readFileSync(at('file'), 'utf8') === whole).toBe(true);
    expect(
      spawnSync('sh', ['-c', '"$0" --input-type=module -e "$1" | cat', process.execPath, script], { encoding: 'utf8' })
        .stdout === whole,
    ).toBe(true);
    expect(
      spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout === whole,
    ).toBe(true);
  });

  it('whose reader has gone ends quietly', () => {
    const run = spawnSync(
      'sh',
      [
        '-c',
        '("$0" --input-type=module -e "$1"; echo "rc $?" >&2) | head -c 1',
        process.execPath,
        program('-', 2 ** 20),
      ],
      { encoding: 'utf8' },
    );
    expect([run.stdout, run.stderr]).toEqual(['x', 'rc 0\n']);
  });
});
