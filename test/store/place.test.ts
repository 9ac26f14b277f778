/** A store that is removed, moved or replaced while it is written, and a lock that somebody removes. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { StoredCell } from '../../src/store/reader.js';
import type { StudyWriter } from '../../src/store/writer.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';

let dir = '';
let store: StudyWriter;
let cell: StoredCell;

function open(): StudyWriter {
  const opened = openStudy(dir, IDENTITY);
  onTestFinished(() => {
    opened.close();
  });
  return opened;
}

beforeEach(() => {
  dir = join(temporaryFolder(), 'study');
  store = open();
  const [only] = store.addExperiment({ id: 'first', version: 1, values: {} }, [{ text: 'n=1', settings: { n: 1 } }]);
  if (only === undefined) throw new Error('no cell');
  cell = only;
  commit(store, 0);
});

function commit(to: StudyWriter, trial: number): void {
  to.commit([{ cell, rows: [{ trial, status: 'ok', seconds: 1, measures: {}, error: null }], curves: [] }]);
}

function trialsIn(folder: string): number[] {
  const reader = readStudy(folder);
  try {
    return Array.from(reader.trials(cell), ({ trial }) => trial);
  } finally {
    reader.close();
  }
}

const MOVED =
  /basin\.sqlite' was removed, moved or replaced while it was in use; what is stored is where that store is now$/;

/** Every way to write says it, as an `InputError`. */
function expectRefused(message: RegExp): void {
  for (const write of [
    () => {
      commit(store, 1);
    },
    () => {
      store.beginRun({});
    },
    () => {
      store.endRun(1, {});
    },
    () => {
      store.requireInPlace();
    },
  ]) {
    expect(write).toThrow(InputError);
    expect(write).toThrow(message);
  }
}

describe('a store that is no more where it was opened', () => {
  it('because its folder was removed takes nothing, and the folder stays away', () => {
    rmSync(dir, { recursive: true });
    expectRefused(MOVED);
    expect(existsSync(dir)).toBe(false);
  });

  it('because its folder was moved takes nothing, and keeps what it has', () => {
    const moved = `${dir}-moved`;
    renameSync(dir, moved);
    expectRefused(MOVED);
    store.close();
    expect([existsSync(dir), trialsIn(moved)]).toEqual([false, [0]]);
  });

  it('because another was put in its place leaves that one alone', () => {
    const copy = `${dir}-copy`;
    cpSync(dir, copy, { recursive: true });
    rmSync(dir, { recursive: true });
    renameSync(copy, dir);
    const files = (): string[] =>
      readdirSync(dir)
        .filter((name) => name.startsWith('basin.sqlite'))
        .sort();
    const before = files();
    expectRefused(MOVED);
    store.close();
    expect([files(), trialsIn(dir)]).toEqual([before, [0]]);
  });

  it('because a folder above it was moved takes nothing', () => {
    const above = join(dir, '..');
    renameSync(above, `${above}-moved`);
    onTestFinished(() => {
      rmSync(`${above}-moved`, { recursive: true });
    });
    mkdirSync(above);
    expectRefused(MOVED);
  });

  it('says so to a reader too', () => {
    const reader = readStudy(dir);
    onTestFinished(() => {
      reader.close();
    });
    reader.requireInPlace();
    renameSync(dir, `${dir}-moved`);
    expect(() => {
      reader.requireInPlace();
    }).toThrow(MOVED);
  });
});

describe('a lock that somebody removed', () => {
  const TAKEN =
    /basin\.lock' was removed or replaced while the study was being written, so another process may write it too/;

  it('ends the writer at its next commit', () => {
    unlinkSync(join(dir, 'basin.lock'));
    expectRefused(TAKEN);
    expect(trialsIn(dir)).toEqual([0]);
  });

  it('lets a second writer in, and the first one out', () => {
    unlinkSync(join(dir, 'basin.lock'));
    const second = open();
    expectRefused(TAKEN);
    commit(second, 2);
    expect(trialsIn(dir)).toEqual([0, 2]);
  });
});
