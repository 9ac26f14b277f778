/** Stores of schema 3, in which the texts of studies stood among values and provenance, and of 4, with measures as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { StudyReader } from '../../src/store/reader.js';
import type { StoredTrial } from '../../src/store/trials.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { toJsonMeasures } from './measureFunctions.js';
import { change, EXPERIMENT, expectRefusal, GRID, open, readEverything } from './studies.js';

const STUDY = '{"title":"near","grid":{"d":[3]}}';
const WORDS = '{"title":"with words","grid":{}}';
const YAML = 'title: near\n';

/** Rows as a program of schema 3 wrote them. */
function oldStudy(): string {
  const dir = temporaryFolder();
  openStudy(dir, IDENTITY).close();
  const database = new Database(join(dir, 'basin.sqlite'));
  toJsonMeasures(database);
  database.exec(`
    ALTER TABLE experiments RENAME COLUMN setting_values TO parameter_values;
    ALTER TABLE experiments DROP COLUMN study;
    ALTER TABLE runs DROP COLUMN study_file;
    PRAGMA user_version = 3;
  `);
  const experiment = database.prepare('INSERT INTO experiments (id, version, parameter_values) VALUES (?, 2, ?)');
  experiment.run('study', JSON.stringify({ files: ['{"value":"x"}'], study: [STUDY] }));
  experiment.run('study@01234567', JSON.stringify({ study: [WORDS] }));
  experiment.run('own@01234567', JSON.stringify({ step: 0.1, study: ['a', 'b'] }));
  const run = database.prepare('INSERT INTO runs (provenance) VALUES (?)');
  run.run(JSON.stringify({ build: 'b', studyFile: YAML, workers: 2 }));
  run.run(JSON.stringify({ build: 'b' }));
  database.close();
  return dir;
}

function expectAll(store: StudyReader): void {
  expect(store.experiments()).toEqual([
    { id: 'study', version: 2, values: { files: ['{"value":"x"}'] }, study: STUDY },
    { id: 'study@01234567', version: 2, values: {}, study: WORDS },
    { id: 'own@01234567', version: 2, values: { step: 0.1, study: ['a', 'b'] } },
  ]);
  expect(store.studyFiles()).toEqual([YAML]);
  expect(store.runs()).toEqual([{ build: 'b', workers: 2 }, { build: 'b' }]);
  store.close();
}

describe('a store of schema 3', () => {
  it('is read as it is', () => {
    const dir = oldStudy();
    const before = readFileSync(join(dir, 'basin.sqlite'));
    expectAll(readStudy(dir));
    expect(readFileSync(join(dir, 'basin.sqlite')).equals(before)).toBe(true);
  });

  it('has each text in a column of its own when it continues', () => {
    const dir = oldStudy();
    expectAll(openStudy(dir, IDENTITY));
    expectAll(readStudy(dir));
    const database = new Database(join(dir, 'basin.sqlite'), { readonly: true });
    expect(database.prepare('SELECT setting_values, study FROM experiments ORDER BY position').raw().all()).toEqual([
      ['{"files":["{\\"value\\":\\"x\\"}"]}', STUDY],
      ['{}', WORDS],
      ['{"step":0.1,"study":["a","b"]}', null],
    ]);
    expect(database.prepare('SELECT study_file FROM runs ORDER BY id').raw().all()).toEqual([[YAML], [null]]);
    database.close();
  });
});

describe('a store of schema 4', () => {
  const odd = [NaN, Infinity, -Infinity, -0, 5e-324, 1 / 3, Number.MAX_VALUE];
  const trials: StoredTrial[] = [
    ...odd.map((u, trial) => ({ trial, status: 'ok', seconds: 1 / 7, measures: { u, hit: 1 }, error: null }) as const),
    { trial: 7, status: 'failed', seconds: 0, measures: {}, error: 'why' } as const,
    { trial: 9, status: 'diverged', seconds: 2, measures: { hit: 0, u: 3 }, error: null } as const,
  ].map((row) => ({ ...row, origin: null }));

  function earlier(): string {
    const dir = temporaryFolder();
    const store = openStudy(dir, IDENTITY);
    const [cell] = store.addExperiment(EXPERIMENT, GRID);
    store.commit([{ cell, rows: trials, curves: [] }]);
    store.close();
    const database = new Database(join(dir, 'basin.sqlite'));
    toJsonMeasures(database);
    expect(database.prepare('SELECT measures FROM trials LIMIT 3').pluck().all()).toEqual([
      '{"u":"NaN","hit":1}',
      '{"u":"Infinity","hit":1}',
      '{"u":"-Infinity","hit":1}',
    ]);
    database.close();
    return dir;
  }

  function expectTrials(store: StudyReader): void {
    const [cell] = store.cells(EXPERIMENT.id);
    const stored = [...store.trials(cell)];
    store.close();
    expect(stored).toEqual(trials);
    expect(stored.map(({ measures }) => Object.keys(measures))).toEqual(
      trials.map(({ measures }) => Object.keys(measures)),
    );
  }

  it('is read as it is, every bit of it', () => {
    const dir = earlier();
    const before = readFileSync(join(dir, 'basin.sqlite'));
    expectTrials(readStudy(dir));
    expect(readFileSync(join(dir, 'basin.sqlite')).equals(before)).toBe(true);
  });

  it('has its measures as numbers when it continues', () => {
    const dir = earlier();
    expectTrials(openStudy(dir, IDENTITY));
    expectTrials(readStudy(dir));
    const database = new Database(join(dir, 'basin.sqlite'), { readonly: true });
    expect(
      database.prepare('SELECT DISTINCT names, typeof(measures), length(measures) FROM trials').raw().all(),
    ).toEqual([
      [1, 'blob', 16],
      [2, 'blob', 0],
      [3, 'blob', 16],
    ]);
    database.close();
  });

  it.each(['null', '[1]', '{"u":"many"}', '{"u":'])('is refused and left alone with measures %s', (text) => {
    const dir = earlier();
    change(dir, `UPDATE trials SET measures = '${text}' WHERE trial = 3`);
    expectRefusal(() => open(dir), 'is damaged: table trials: measures:');
    expectRefusal(() => readEverything(dir), 'is damaged: table trials: measures:');
  });
});
