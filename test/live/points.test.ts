import { expect, it } from 'vitest';
import { cellRows } from '../../src/experiments/common/cellRows.js';
import { bandRows, percentileBands, stackedShares } from '../../src/experiments/plots.js';
import type { CurveBand, Figure } from '../../src/experiments/spec.js';
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

it('the texts of a row name settings too', () => {
  const cellOf = cellFinder({ rows: [] }, CELLS);
  expect(cellOf({ line: 'd = 2', n: 10, error: 1 })).toBe(0);
  expect(cellOf({ network: 'fcn, d = 3, predicted', error: 1 })).toBe(2);
  expect(cellOf({ line: 'd = 2' })).toBeUndefined();
  expect(cellOf({ line: 'd = 4', n: 10 })).toBeUndefined();
  // A field counts more than a text.
  expect(cellOf({ panel: 'd = 3', d: 2, n: 20 })).toBe(1);
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

async function cellsAt(made: Pick<Figure, 'rows' | 'cells' | 'spec'>): Promise<number[][]> {
  const gallery = new Gallery();
  await gallery.update([{ name: 'f', title: 'f', caption: '', ...made }], CELLS);
  const text = gallery.find('f')?.points ?? '';
  return text === '' ? [] : text.split(';').map((point) => point.split(',').map(Number));
}

it('places of bands lead to the cell of their curve, from the lower to the upper end', async () => {
  const curveOf = (height: number): CurveBand => {
    const at = Float64Array.of(1, 2, 4);
    const curve = (factor: number): Float64Array => at.map(() => factor * height);
    return { count: 3, at, p5: curve(0.5), p25: curve(0.8), p50: curve(1), p75: curve(1.25), p95: curve(2) };
  };
  const cells = CELLS.slice(1).map((settings, i) => ({ settings, curve: curveOf(100 ** i) }));
  const shown = cellRows(cells, ({ settings, curve }) => bandRows(curve, { line: `${settings.d} and ${settings.n}` }));
  const published = bandRows(curveOf(7), { line: 'published' });
  const axes = { x: 'at', xTitle: 'x', yTitle: 'y', yLog: true, colour: 'line', colourTitle: '' };
  const points = await cellsAt({ ...shown, rows: [...shown.rows, ...published], spec: percentileBands(axes) });
  // Two bands of three places for each cell, and none for the published curve.
  expect(points.map((point) => point[4]).toSorted()).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
  const [x, y, halfWidth, halfHeight] = points.filter((point) => point[4] === 2)[1];
  const lower = points.filter((point) => point[4] === 1)[1];
  expect([x, lower[1] > y + halfHeight]).toEqual([lower[0], true]);
  expect(Math.min(halfWidth, halfHeight)).toBeGreaterThan(10);
});

it('parts of bars lead to the cell of their bar', async () => {
  const classes = [
    { title: 'good', colour: '#000000' },
    { title: 'bad', colour: '#ff0000' },
  ];
  const cells = CELLS.map((settings) => ({ settings }));
  const { rows, cells: shown } = cellRows(cells, ({ settings: { d, n } }) =>
    classes.map(({ title }, order) => ({ x: 100 * d + n, class: title, order, share: 0.5 })),
  );
  const points = await cellsAt({ rows, cells: shown, spec: stackedShares({ xTitle: 'x', yTitle: 'y', classes }) });
  expect(points.map((point) => point[4]).toSorted()).toEqual([0, 0, 1, 1, 2, 2]);
});
