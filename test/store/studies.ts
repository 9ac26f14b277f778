/** Small studies for the tests of the store, and what a refusal looks like. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import type { StudyIdentity } from '../../src/store/identity.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { TrialRow } from '../../src/store/writer.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';

export const EXPERIMENT = { id: 'toy', version: 1, values: { n: [1, 2], step: 0.5 } };
export const GRID = [
  { text: 'n=1', settings: { n: 1 } },
  { text: 'n=2', settings: { n: 2 } },
];

export const row = (trial: number): TrialRow => ({
  trial,
  status: 'ok',
  measures: { trial },
  seconds: 0.5,
  error: null,
});

/** A closed study with 2000 trials. */
export function someStudy(): string {
  const dir = temporaryFolder();
  const store = openStudy(dir, IDENTITY);
  const [cell] = store.addExperiment(EXPERIMENT, GRID);
  if (cell === undefined) throw new Error('no cell');
  store.commit([{ cell, rows: Array.from({ length: 2000 }, (_, trial) => row(trial)), curves: [] }]);
  store.close();
  return dir;
}

export function change(dir: string, sql: string): void {
  const database = new Database(join(dir, 'basin.sqlite'));
  database.exec(sql);
  database.close();
}

export const open = (dir: string, identity: Partial<StudyIdentity> = {}) => {
  openStudy(dir, { ...IDENTITY, ...identity }).close();
};

export function expectRefusal(run: () => unknown, message: RegExp | string): void {
  expect(run).toThrow(InputError);
  expect(run).toThrow(message);
  expect(run).not.toThrow(/\n/);
}

export function studyWithRun(): { dir: string; file: string } {
  const dir = someStudy();
  const store = openStudy(dir, IDENTITY);
  store.beginRun({ cpu: 'x' });
  store.close();
  return { dir, file: join(dir, 'basin.sqlite') };
}

export function readEverything(dir: string): void {
  const store = readStudy(dir);
  try {
    expect(store.identity).toEqual(IDENTITY);
    store.runs();
    store.origins();
    for (const { id } of store.experiments()) {
      for (const cell of store.cells(id)) Array.from(store.trials(cell));
    }
  } finally {
    store.close();
  }
}
