import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { EXPORT_FORMATS } from '../../src/export/formats.js';
import { openStudy } from '../../src/store/open.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { exported, storeStudy } from './study.js';

let dir = '';
let file = '';

beforeEach(() => {
  dir = temporaryFolder();
  file = join(temporaryFolder(), 'table');
  storeStudy(dir);
});

const write = (format: (typeof EXPORT_FORMATS)[number], target: string) => exported(dir, { format, file: target });

describe('an export', () => {
  it('replaces an older one', () => {
    write('csv', file);
    write('json', file);
    expect(readFileSync(file, 'utf8').startsWith('[\n{')).toBe(true);
  });

  it.each(EXPORT_FORMATS)('refuses a place that cannot be written (%s)', (format) => {
    const free = dirname(file);
    const folder = join(free, 'folder');
    mkdirSync(folder);
    expect(() => {
      write(format, folder);
    }).toThrow(`${folder}: cannot be written: it is a folder`);
    const nowhere = join(free, 'nowhere', 'table');
    expect(() => {
      write(format, nowhere);
    }).toThrow(InputError);
    expect(() => {
      write(format, nowhere);
    }).toThrow(`${nowhere}: cannot be written: no such file or folder`);
    expect(readdirSync(free)).toEqual(['folder']);
  });
});

describe('an export never goes into a study', () => {
  const expectRefused = (target: string) => {
    const store = join(dir, 'basin.sqlite');
    const before = readFileSync(store);
    expect(() => {
      write('csv', target);
    }).toThrow(InputError);
    expect(() => {
      write('csv', target);
    }).toThrow(`results must go to a file outside of study folders, got '${target}'`);
    expect(readFileSync(store).equals(before)).toBe(true);
  };

  it.each([
    'basin.sqlite',
    'basin.sqlite-wal',
    'basin.sqlite-shm',
    'basin.sqlite-journal',
    'basin.lock',
    'report.html',
    'figures/one.csv',
    'trials.csv',
    'figures/../basin.sqlite',
  ])('%s', (name) => {
    mkdirSync(join(dir, 'figures'));
    expectRefused(`${dir}/${name}`);
    expectRefused(`${relative('.', dir)}/${name}`);
    expect(readdirSync(join(dir, 'figures'))).toEqual([]);
  });

  it('through a link', () => {
    const link = join(dirname(file), 'link');
    symlinkSync(dir, link);
    expectRefused(join(link, 'basin.sqlite'));
  });

  it('whose store or figures lie elsewhere behind a link', () => {
    const elsewhere = temporaryFolder();
    renameSync(join(dir, 'basin.sqlite'), join(elsewhere, 'moved'));
    symlinkSync(join(elsewhere, 'moved'), join(dir, 'basin.sqlite'));
    mkdirSync(join(elsewhere, 'pictures'));
    symlinkSync(join(elsewhere, 'pictures'), join(dir, 'figures'));
    for (const name of ['moved', 'moved-wal', 'pictures/one.csv']) expectRefused(join(elsewhere, name));
    write('csv', join(elsewhere, 'table'));
  });

  it('of another experiment', () => {
    const other = temporaryFolder();
    openStudy(other, IDENTITY).close();
    const before = readFileSync(join(other, 'basin.sqlite'));
    expectRefused(join(other, 'basin.sqlite'));
    expect(readFileSync(join(other, 'basin.sqlite')).equals(before)).toBe(true);
  });

  it('but may lie beside it, under a name that starts alike', () => {
    write('csv', `${dir}.csv`);
    expect(readFileSync(`${dir}.csv`, 'utf8')).toMatch(/^address,/);
    rmSync(`${dir}.csv`);
  });
});
