import { expect, it } from 'vitest';
import { colourAt, scaleOf, shortNumber } from '../../../src/report/cellMap/scale.js';

it.each([
  ['shares', [0.2, 0.7], 0, 1, 0.7],
  ['values', [2, 6, 4], 2, 6, 0.5],
  ['values that differ widely', [1, 100, 10_000], 1, 10_000, 1],
  ['equal values', [5, 5], 5, 5, 0.5],
])('the scale of %s', (_, values, low, high, last) => {
  const scale = scaleOf(values);
  expect([scale.low, scale.high]).toEqual([low, high]);
  expect(scale.place(values.at(-1) ?? NaN)).toBeCloseTo(last);
});

it('colours go from dark blue to yellow and not beyond', () => {
  expect([-1, 0, 0.5, 1, 2].map(colourAt)).toEqual(['#440154', '#440154', '#21918c', '#fde725', '#fde725']);
  expect(shortNumber(1234.5)).toBe('1230');
});
