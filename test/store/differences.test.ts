import { describe, expect, it } from 'vitest';
import { differences, type TrialRecord } from '../../src/store/differences.js';

const RECORD: TrialRecord = {
  status: 'ok',
  error: null,
  measures: { a: 1, odd: NaN },
  curves: { loss: Float64Array.of(3, 2, NaN) },
};

describe('differences', () => {
  it('finds none between equals, NaN among them', () => {
    expect(
      differences(RECORD, { ...RECORD, measures: { odd: NaN, a: 1 }, curves: { loss: Float64Array.of(3, 2, NaN) } }),
    ).toEqual([]);
  });

  it.each<[Partial<TrialRecord>, string, unknown, unknown]>([
    [{ status: 'diverged' }, 'status', 'ok', 'diverged'],
    [{ error: 'no' }, 'error', null, 'no'],
    [{ measures: { a: 1 + 2 ** -52, odd: NaN } }, 'measures.a', 1, 1 + 2 ** -52],
    [{ measures: { a: 1, odd: -0 } }, 'measures.odd', 'NaN', '-0'],
    [{ measures: { a: 1 } }, 'measures.odd', 'NaN', null],
    [{ measures: { a: 1, odd: NaN, toString: 2 } }, 'measures.toString', null, 2],
    [{ curves: { loss: Float64Array.of(3, 4, 5) } }, 'curves.loss[1]', 2, 4],
    [{ curves: { loss: Float64Array.of(3, 2) } }, 'curves.loss.length', 3, 2],
    [{ curves: {} }, 'curves.loss.length', 3, null],
    [{ curves: { ...RECORD.curves, more: new Float64Array(0) } }, 'curves.more.length', null, 0],
  ])('names %j', (change, name, first, second) => {
    expect(differences(RECORD, { ...RECORD, ...change })).toEqual([{ name, first, second }]);
  });
});
