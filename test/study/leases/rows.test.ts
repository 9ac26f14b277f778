import { expect, it } from 'vitest';
import { censoredRows, rowsOf } from '../../../src/study/leases/rows.js';

it('a worker’s result becomes rows from its first trial on, with what went wrong', () => {
  const rows = [
    ...rowsOf(5, {
      done: 3,
      seconds: Float64Array.of(1, 2),
      measures: [{ a: 1 }, { a: 2 }],
      exceptions: [{ trial: 6, status: 'failed', error: 'no' }],
      curves: [],
    }),
  ];
  expect(rows).toEqual([
    { trial: 5, status: 'ok', error: null, seconds: 1, measures: { a: 1 } },
    { trial: 6, status: 'failed', error: 'no', seconds: 2, measures: { a: 2 } },
    { trial: 7, status: 'ok', error: null, seconds: NaN, measures: {} },
  ]);
});

it('trials that are not begun are censored ones', () => {
  const rows = [
    ...censoredRows(
      [
        { first: 2, end: 4 },
        { first: 7, end: 8 },
      ],
      'too large',
    ),
  ];
  expect(rows).toEqual(
    [2, 3, 7].map((trial) => ({ trial, status: 'censored', error: 'too large', seconds: 0, measures: {} })),
  );
});
