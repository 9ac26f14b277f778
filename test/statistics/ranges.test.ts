import { expect, it } from 'vitest';
import { STUDY_MEASURES } from '../../src/experiments/own/measures.js';
import { shownSettings } from '../../src/experiments/own/settings.js';
import { isMean, meanIterations, meanShareDifference } from '../../src/statistics/ranges.js';
import { mean, meanShare, median, positiveMean } from '../../src/statistics/means.js';
import { rate } from '../../src/statistics/rates.js';

it('a mean of iterations lies from 0 to the setting that ends them', () => {
  const { low, high } = meanIterations(Float64Array.of(700, 2000, 1900), { iterations: 2000 });
  expect([low > 0, low < 1533, high > 1533, high <= 2000]).toEqual([true, true, true, true]);
  // Nine early ends do not exclude the cap.
  expect(meanIterations(new Float64Array(9).fill(10), { iterations: 1000 }).high).toBeGreaterThan(250);
});

it('a cell of one’s own study that leaves the cap to its default has one', () => {
  const measure = STUDY_MEASURES.find(({ name }) => name === 'iterations');
  const { low, high } = measure?.estimate(Float64Array.of(5, 6, 7), shownSettings({ K: 2, d: 4, n: 20 })) ?? {
    low: NaN,
    high: NaN,
  };
  expect(low < 6 && high > 7).toBe(true);
});

it('differences of shares lie from −1 to 1', () => {
  const { low, high } = meanShareDifference(Float64Array.of(1, 1, 0.5), {});
  expect([low > -1, low < 0.5, high > 0.9, high <= 1]).toEqual([true, true, true, true]);
  const opposite = meanShareDifference(Float64Array.of(-1, -1, -0.5), {});
  expect([opposite.low, opposite.high]).toEqual([expect.closeTo(-high, 9), expect.closeTo(-low, 9)]);
});

it('knows which estimators are of means', () => {
  expect([mean, meanShare, positiveMean, meanShareDifference, meanIterations].map(isMean)).toEqual(Array(5).fill(true));
  expect([median, rate].map(isMean)).toEqual([false, false]);
});
