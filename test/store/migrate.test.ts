/** Stores of schema 3, in which the texts of studies stood among values and provenance. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { StudyReader } from '../../src/store/reader.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';

const STUDY = '{"title":"near","grid":{"d":[3]}}';
const WORDS = '{"title":"with words","grid":{}}';
const YAML = 'title: near\n';

/** Rows as a program of schema 3 wrote them. */
function oldStudy(): string {
  const dir = temporaryFolder();
  openStudy(dir, IDENTITY).close();
  const database = new Database(join(dir, 'basin.sqlite'));
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
