/**
 * Each look of a search is at 98 %: the interval that ends it covers 95 % then. The simulation of placement.test.ts
 * says why.
 */
import { expect, it } from 'vitest';
import { logisticCrossing } from '../../src/statistics/crossing.js';
import { risingCrossing } from '../../src/statistics/placement.js';

it('the crossing of a search has the interval of 98 %, not of 95 %', () => {
  const x = [4, 5, 6, 7];
  const successes = [2, 8, 13, 19];
  const crossing = risingCrossing(
    x,
    new Map(successes.map((count, at) => [at, { successes: count, trials: 20 }])),
    0.5,
  );
  const at = (confidence: number) => logisticCrossing(x, successes, [20, 20, 20, 20], 0.5, confidence).crossing;
  expect(crossing).toEqual(at(0.98));
  expect(crossing.low).toBeLessThan(at(0.95).low);
  expect(crossing.high).toBeGreaterThan(at(0.95).high);
});
