/** Intervals at another level than 95 %, as the looks of a sequence need them. */
import { describe, expect, it } from 'vitest';
import { percentileInterval } from '../../src/statistics/bootstrap.js';
import { logisticCrossing } from '../../src/statistics/crossing.js';
import { deviation, rootMeanSquare } from '../../src/statistics/deviations.js';
import { atLevel, CONFIDENCE, currentLevel, type Interval } from '../../src/statistics/estimate.js';
import { mean, meanShare, median, positiveMean } from '../../src/statistics/means.js';
import { quantile } from '../../src/statistics/quantiles.js';
import { rate } from '../../src/statistics/rates.js';
import { ratioOf } from '../../src/statistics/ratio.js';
import { powerLawExponent } from '../../src/statistics/regression.js';
import { levelOfLook } from '../../src/statistics/sequences.js';
import { unseenMass } from '../../src/statistics/unseen.js';
import { Draws } from './draws.js';

const draws = new Draws(1);
const values = Float64Array.from({ length: 60 }, () => draws.uniform());
const coins = values.map((u) => (u < 0.3 ? 1 : 0));
const points = (): { x: number; estimate: ReturnType<typeof positiveMean> }[] =>
  [1, 2, 4].map((x, i) => ({ x, estimate: positiveMean(values.subarray(20 * i, 20 * i + 20)) }));

const ESTIMATORS: Readonly<Record<string, () => Interval>> = {
  rate: () => rate(coins),
  mean: () => mean(values),
  meanShare: () => meanShare(values),
  positiveMean: () => positiveMean(values),
  median: () => median(values),
  quantile: () => quantile(0.3)(values),
  deviation: () => deviation(values),
  rootMeanSquare: () => rootMeanSquare(values),
  ratio: () => ratioOf(positiveMean(values), positiveMean(values.subarray(0, 30))),
  exponent: () => powerLawExponent(points()),
  crossing: () => logisticCrossing([1, 2, 3, 4], [2, 8, 13, 19], [20, 20, 20, 20], 0.5).crossing,
  unseen: () => unseenMass([...new Array<number>(30).fill(1), ...new Array<number>(9).fill(6)]),
  percentiles: () => percentileInterval(0.5, values),
};

describe.each(Object.entries(ESTIMATORS))('%s', (name, make) => {
  it('is wider at a higher level, has the same value, and is at 95 % again afterwards', () => {
    const usual = make();
    const wide = atLevel(0.99, make);
    // Weights of a fit follow from the widths of intervals that are not symmetric.
    expect(Math.abs(wide.value - usual.value)).toBeLessThan(name === 'exponent' ? 0.02 : 1e-12);
    expect(wide.low).toBeLessThan(usual.low);
    expect(wide.high).toBeGreaterThan(usual.high);
    expect(atLevel(CONFIDENCE, make)).toEqual(usual);
    expect(make()).toEqual(usual);
  });
});

it('a level ends with what it is around, also when that throws', () => {
  const fail = (): never => {
    throw new Error('none');
  };
  expect(() => atLevel(0.5, fail)).toThrow('none');
  expect(currentLevel()).toBe(CONFIDENCE);
});

it('the chances of missing at all looks add up to 5 %', () => {
  const missed = Array.from({ length: 10_000 }, (_, at) => 1 - levelOfLook(at + 1)).reduce((a, b) => a + b, 0);
  expect(missed).toBeLessThan(1 - CONFIDENCE);
  expect(missed).toBeGreaterThan(0.9999 * (1 - CONFIDENCE));
});
