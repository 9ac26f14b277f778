/** What one unit adds to a study. */
import { describe, expect, it } from 'vitest';
import { Merger } from '../../src/shards/merge.js';
import type { UnitResult } from '../../src/shards/unitFile.js';
import { openStudy } from '../../src/store/open.js';
import { IDENTITY, temporaryFolder } from '../study/toy.js';
import { PLACE, toyPlan } from './toyPlan.js';

const plan = toyPlan(['toy-mixed']);

describe('a unit of which the store has a part', () => {
  const COUNT = 5;
  const rowsWith = (u: (trial: number) => number) =>
    Array.from({ length: COUNT }, (_, trial) => ({
      trial,
      status: 'ok' as const,
      seconds: 1,
      measures: { u: u(trial) },
      error: null,
    }));

  function merging() {
    const store = openStudy(temporaryFolder(), IDENTITY);
    const merger = new Merger(store, plan, () => undefined);
    const unit = merger.units[0];
    const result = (rows: UnitResult['rows']): UnitResult => ({
      unit: 0,
      place: { ...PLACE, host: 'here', seconds: 1, workers: 1 },
      rows,
      curves: [],
    });
    const stored = (): number[] => {
      const [cell] = store.cells('toy-mixed').filter(({ text }) => text === unit.text);
      return Array.from(store.trials(cell), ({ trial }) => trial);
    };
    return { store, merger, unit, result, stored };
  }

  it('adds nothing when one of its trials is another', () => {
    const { store, merger, unit, result, stored } = merging();
    merger.merge(result(rowsWith((trial) => trial / 8).slice(0, 2)));
    expect(stored()).toEqual([0, 1]);
    const merged = merger.merge(result(rowsWith((trial) => (trial === 1 ? 7 : trial / 8))));
    expect(merged).toMatchObject({ added: 0, conflicts: [`toy-mixed/${unit.text}#1`] });
    expect(stored()).toEqual([0, 1]);
    store.close();
  });

  it('keeps, and counts, what another kind of machine made with other bits', () => {
    const { store, merger, result, stored } = merging();
    const elsewhere = result(rowsWith((trial) => trial / 8).slice(0, 3));
    merger.merge({ ...elsewhere, place: { ...elsewhere.place, vector: 'another target' } });
    expect(merger.merge(result(rowsWith((trial) => (trial < 2 ? 7 : trial / 8))))).toEqual({
      added: 2,
      conflicts: [],
      kept: 2,
    });
    expect(stored()).toEqual([0, 1, 2, 3, 4]);
    store.close();
  });

  it('adds the rest when they are the same', () => {
    const { store, merger, result, stored } = merging();
    merger.merge(result(rowsWith((trial) => trial / 8).slice(1, 3)));
    expect(merger.merge(result(rowsWith((trial) => trial / 8)))).toMatchObject({ added: 3, conflicts: [] });
    expect(stored()).toEqual([0, 1, 2, 3, 4]);
    store.close();
  });
});
