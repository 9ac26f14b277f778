import { expect, it } from 'vitest';
import { compare } from '../../../src/report/page/order.js';

it('numbers are sorted by their value, also those with an interval or a minus sign, and texts come after them', () => {
  const texts = ['0.5 [0.4, 0.6]', 'holds', '−2', '3/20', '10', '1.2e-7 [0, 1]', 'fails', '∞', '−∞', '–'];
  expect(texts.toSorted(compare)).toEqual([
    ...['−∞', '−2', '1.2e-7 [0, 1]', '0.5 [0.4, 0.6]', '3/20', '10', '∞'],
    ...['–', 'fails', 'holds'],
  ]);
});
