import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { decodeMeasures } from '../../src/store/measures.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { TrialRow } from '../../src/store/writer.js';
import { nameOfKilled } from '../base/killed.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { change, EXPERIMENT, expectRefusal, GRID, open, row, someStudy } from './studies.js';

describe('a study', () => {
  it('gives back what it was given', () => {
    const dir = temporaryFolder();
    const store = openStudy(dir, { seed: 2 ** 53 - 1, scale: 'paper', overrides: { trials: '3' } });
    const [, cell] = store.addExperiment(EXPERIMENT, GRID);
    if (cell === undefined) throw new Error('no cell');
    const failed: TrialRow = { trial: 1, status: 'failed', measures: {}, seconds: 0.25, error: 'why' };
    store.commit([
      {
        cell,
        rows: [failed, row(0)],
        curves: [{ trial: 0, name: 'loss', values: Float64Array.of(-0, NaN, 1 / 3).subarray(1) }],
      },
    ]);
    const run = store.beginRun({ cpu: 'x' });
    store.endRun(run, { ending: 'complete' });
    store.close();

    const read = readStudy(dir);
    expect(read.identity).toEqual({ seed: 2 ** 53 - 1, scale: 'paper', overrides: { trials: '3' } });
    expect(read.experiments()).toEqual([EXPERIMENT]);
    expect(read.cells('toy')).toEqual([{ id: 1, experiment: 'toy', text: 'n=1', settings: { n: 1 } }, cell]);
    expect([...read.trials(cell)]).toEqual([
      { trial: 0, status: 'ok', seconds: 0.5, measures: { trial: 0 }, error: null, origin: null },
      { trial: 1, status: 'failed', seconds: 0.25, measures: {}, error: 'why', origin: null },
    ]);
    expect(read.trial(cell, 1)?.error).toBe('why');
    expect(read.trial(cell, 2)).toBeUndefined();
    expect(read.firstError('toy')).toBe('why');
    expect(read.curves(cell, 0)).toEqual({ loss: Float64Array.of(NaN, 1 / 3) });
    expect(read.runs()).toEqual([{ cpu: 'x', ending: 'complete' }]);
    read.close();
  });

  it('refuses measures that it would not write', () => {
    for (const text of ['', 'null', '[]', '7', '{"a":null}', '{"a":"1"}', '{"a":"many"}', '{"a":[1]}'])
      expect(() => decodeMeasures(text), text).toThrow();
  });

  it('stores a batch as a whole or not at all', () => {
    const dir = temporaryFolder();
    const store = openStudy(dir, IDENTITY);
    const [cell] = store.addExperiment(EXPERIMENT, GRID);
    if (cell === undefined) throw new Error('no cell');
    const bad = { ...row(1), status: 'odd' } as unknown as TrialRow;
    expect(() => store.commit([{ cell, rows: [row(0), bad], curves: [] }])).toThrow(/CHECK/);
    expect([...store.trials(cell)]).toEqual([]);
    store.close();
  });

  it('says how many trials are safe when it can no longer be written', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const [cell] = store.addExperiment(EXPERIMENT, GRID);
    store.commit([{ cell, rows: [row(0), row(1), { ...row(2), status: 'censored', error: 'cut' }], curves: [] }]);
    (Reflect.get(store, 'database') as Database.Database).pragma('query_only = 1');
    expectRefusal(() => {
      store.commit([{ cell, rows: [row(3)], curves: [] }]);
    }, /SQLITE_READONLY.*; 2 trials are stored$/);
    store.close();
  });

  it('can be read while it is written, and the reader sees one moment', () => {
    const dir = temporaryFolder();
    const store = openStudy(dir, IDENTITY);
    const [cell] = store.addExperiment(EXPERIMENT, GRID);
    if (cell === undefined) throw new Error('no cell');
    const reader = readStudy(dir);
    store.commit([{ cell, rows: [row(0)], curves: [] }]);
    const counts = reader.snapshot(() => {
      const before = [...reader.trials(cell)].length;
      store.commit([{ cell, rows: [row(1)], curves: [] }]);
      return [before, [...reader.trials(cell)].length];
    });
    expect(counts).toEqual([1, 1]);
    expect([...reader.trials(cell)]).toHaveLength(2);
    reader.close();
    store.close();
  });

  it('keeps cells that have left the grid behind the others', () => {
    const dir = someStudy();
    const store = openStudy(dir, IDENTITY);
    const grid = [
      { text: 'n=3', settings: { n: 3 } },
      { text: 'n=2', settings: { n: 2 } },
    ];
    expect(
      store.addExperiment({ ...EXPERIMENT, values: { n: [3, 2], step: 0.5 } }, grid).map(({ text }) => text),
    ).toEqual(['n=3', 'n=2']);
    expect(store.cells('toy').map(({ text }) => text)).toEqual(['n=3', 'n=2', 'n=1']);
    store.close();
  });
});

