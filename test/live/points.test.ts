import { expect, it } from 'vitest';
import { Gallery } from '../../src/live/figures.js';
import { cellFinder } from '../../src/live/points.js';

const CELLS = [
  { d: 2, n: 10 },
  { d: 2, n: 20 },
  { d: 3, n: 10 },
];

it('a row shows the only cell that has the settings that it names', () => {
  const cellOf = cellFinder({ rows: [] }, CELLS);
  expect(cellOf({ d: 2, n: 20, rate: 0.5 })).toBe(1);
  expect(cellOf({ n: 20 })).toBe(1);
  expect(cellOf({ n: 10 })).toBeUndefined();
  expect(cellOf({ d: 4, n: 10 })).toBeUndefined();
  expect(cellOf({ rate: 0.5 })).toBeUndefined();
});

it('a figure can name the cells of its rows', () => {
  const rows = [
    { x: 1, value: Infinity },
    { x: 2, value: 4 },
  ];
  const cellOf = cellFinder({ rows, cells: [CELLS[2], CELLS[0]] }, CELLS);
  expect(cellOf({ x: 1, value: null, edgeY: 'high' })).toBe(2);
  expect(cellOf({ x: 2, value: 4 })).toBe(0);
  expect(cellOf({ x: 3, value: 4 })).toBeUndefined();
});

it('points and tiles lie where the picture has them, in every panel', async () => {
  const gallery = new Gallery();
  const encoding = { x: { field: 'n', type: 'quantitative' }, y: { field: 'rate', type: 'quantitative' } };
  const rows = CELLS.map((cell, i) => ({ ...cell, rate: i }));
  const spec = { mark: { type: 'point', size: 100 }, encoding: { ...encoding, row: { field: 'd', type: 'ordinal' } } };
  await gallery.update([{ name: 'f', title: 'f', caption: '', rows, spec }], CELLS);
  const points = (gallery.find('f')?.points ?? '').split(';').map((text) => text.split(',').map(Number));
  expect(points.map((point) => point[4])).toEqual([0, 1, 2]);
  const [[x0, y0, halfWidth], [x1, y1], [x2, y2]] = points;
  expect(halfWidth).toBeGreaterThan(4);
  expect(x1).toBeGreaterThan(x0);
  expect(y1).toBeLessThan(y0);
  // The second panel lies below the first.
  expect([x2 === x0, y2 > y0]).toEqual([true, true]);
  const centres = [
    ...(gallery.find('f')?.svg ?? '').matchAll(/<path [^>]*transform="translate\(([\d.]+),([\d.]+)\)"/g),
  ];
  expect(centres.length).toBeGreaterThanOrEqual(3);
});
