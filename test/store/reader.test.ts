import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { STORE_FILE } from '../../src/store/found.js';
import { openStudy, readStudy } from '../../src/store/open.js';
import type { StudyReader } from '../../src/store/reader.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { cellsOf, openToyStore, row, storeRows } from '../study/toyStore.js';

describe('the trials of all cells', () => {
  const filled = () => {
    const store = openToyStore();
    const [cell, other, empty] = cellsOf(store, 'toy', [10, 20, 30]);
    storeRows(store, cell, [row(0), row(2, 'failed'), row(3, 'censored', 5), row(7, 'diverged'), row(8)]);
    storeRows(store, other, [row(0, 'failed'), { ...row(1, 'failed'), error: 'other' }, row(2, 'failed')]);
    return { store, cell, other, empty };
  };

  it('are summed by cell', () => {
    const { store, cell, other } = filled();
    expect(store.tallies()).toEqual([
      { cell: cell.id, ok: 2, diverged: 1, failed: 1, censored: 1, seconds: 9, squares: 29 },
      { cell: other.id, ok: 0, diverged: 0, failed: 3, censored: 0, seconds: 3, squares: 3 },
    ]);
  });

  it('failed ones are counted by message, with the first of each in the order of the grid', () => {
    const { store, cell, other } = filled();
    expect(store.failures('toy')).toEqual([
      { error: 'failed', count: 3, cell: cell.text, trial: 2 },
      { error: 'other', count: 1, cell: other.text, trial: 1 },
    ]);
    expect(store.failures('no such')).toEqual([]);
  });

  it('a reader sees by the version that another connection has written', () => {
    const { store, other } = filled();
    const reader = readStudy(store.dir);
    const before = reader.version;
    expect(reader.version).toBe(before);
    storeRows(store, other, [row(5)]);
    expect(reader.version).not.toBe(before);
    reader.close();
    expect(() => reader.version).toThrow('was closed');
  });
});

describe('the trials of a cell', () => {
  const filled = () => {
    const store = openToyStore();
    const [cell, other] = cellsOf(store, 'toy', [10, 20]);
    storeRows(store, cell, [row(0), row(2, 'failed'), row(3, 'censored', 5), row(7, 'diverged'), row(8)]);
    storeRows(store, other, [row(1)]);
    return { store, cell, other };
  };

  it('are counted from an index on, whatever came of them', () => {
    const { store, cell, other } = filled();
    expect([0, 1, 3, 7, 8, 9].map((first) => store.countFrom(cell, first))).toEqual([5, 4, 3, 2, 1, 0]);
    expect([store.countFrom(other, 1), store.countFrom(other, 2)]).toEqual([1, 0]);
  });

  it('are done, or were cut off', () => {
    const { store, cell, other } = filled();
    expect([store.counts(cell), store.counts(other)]).toEqual([
      { done: 4, censored: 1 },
      { done: 1, censored: 0 },
    ]);
    const done = (from?: number) => Array.from(store.done(cell, from), ({ trial }) => trial);
    expect([done(), done(5), done(5.1), done(0)]).toEqual([
      [0, 2, 7, 8],
      [0, 2, 3, 7, 8],
      [0, 2, 7, 8],
      [0, 2, 3, 7, 8],
    ]);
  });

  it('are one of them by its index, with all that is kept', () => {
    const { store, cell } = filled();
    expect(store.trial(cell, 8)).toMatchObject({ trial: 8, status: 'ok', measures: { u: 0.8 }, error: null });
    expect(store.trial(cell, 2)).toMatchObject({ status: 'failed', error: 'failed', measures: {} });
    expect(store.trial(cell, 1)).toBeUndefined();
    expect([store.firstError('toy'), store.firstError('none')]).toEqual(['failed', undefined]);
  });
});

describe('a store that is closed', () => {
  const closed = () => {
    const dir = temporaryFolder();
    const writer = openStudy(dir, IDENTITY);
    const [cell] = cellsOf(writer, 'toy', [10]);
    storeRows(writer, cell, [row(0), row(1), row(2)]);
    writer.close();
    return { store: readStudy(dir), cell };
  };
  const error = (store: StudyReader): InputError =>
    new InputError(`study store '${join(store.dir, STORE_FILE)}' was closed: open it again to read on`);

  it('while its trials are read ends the reading with an error', () => {
    const { store, cell } = closed();
    const seen: number[] = [];
    const read = (): void => {
      for (const { trial } of store.trials(cell)) {
        seen.push(trial);
        store.close();
      }
    };
    expect(read).toThrow(error(store));
    expect(seen).toEqual([0]);
  });

  it('can have trials that nobody reads to the end', () => {
    const { store, cell } = closed();
    for (const trials of [store.trials(cell), store.trials(cell)]) trials.next();
    store.close();
  });

  it('is read no more', () => {
    const { store, cell } = closed();
    const trials = store.trials(cell);
    store.close();
    for (const read of [() => trials.next(), () => store.identity, () => store.snapshot(() => 1)])
      expect(read).toThrow(error(store));
  });

  it('is not closed inside of a snapshot, which it is of', () => {
    const { store } = closed();
    expect(() => {
      store.snapshot(() => {
        store.close();
      });
    }).toThrow(new InputError('close() must be called outside of snapshot(), got it inside'));
    store.close();
  });
});

describe('the experiments of a study', () => {
  it('have the newest code that performs them, and no other’s', () => {
    const store = openToyStore();
    const code = (digest: string) => ({ name: 'mine.ts', text: '', map: '', files: [], digest });
    for (const id of ['mine', 'plain']) store.addExperiment({ id, version: 1, values: {} }, []);
    store.addDefinition('mine', code('first'));
    store.addDefinition('mine', code('second'));
    expect(store.experiments().map(({ id, code: own }) => [id, own?.digest])).toEqual([
      ['mine', 'second'],
      ['plain', undefined],
    ]);
  });
});
