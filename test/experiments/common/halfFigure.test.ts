import { describe, expect, it } from 'vitest';
import { fitRows, halfFigure, halfRows } from '../../../src/experiments/common/halfFigure.js';
import type { SampleCell } from '../../../src/experiments/common/sampleGrid.js';
import { halfSuccess } from '../../../src/experiments/common/spread.js';
import { drawFigure } from '../../../src/report/figures.js';
import { rate } from '../../../src/statistics/rates.js';

function cell(d: number, n: number, successes: number): SampleCell {
  const values = Float64Array.from({ length: 10 }, (_, i) => (i < successes ? 1 : 0));
  const measures = { successRate: rate(values) };
  return { settings: { d, n }, trials: 10, planned: 10, failed: 0, diverged: 0, measures };
}

const rising = [cell(4, 100, 1), cell(4, 200, 5), cell(4, 400, 8)];
const separated = [cell(8, 100, 0), cell(8, 200, 0), cell(8, 400, 10)];
const never = [cell(16, 100, 0), cell(16, 200, 0), cell(16, 400, 0)];

describe('rates with the n at which they are one half', () => {
  const rows = halfRows([...rising, ...separated, ...never], ({ settings }) => settings.d);
  const of = (kind: string, line: number) => rows.filter((row) => row['kind'] === kind && row['line'] === line);

  it('have the crossing that the claims use, and a curve through it', () => {
    const { value, low, high } = halfSuccess(rising);
    expect(of('crossing', 4)).toEqual([{ kind: 'crossing', line: 4, n: value, rate: 0.5, nLow: low, nHigh: high }]);
    const below = of('fit', 4).filter((row) => Number(row['n']) < value);
    expect(below.length).toBeGreaterThan(10);
    for (const row of below) expect(Number(row['rate'])).toBeLessThan(0.5);
    expect(of('fit', 4)).toHaveLength(60);
  });

  it('are drawn against n/d with the same crossing', () => {
    const { value, low, high } = halfSuccess(rising);
    const shown = fitRows(rising, { d: 4 }, { x: 'ratio', unit: 4 });
    const ends = { ratioLow: low / 4, ratioHigh: high / 4 };
    expect(shown.at(-1)).toEqual({ kind: 'crossing', d: 4, ratio: value / 4, rate: 0.5, ...ends });
    expect(shown.slice(0, -1).map((row) => 4 * Number(row['ratio']))).toEqual(of('fit', 4).map((row) => row['n']));
  });

  it('have bars that end at the smallest and the largest n, also where an end is finite', () => {
    const [some, few] = [
      [cell(4, 100, 1), cell(4, 200, 7)],
      [cell(4, 100, 4), cell(4, 120, 6)],
    ];
    const { low, high } = halfSuccess(some);
    expect(high).toBeGreaterThan(200);
    expect(high).toBeLessThan(1000);
    const [one, other] = [some, few].map((cells) => fitRows(cells, { line: 4 }).at(-1) ?? {});
    expect([one['nLow'], one['nHigh']].map(Number)).toEqual([low, expect.closeTo(200, 9)]);
    expect([other['nLow'], other['nHigh']].map(Number)).toEqual([expect.closeTo(100, 9), expect.closeTo(120, 9)]);
  });

  it('fit the rate that is named', () => {
    const named = rising.map((one) => ({ ...one, measures: { finiteRate: one.measures['successRate'] } }));
    expect(fitRows(named, { line: 4 }, { measure: 'finiteRate' })).toEqual(fitRows(rising, { line: 4 }));
  });

  it('are a step where the data are separated, and points alone where nothing crosses', () => {
    expect(new Set(of('fit', 8).map((row) => row['rate']))).toEqual(new Set([0, 1]));
    expect(of('point', 16)).toHaveLength(3);
    expect([...of('fit', 16), ...of('crossing', 16)]).toEqual([]);
  });

  it('are drawn with and without a crossing', async () => {
    for (const some of [rows, rows.filter((row) => row['line'] === 16)]) {
      const figure = { name: 'half', title: 't', caption: '', rows: some, spec: halfFigure(some, 'd') };
      expect((await drawFigure(figure)).svg).not.toMatch(/NaN|undefined/);
    }
  });
});
