import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/report/cellMap/layout.js';
import type { Settings } from '../../../src/settings/types.js';

const product = (ds: readonly number[], ns: readonly number[]): Settings[] =>
  ds.flatMap((d) => ns.map((n) => ({ K: 3, d, n })));

describe('where cells lie on the map', () => {
  it('a grid: the setting that changes most often is across, in the order of its numbers', () => {
    expect(layoutOf(product([5, 10], [100, 20, 3]))).toEqual({
      settings: ['d', 'n'],
      rows: ['d = 5', 'd = 10'],
      across: 'n',
      columns: ['3', '20', '100'],
      places: [0, 1].flatMap((row) => [2, 1, 0].map((column) => ({ row, column }))),
    });
  });

  it('names stay in the order of the grid; a cell that lacks a setting is among the others', () => {
    const cells = ['tanh', 'relu'].flatMap((activation) =>
      ['sphere', 'normal'].map((start) => ({ activation, start })),
    );
    const { rows, columns, places } = layoutOf([...cells, { activation: 'relu' }]);
    expect([rows, columns]).toEqual([
      ['activation = tanh', 'activation = relu'],
      ['sphere', 'normal', '–'],
    ]);
    expect(places.at(-1)).toEqual({ row: 1, column: 2 });
  });

  it('rows with values of their own: their cells follow one another', () => {
    const cells = [5, 7, 9].flatMap((d) => [1, 2, 3].map((times) => ({ d, n: d * times * 10 + d })));
    const { rows, across, columns, places } = layoutOf(cells);
    expect([rows, across, columns]).toEqual([['d = 5', 'd = 7', 'd = 9'], '', ['', '', '']]);
    expect(places).toEqual([0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column }))));
  });

  it('one long row is broken, and one cell is a map', () => {
    const { rows, columns, places } = layoutOf(Array.from({ length: 200 }, (_, n) => ({ n })));
    expect([rows.length, columns.length, rows[1]]).toEqual([10, 20, 'n = 20']);
    expect(places[25]).toEqual({ row: 1, column: 5 });
    expect(layoutOf([{ n: 1 }])).toMatchObject({ settings: [], rows: [''], columns: [''] });
  });

  it.each([
    ['a grid', product([5, 10, 20], [1, 2, 3, 4])],
    ['a ragged one', [...product([5], [1, 2, 3, 4]), ...product([6], [5])]],
    ['a long row', Array.from({ length: 150 }, (_, n) => ({ n }))],
  ])('%s: every cell has a place of its own', (_, cells) => {
    const { rows, columns, places } = layoutOf(cells);
    expect(new Set(places.map(({ row, column }) => `${row} ${column}`)).size).toBe(cells.length);
    expect(places.every(({ row, column }) => row < rows.length && column < columns.length)).toBe(true);
  });
});
