import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { asidePath, sweepAside } from '../../src/base/aside.js';
import { withDisk, type Disk } from '../../src/base/disk.js';
import { temporaryFolder } from '../study/toy.js';
import { nameOfKilled } from './killed.js';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});

const put = (name: string): void => {
  writeFileSync(join(folder, name), '');
};

describe('asidePath', () => {
  it('is in the same folder, hidden, and never the same twice', () => {
    const path = asidePath(join(folder, 'table.csv'));
    expect(dirname(path)).toBe(folder);
    expect(basename(path)).toMatch(/^\.basin-[0-9a-f]{8}-\d+-[0-9a-f]{24}$/);
    expect(asidePath(join(folder, 'table.csv'))).not.toBe(path);
  });
});

describe('sweepAside', () => {
  it('leaves what a running process writes', () => {
    const own = basename(asidePath(join(folder, 'x')));
    put(own);
    sweepAside(folder);
    expect(readdirSync(folder)).toEqual([own]);
  });

  it('removes what killed ones have left, with what SQLite put beside it', () => {
    const name = nameOfKilled();
    for (const suffix of ['', '-wal', '-shm', '-journal']) put(name + suffix);
    mkdirSync(join(folder, nameOfKilled()));
    const copy = join(folder, nameOfKilled());
    mkdirSync(copy);
    writeFileSync(join(copy, 'basin.sqlite'), '');
    sweepAside(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes a link, and not what it leads to', () => {
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, 'precious'), '');
    symlinkSync(join(elsewhere, 'precious'), join(folder, nameOfKilled()));
    symlinkSync(elsewhere, join(folder, nameOfKilled()));
    sweepAside(folder);
    expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([[], ['precious']]);
  });

  it('leaves what cannot be removed, and goes on', () => {
    const [first, second] = [nameOfKilled(), nameOfKilled()].sort();
    for (const name of [first, second]) put(name);
    const refusing = ({ removeTree }: Disk): Partial<Disk> => ({
      removeTree: (path) => {
        if (path.endsWith(first)) throw new Error('busy');
        removeTree(path);
      },
    });
    withDisk(refusing, () => {
      sweepAside(folder);
    });
    expect(readdirSync(folder)).toEqual([first]);
  });

  it('removes what another machine left a day ago', () => {
    const of = (machine: string): string => nameOfKilled().replace(/^\.basin-[0-9a-f]{8}/, `.basin-${machine}`);
    const [old, young] = [of('00000000'), of('11111111')];
    for (const name of [old, young]) put(name);
    const yesterday = Date.now() / 1000 - 25 * 3600;
    utimesSync(join(folder, old), yesterday, yesterday);
    sweepAside(folder);
    expect(readdirSync(folder)).toEqual([young]);
  });

  it('leaves names of others, and does without a folder', () => {
    for (const name of ['.basin-', '.basin-abc', 'basin.sqlite', `x${nameOfKilled()}`]) put(name);
    sweepAside(folder);
    sweepAside(join(folder, 'absent'));
    expect(readdirSync(folder)).toHaveLength(4);
  });
});
