/** python/basin_read.py against the exports, to the bit, and the notebook that uses it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { toJsonMeasures } from '../store/measureFunctions.js';
import { expect, it } from 'vitest';
import { READERS_PYTHON, readersDue } from '../../scripts/setup/extras.mjs';
import { basin, scratchFolder } from '../cli/basin.js';
import { here } from '../cli/here.js';
import { storeOwnStudy } from '../export/ownStudy.js';

const ROOT = join(import.meta.dirname, '..', '..');
const PRESENT = existsSync(READERS_PYTHON) && !readersDue();
const folder = scratchFolder();

async function exported(study: string, what: string, name: string): Promise<void> {
  const { code, stderr } = await here(
    ...['export', join(folder, study), '--what', what, '--format', name.split('.')[1], '--out', join(folder, name)],
  );
  expect(code, stderr).toBe(0);
}

/** Turns a store into one of schema 1 with two runs of one build. */
const FIRST_SCHEMA = `
  DROP TABLE origins; ALTER TABLE trials DROP COLUMN origin; DROP TABLE definitions;
  ALTER TABLE experiments RENAME COLUMN setting_values TO parameter_values;
  INSERT INTO runs (provenance) VALUES ('{"build":"1.0+abc"}'), ('{"build":"1.0+abc"}');
  PRAGMA user_version = 1`;

function change(study: string, sql: string): void {
  const database = new Database(join(folder, study, 'basin.sqlite'));
  if (sql === FIRST_SCHEMA) toJsonMeasures(database);
  database.exec(sql);
  database.close();
}

it.runIf(PRESENT)('the reader gives what exports give, and its notebook runs', async () => {
  storeOwnStudy(join(folder, 'odd'));
  const example = join(ROOT, 'examples', 'label-noise.yaml');
  const ran = basin('run', example, '--scale', 'smoke', '--out', join(folder, 'study'), '--workers', '1');
  expect(ran.code, ran.stderr).toBe(0);
  storeOwnStudy(join(folder, 'first'));
  change('first', FIRST_SCHEMA);
  storeOwnStudy(join(folder, 'damaged'));
  change('damaged', 'ALTER TABLE trials RENAME TO others');
  mkdirSync(join(folder, 'text'));
  writeFileSync(join(folder, 'text', 'basin.sqlite'), 'a text of some length, which no database begins with');
  for (const study of ['odd', 'study'])
    for (const kind of ['csv', 'parquet']) await exported(study, 'trials', `${study}.${kind}`);
  await exported('study', 'curves', 'curves.csv');
  for (const kind of ['csv', 'json']) await exported('study', 'cells', `cells.${kind}`);
  const { stdout, stderr } = spawnSync(
    READERS_PYTHON,
    [
      join(import.meta.dirname, 'basin_read_facts.py'),
      folder,
      join(ROOT, 'python'),
      join(ROOT, 'examples', 'python', 'study.ipynb'),
    ],
    { encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  expect(stderr).toBe('');
  const same = (rows: number) =>
    Object.fromEntries(
      ['pandas', 'polars'].flatMap((by) => ['csv', 'parquet'].map((kind) => [`${by} ${kind}`, [rows]])),
    );
  expect(JSON.parse(stdout)).toEqual({
    odd: same(256),
    study: same(16),
    curves: { names: ['error', 'iteration', 'loss'], differ: [] },
    cells: [4, 4],
    // A number that is another one is seen.
    seen: ['measures.finalLoss'],
    // All runs of a store of schema 1 agree on the build.
    builds: [['1.0+abc'], ['1.0+abc']],
    refused: [
      expect.stringMatching(/^the folder must hold a study of basin, got none at /),
      'the store of the study must be a database, got text/basin.sqlite with: file is not a database',
      'the store of the study must be readable, got damaged with: no such table: trials',
      'an export must be .csv, .json or .parquet, got cells.txt',
      "frames must be one of pandas, polars, got 'numpy'",
    ],
    notebook: { rate: 1, low: expect.closeTo(0.4729, 4) as number, high: 1, iterations: 500 },
  });
});
