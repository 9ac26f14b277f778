import type * as Fs from 'node:fs';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { copyStore } from '../../src/store/copy.js';
import { temporaryFolder } from '../study/toy.js';

/** What happens while the store is being copied. */
let meanwhile: () => void = () => undefined;

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof Fs>();
  return {
    ...fs,
    copyFileSync: (from: string, to: string) => {
      fs.copyFileSync(from, to);
      meanwhile();
    },
  };
});

let file = '';
let room = '';
beforeEach(() => {
  const dir = temporaryFolder();
  [file, room] = [join(dir, 'basin.sqlite'), join(dir, 'room')];
  mkdirSync(room);
  vi.stubEnv('TMPDIR', room);
  writeFileSync(file, 'store');
});
afterEach(() => {
  vi.unstubAllEnvs();
  meanwhile = () => undefined;
});

describe('a copy of a store', () => {
  it('has its -wal beside it, where there is one', () => {
    const alone = copyStore(file);
    expect(readdirSync(alone.folder)).toEqual(['basin.sqlite']);
    writeFileSync(`${file}-wal`, 'pages');
    writeFileSync(`${file}-shm`, 'index');
    const both = copyStore(file);
    expect(readdirSync(both.folder)).toEqual(['basin.sqlite', 'basin.sqlite-wal']);
    expect([both.file, `${both.file}-wal`].map((path) => readFileSync(path, 'utf8'))).toEqual(['store', 'pages']);
  });

  it.each(['', '-wal'])('is refused when the store changes meanwhile (%s)', (suffix) => {
    writeFileSync(`${file}-wal`, 'pages');
    meanwhile = () => {
      appendFileSync(file + suffix, 'more');
    };
    expect(() => copyStore(file)).toThrow(`study store '${file}' is being written, and its folder is read-only here`);
    expect(readdirSync(room)).toEqual([]);
  });

  it('leaves nothing behind when there is no room', () => {
    meanwhile = () => {
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    };
    expect(() => copyStore(file)).toThrow(
      `there must be room for a copy in '${room}' (see TMPDIR), got ENOSPC: no space left on device`,
    );
    expect(readdirSync(room)).toEqual([]);
  });
});
