import { describe, expect, it } from 'vitest';
import { withCuts } from '../../src/report/cuts.js';

const DRAWN = { y: 'y', low: 'low', high: 'high', yLog: true };
const rows = [
  { y: 10, low: 5, high: 1e90 },
  { y: 20, low: 1e-12, high: 40 },
  { y: null, low: null, high: null },
];

describe('ends of intervals on a log axis', () => {
  it('are cut at 1000 times the values', () => {
    const { rows: cut, note } = withCuts(rows, DRAWN);
    expect(cut).toEqual([
      { y: 10, low: 5, high: null, cutHigh: 20_000 },
      { y: 20, low: null, cutLow: 0.01, high: 40 },
      rows[2],
    ]);
    expect(note).toBe('2 intervals cut at a factor of 1000 beyond all values, without a cap there.');
  });

  it('stay elsewhere', () => {
    expect(withCuts(rows, { ...DRAWN, yLog: false })).toEqual({ rows, note: '' });
    expect(withCuts([{ y: 1, low: 0.5, high: 999 }], DRAWN).note).toBe('');
    expect(withCuts([{ y: 1, low: 0, high: Infinity }], DRAWN).rows).toEqual([{ y: 1, low: 0, high: Infinity }]);
  });
});
