import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import { agreedOrigin, codeOf, originOf, sameOrigin, type Origin } from '../../src/store/origin.js';
import type { StudyWriter, TrialRow } from '../../src/store/writer.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { toJsonMeasures } from './measureFunctions.js';

const HERE: Origin = {
  build: '0.1.0+aa',
  blas: 'Haswell',
  openblas: '0.3.21',
  vector: 'AVX2',
  v8: '11.3',
  platform: 'linux x64',
};
const ZEN: Origin = { ...HERE, blas: 'Zen' };

const row = (trial: number, status: TrialRow['status'] = 'ok'): TrialRow => ({
  trial,
  status,
  measures: {},
  seconds: 0.5,
  error: null,
});

function commit(store: StudyWriter, experiment: string, rows: readonly TrialRow[], origin?: Origin): void {
  const [cell] = store.addExperiment({ id: experiment, version: 1, values: { n: [1] } }, [
    { text: 'n=1', settings: { n: 1 } },
  ]);
  if (cell === undefined) throw new Error('no cell');
  store.commit([{ cell, rows, curves: [], origin }]);
}

function originsOfTrials(dir: string): (Origin | undefined)[] {
  const store = readStudy(dir);
  const origins = store.origins();
  const found = [...store.trials(store.cells('toy')[0])].map(({ origin }) => origins.get(origin ?? NaN));
  store.close();
  return found;
}

/** A store of schema 1, with trials 0 and 1 and a run for each of the BLAS cores. */
function oldStudy(...cores: readonly string[]): string {
  const dir = temporaryFolder();
  const store = openStudy(dir, IDENTITY);
  for (const core of cores)
    store.beginRun({ build: '0.1.0+old', v8: '11.3.244', native: { openblas: { core }, vectorTarget: 'AVX2' } });
  commit(store, 'toy', [row(0), row(1)]);
  store.close();
  const database = new Database(join(dir, 'basin.sqlite'));
  toJsonMeasures(database);
  database.exec(
    `DROP TABLE definitions; DROP TABLE origins; ALTER TABLE trials DROP COLUMN origin;
     ALTER TABLE experiments RENAME COLUMN setting_values TO parameter_values; ALTER TABLE experiments DROP COLUMN study;
     ALTER TABLE runs DROP COLUMN study_file; PRAGMA user_version = 1`,
  );
  database.close();
  return dir;
}

describe('a trial keeps who made it', () => {
  it('and a store counts by maker, without what was cut off, of all experiments or of some', () => {
    const dir = temporaryFolder();
    const store = openStudy(dir, IDENTITY);
    commit(store, 'toy', [row(0), row(1)], HERE);
    commit(store, 'toy', [row(2)], ZEN);
    commit(store, 'toy', [row(3, 'censored')]);
    commit(store, 'other', [row(0)], { ...HERE });
    expect(store.madeBy()).toEqual([
      { origin: HERE, trials: 3 },
      { origin: ZEN, trials: 1 },
    ]);
    expect(store.madeBy(['toy'])).toEqual([
      { origin: HERE, trials: 2 },
      { origin: ZEN, trials: 1 },
    ]);
    expect(store.madeBy([])).toEqual([]);
    store.close();
    expect(originsOfTrials(dir)).toEqual([HERE, HERE, ZEN, undefined]);
  });

  it('also where the same trial is performed again', () => {
    const dir = temporaryFolder();
    const store = openStudy(dir, IDENTITY);
    commit(store, 'toy', [row(0, 'censored')], HERE);
    commit(store, 'toy', [row(0)], ZEN);
    expect(store.madeBy()).toEqual([{ origin: ZEN, trials: 1 }]);
    store.close();
  });

  it('but not when the transaction fails', () => {
    const store = openStudy(temporaryFolder(), IDENTITY);
    expect(() =>
      store.atomically(() => {
        commit(store, 'toy', [row(0)], HERE);
        throw new InputError('no');
      }),
    ).toThrow('no');
    expect([store.experiments(), store.origins().size]).toEqual([[], 0]);
    commit(store, 'toy', [row(0)], ZEN);
    expect(store.madeBy()).toEqual([{ origin: ZEN, trials: 1 }]);
    store.close();
  });
});

describe('a store of schema 1', () => {
  const known = { build: '0.1.0+old', blas: 'Haswell', vector: 'AVX2' };

  it('is read as it is, its trials made by what its runs agree on', () => {
    const dir = oldStudy('Haswell', 'Haswell');
    const before = readFileSync(join(dir, 'basin.sqlite'));
    expect(originsOfTrials(dir)).toEqual([known, known]);
    const store = readStudy(dir);
    expect(store.madeBy()).toEqual([{ origin: known, trials: 2 }]);
    store.close();
    expect(readFileSync(join(dir, 'basin.sqlite')).equals(before)).toBe(true);
  });

  it('is brought up to date when it continues, and knows old trials from new ones', () => {
    const dir = oldStudy('Haswell', 'Zen');
    const store = openStudy(dir, IDENTITY);
    commit(store, 'toy', [row(2)], HERE);
    store.close();
    const old = { build: '0.1.0+old', vector: 'AVX2' };
    expect(originsOfTrials(dir)).toEqual([old, old, HERE]);
    openStudy(dir, IDENTITY).close();
    expect(originsOfTrials(dir)).toEqual([old, old, HERE]);
  });

  it('is damaged where a table of its own is missing, as any other', () => {
    const dir = oldStudy('Haswell');
    const database = new Database(join(dir, 'basin.sqlite'));
    database.exec('ALTER TABLE trials RENAME COLUMN error TO mistake');
    database.close();
    expect(() => readStudy(dir)).toThrow(/is damaged: table trials has no column error/);
  });
});

describe('origins', () => {
  it('are the same where all of it is known and equal', () => {
    expect(sameOrigin(HERE, { ...HERE })).toBe(true);
    for (const name of Object.keys(HERE)) {
      expect(sameOrigin(HERE, { ...HERE, [name]: 'other' }), name).toBe(false);
      expect(sameOrigin({ ...HERE, [name]: undefined }, { ...HERE, [name]: undefined }), name).toBe(false);
    }
  });

  it('are of the facts that decide bits, and of texts alone', () => {
    expect(originOf({ vector: 'AVX2', cpu: 'X', build: 'b', blas: 7 })).toEqual({ build: 'b', vector: 'AVX2' });
    expect([codeOf(HERE), codeOf({})]).toEqual(['aa', undefined]);
  });

  it('of old runs are what all say, those of merged places too', () => {
    const merged = {
      build: 'b',
      places: [
        { blas: 'Zen', vector: 'AVX2' },
        { blas: 'Zen', vector: 'AVX3' },
      ],
    };
    expect(agreedOrigin([merged, { build: 'b', native: { openblas: { core: 'Zen' }, vectorTarget: 'AVX2' } }])).toEqual(
      { build: 'b', blas: 'Zen' },
    );
    expect(agreedOrigin([])).toEqual({});
  });
});
