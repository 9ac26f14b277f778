/**
 * Which trials an export is about: those of one moment, and where the grid follows from results, those that it plans
 * then.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Experiment } from '../../src/experiments/spec.js';
import { exportStudy } from '../../src/export/export.js';
import type { ExperimentOf } from '../../src/export/study.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { experimentOf, ok, storeStudy } from './study.js';

interface Row {
  readonly address: string;
  readonly current: boolean;
}

function rowsOf(dir: string, of: ExperimentOf, all = false): Row[] {
  const file = join(temporaryFolder(), 'table.json');
  const store = readStudy(dir);
  exportStudy(store, { what: 'trials', format: 'json', file, all, experimentOf: of });
  store.close();
  return JSON.parse(readFileSync(file, 'utf8')) as Row[];
}

it('an export does not see what is stored while it is made', () => {
  const dir = temporaryFolder();
  storeStudy(dir);
  const writer = openStudy(dir, IDENTITY);
  const file = join(temporaryFolder(), 'table.json');
  const store = readStudy(dir);
  const [cell] = writer.cells('second');
  exportStudy(store, {
    what: 'trials',
    format: 'json',
    file,
    all: true,
    experimentOf: (stored) => {
      writer.commit([{ cell, curves: [], rows: [ok(7, { error: 1 })] }]);
      return experimentOf(stored);
    },
  });
  store.close();
  writer.close();
  expect((JSON.parse(readFileSync(file, 'utf8')) as Row[]).filter(({ address }) => address.endsWith('#7'))).toEqual([]);
  expect(rowsOf(dir, experimentOf, true).filter(({ address }) => address.endsWith('#7'))).toHaveLength(1);
});

it('a trial is current where results ask for it', () => {
  const dir = temporaryFolder();
  const base = experimentOf({ id: 'second' });
  /** A second trial where the first is above 1. */
  const growing: Experiment = {
    ...base,
    grow: (_, { estimate }) =>
      [1, 2].map((n) => ({ settings: { n }, trials: (estimate({ n }, base.measures[0], 1)?.value ?? 0) > 1 ? 2 : 1 })),
  };
  const store = openStudy(dir, IDENTITY);
  const grid = [
    { text: 'n=1', settings: { n: 1 } },
    { text: 'n=2', settings: { n: 2 } },
  ];
  const [first, second] = store.addExperiment({ id: 'second', version: 1, values: {} }, grid);
  const three = (error: number) => [0, 1, 2].map((trial) => ok(trial, { error }));
  store.commit([
    { cell: first, curves: [], rows: three(5) },
    { cell: second, curves: [], rows: three(0.5) },
  ]);
  store.close();
  expect(rowsOf(dir, () => growing).map(({ address }) => address)).toEqual([
    'second/n=1#0',
    'second/n=1#1',
    'second/n=2#0',
  ]);
  expect(rowsOf(dir, () => growing, true).map(({ current }) => current)).toEqual([
    true,
    true,
    false,
    true,
    false,
    false,
  ]);
});