describe('a folder is refused and left alone', () => {
  it.each([
    [{ seed: 7 }, 'must be continued with the same --seed 1, got 7'],
    [{ scale: 'paper' as const }, 'must be continued with the same --scale smoke, got paper'],
    [{ overrides: { n: '3' } }, 'must be continued with the same --set values (none), got (n=3)'],
  ])('for another identity %o', (identity, message) => {
    const dir = someStudy();
    const before = readFileSync(join(dir, 'basin.sqlite'));
    expectRefusal(() => open(dir, identity), message);
    expect(readFileSync(join(dir, 'basin.sqlite')).equals(before)).toBe(true);
    open(dir);
  });

  it('not for the same overrides in another order', () => {
    const dir = temporaryFolder();
    open(dir, { overrides: { a: '1', b: '2' } });
    open(dir, { overrides: { b: '2', a: '1' } });
  });

  it.each([
    [{ ...EXPERIMENT, version: 2 }, /holds toy version 1, this program has version 2/],
    [{ ...EXPERIMENT, values: { n: [1], step: 0.25 } }, /holds toy with step=0.5, this program has step=0.25/],
    [
      { ...EXPERIMENT, values: { n: [1], step: 0.5, law: 'x' } },
      /holds toy with law=undefined, this program has law=x/,
    ],
  ])('for another experiment %#', (experiment, message) => {
    const store = openStudy(someStudy(), IDENTITY);
    expectRefusal(() => store.addExperiment(experiment, GRID), message);
    expect(store.experiments()).toEqual([EXPERIMENT]);
    store.close();
  });

  it.each([-1, 1.5, NaN, Infinity, 2 ** 53])('for the seed %s', (seed) => {
    const dir = join(temporaryFolder(), 'new');
    expectRefusal(() => open(dir, { seed }), '--seed must be an integer from 0 to 2^53 - 1');
    expect(existsSync(dir)).toBe(false);
  });

  it('when it holds something else', () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'thesis.tex'), 'precious');
    expectRefusal(() => open(dir), "must be empty or hold a basin study, got '" + dir + "', which holds 'thesis.tex'");
    expect(readdirSync(dir)).toEqual(['thesis.tex']);
  });

  it('not when it holds only our own leftovers', () => {
    const dir = temporaryFolder();
    mkdirSync(join(dir, 'figures'));
    for (const name of ['report.html', 'basin.lock', nameOfKilled(), `${nameOfKilled()}-wal`])
      writeFileSync(join(dir, name), name === 'basin.lock' ? '' : 'rest');
    open(dir);
    expect(readdirSync(dir).sort()).toEqual(['basin.lock', 'basin.sqlite', 'figures', 'report.html']);
  });

  it('when it cannot be a folder', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expectRefusal(() => open(file), `${file}: cannot be used as an output folder: a file of that name is in the way`);
    expectRefusal(
      () => open(join(file, 'inner')),
      `${join(file, 'inner')}: cannot be used as an output folder: a part of the path is not a folder`,
    );
    expectRefusal(() => open('/proc/basin-study'), /\/proc\/basin-study: cannot be used as an output folder/);
  });

  it.skipIf(process.getuid?.() === 0)('when it cannot be written', () => {
    const dir = temporaryFolder();
    chmodSync(dir, 0o500);
    expectRefusal(() => open(dir), `${dir}: cannot be used as an output folder: permission denied`);
  });

  it('for reading when there is no study', () => {
    const dir = temporaryFolder();
    expectRefusal(() => readStudy(dir), `a study folder must hold basin.sqlite, got '${dir}', which does not`);
    expectRefusal(() => readStudy(join(dir, 'nowhere')), 'must hold basin.sqlite');
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('a store is refused and left alone', () => {
  const cases: [string, (dir: string, file: string) => void, RegExp][] = [
    [
      'empty',
      (_, file) => {
        writeFileSync(file, '');
      },
      /is damaged: it is not a SQLite database/,
    ],
    [
      'text',
      (_, file) => {
        writeFileSync(file, 'SQLite format 4 or so, a long text '.repeat(99));
      },
      /is damaged: it is not a SQLite database/,
    ],
    [
      'cut in the middle',
      (_, file) => {
        truncateSync(file, 40_000);
      },
      /is damaged: /,
    ],
    [
      'cut in the first page',
      (_, file) => {
        truncateSync(file, 1000);
      },
      /is damaged: /,
    ],
    ['overwritten in the middle', overwriteMiddle, /is damaged: /],
    [
      'foreign',
      (dir) => {
        change(dir, 'PRAGMA application_id = 0');
      },
      /is a database of another program/,
    ],
    [
      'of a newer schema',
      (dir) => {
        change(dir, 'PRAGMA user_version = 6');
      },
      /was made by a newer basin \(store schema 6, this program reads 5\)/,
    ],
    [
      'of schema 0',
      (dir) => {
        change(dir, 'PRAGMA user_version = 0');
      },
      /is damaged: its schema must be from 1 to 5, is 0/,
    ],
    [
      'of a negative schema',
      (dir) => {
        change(dir, 'PRAGMA user_version = -1');
      },
      /is damaged: its schema must be from 1 to 5, is -1/,
    ],
    [
      'without a column',
      (dir) => {
        change(dir, 'ALTER TABLE cells RENAME COLUMN settings TO options');
      },
      /is damaged: table cells has no column settings/,
    ],
    [
      'without a table',
      (dir) => {
        change(dir, 'DROP TABLE curves; DROP TABLE runs');
      },
      /is damaged: table curves, runs is missing/,
    ],
    [
      'without an identity',
      (dir) => {
        change(dir, 'DELETE FROM study');
      },
      /is damaged: table study must have 1 row, has 0/,
    ],
  ];

  it.each(cases)('when it is %s', (_, spoil, message) => {
    const dir = someStudy();
    const file = join(dir, 'basin.sqlite');
    spoil(dir, file);
    const before = readFileSync(file);
    expectRefusal(() => open(dir), message);
    expectRefusal(() => readStudy(dir), message);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

function overwriteMiddle(_: string, file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, 5 * 4096, 9 * 4096));
}

describe('one writer', () => {
  const BUSY = /is being written by another basin process/;

  it('keeps a second one of the same process out, but no reader', () => {
    const dir = temporaryFolder();
    const store = openStudy(dir, IDENTITY);
    expectRefusal(() => open(dir), BUSY);
    readStudy(dir).close();
    store.close();
    open(dir);
  });

  it('keeps another process out, and is gone with a killed process', async () => {
    const dir = temporaryFolder();
    const script = fileURLToPath(new URL('fixtures/hold.mjs', import.meta.url));
    const child = spawn(process.execPath, [script, dir], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(createInterface(child.stdout), 'line');
    expectRefusal(() => open(dir), BUSY);
    readStudy(dir).close();
    child.kill('SIGKILL');
    await once(child, 'exit');
    open(dir);
  });

  it('leaves the file whole when it closes while somebody reads', () => {
    const dir = someStudy();
    const store = openStudy(dir, IDENTITY);
    const reader = readStudy(dir);
    const [cell] = store.cells('toy');
    store.commit([{ cell, rows: [row(5000)], curves: [] }]);
    store.close();
    expect(statSync(join(dir, 'basin.sqlite-wal')).size).toBe(0);
    reader.close();
    const copy = temporaryFolder();
    copyFileSync(join(dir, 'basin.sqlite'), join(copy, 'basin.sqlite'));
    const copied = readStudy(copy);
    expect(copied.trial(cell, 5000)?.trial).toBe(5000);
    copied.close();
  });

  it('frees the folder when opening fails', () => {
    const dir = someStudy();
    expectRefusal(() => open(dir, { seed: 9 }), /--seed/);
    open(dir);
  });
});
