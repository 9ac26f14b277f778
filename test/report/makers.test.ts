import { describe, expect, it } from 'vitest';
import { reportPage } from '../../src/report/html.js';
import { makerRemark, makerTable } from '../../src/report/makers.js';
import type { MadeBy } from '../../src/store/origin.js';
import { report } from './fixtures.js';

const ZEN: MadeBy = {
  origin: { build: '1.0+aa', blas: 'Zen', openblas: '0.3', vector: 'AVX2', v8: '11.3', platform: 'linux x64' },
  trials: 16,
};
const OTHERS: readonly MadeBy[] = [
  ZEN,
  { origin: { ...ZEN.origin, blas: 'Sandybridge' }, trials: 4 },
  { origin: { build: '1.0+bb' }, trials: 1 },
];

describe('who made the trials', () => {
  it('is a row for each program and kind of machine, with what is not known', () => {
    expect(makerTable(OTHERS).rows).toEqual([
      ['16', '1.0+aa', 'Zen', '0.3', 'AVX2', '11.3', 'linux x64'],
      ['4', '1.0+aa', 'Sandybridge', '0.3', 'AVX2', '11.3', 'linux x64'],
      ['1', '1.0+bb', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'],
    ]);
    expect(makerRemark(OTHERS)).toMatch(/^3 programs or kinds of machines made these trials/);
    expect(makerRemark([ZEN])).toBeUndefined();
  });

  it('stands in the report, every one of them', () => {
    const page = reportPage({ ...report, makers: OTHERS }, []);
    for (const text of ['Zen', 'Sandybridge', '1.0+aa', '1.0+bb', '3 programs or kinds of machines'])
      expect(page).toContain(text);
  });
});
