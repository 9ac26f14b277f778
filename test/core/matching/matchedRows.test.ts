import { expect, it } from 'vitest';
import { matchedRows } from '../../../src/core/matching/matchedRows.js';

const TEACHER = { rows: 2, length: 2, values: Float64Array.of(1, 0, 0, 2) };

it('finds the partner of each row of the teacher', () => {
  const student = { rows: 3, length: 2, values: Float64Array.of(9, 9, 0, 2.5, 1, 0.25) };
  expect(matchedRows(student, TEACHER, { signs: false })).toEqual([
    { row: 2, sign: 1, distance: 0.25 },
    { row: 1, sign: 1, distance: 0.5 },
  ]);
});

it('takes the opposite row where signs do not count', () => {
  const student = { rows: 2, length: 2, values: Float64Array.of(0, -2, -1, 0) };
  expect(matchedRows(student, TEACHER, { signs: true })).toEqual([
    { row: 1, sign: -1, distance: 0 },
    { row: 0, sign: -1, distance: 0 },
  ]);
  expect(matchedRows(student, TEACHER, { signs: false }).map(({ sign }) => sign)).toEqual([1, 1]);
});

it('a narrower student leaves a row of the teacher alone', () => {
  const student = { rows: 1, length: 2, values: Float64Array.of(0, 2) };
  expect(matchedRows(student, TEACHER, { signs: false })).toEqual([
    { row: undefined, sign: 1, distance: 1 },
    { row: 0, sign: 1, distance: 0 },
  ]);
});
