import { describe, expect, it } from 'vitest';
import {
  deviation,
  deviationSequence,
  rootMeanSquare,
  rootMeanSquareSequence,
} from '../../src/statistics/deviations.js';
import type { Estimate } from '../../src/statistics/estimate.js';
import { average, standardDeviation } from '../../src/statistics/spread.js';
import { chance, coverage, Draws } from './draws.js';

type Estimator = (values: Float64Array) => Estimate;

const rms = (values: Float64Array): number => Math.sqrt(average(values.map((x) => x * x)));
const without = (values: Float64Array, i: number): Float64Array => values.filter((_, j) => j !== i);

/** As the definition says it. */
function jackknifeError(values: Float64Array, statistic: (values: Float64Array) => number): number {
  const n = values.length;
  const left = values.map((_, i) => statistic(without(values, i)));
  const centre = average(left);
  return Math.sqrt(((n - 1) / n) * left.reduce((sum, one) => sum + (one - centre) ** 2, 0));
}

const draws = new Draws(31);
const sample = (n: number, draw: () => number): Float64Array => Float64Array.from({ length: n }, draw);
const skewed = (): number => -Math.log(1 - draws.uniform());

describe.each<[string, Estimator, (values: Float64Array) => number]>([
  ['deviation', deviation, standardDeviation],
  ['rootMeanSquare', rootMeanSquare, rms],
])('%s', (_, estimator, statistic) => {
  it.each([3, 4, 17])('of %i values has the error of a jackknife that leaves each out', (n) => {
    const values = sample(n, () => 3 + draws.normal());
    const { value, mcse, low, high, sd } = estimator(values);
    expect(value).toBeCloseTo(statistic(values), 13);
    expect(mcse / jackknifeError(values, statistic)).toBeCloseTo(1, 10);
    expect(sd).toBe(standardDeviation(values));
    const ofLog = jackknifeError(values, (some) => Math.log(statistic(some)));
    expect(Math.log(value / low) / ofLog).toBeGreaterThan(1.96);
    expect(Math.log(high / value)).toBeGreaterThan(Math.log(value / low));
  });

  it('follows the unit of the values', () => {
    const values = sample(12, skewed);
    const [one, other] = [estimator(values), estimator(values.map((x) => -1000 * x))];
    for (const part of ['value', 'low', 'high', 'mcse'] as const) expect(other[part] / one[part]).toBeCloseTo(1000, 8);
  });

  it('knows no interval of few, equal and infinite values, and counts what it leaves out', () => {
    const unknown = { low: NaN, high: NaN, mcse: NaN };
    expect(estimator(new Float64Array(0))).toMatchObject({ ...unknown, value: NaN });
    expect(estimator(Float64Array.of(2))).toMatchObject(unknown);
    expect(estimator(Float64Array.of(2, 2, 2, 2, NaN))).toMatchObject({ ...unknown, leftOut: 1 });
    expect(estimator(Float64Array.of(1, 2, Infinity))).toMatchObject(unknown);
  });
});

describe('coverage', () => {
  const runs = 400;

  it.each<[string, Estimator, number, number, () => number]>([
    ['the deviation of 10 normal values', deviation, 0.95, 1, () => draws.normal()],
    ['the deviation of 20 exponential values', deviation, 0.91, 1, skewed],
    ['the root mean square of 20 exponential values', rootMeanSquare, 0.95, Math.SQRT2, skewed],
  ])('%s', (_, estimator, least, truth, draw) => {
    const n = /\d+/.exec(_)?.[0];
    expect(coverage(runs, truth, () => estimator(sample(Number(n), draw)))).toBeGreaterThan(least - chance(runs));
  });

  it.each<[string, Estimator, number]>([
    ['deviation', deviationSequence, 1],
    ['root mean square', rootMeanSquareSequence, Math.SQRT2],
  ])('a confidence sequence of the %s of skewed values, at all looks from 100 trials on', (_, sequence, truth) => {
    const looks = [100, 150, 225, 338, 507, 760, 1140];
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const values = sample(1140, skewed);
      const ends = looks.map((n) => sequence(values.subarray(0, n)));
      if (ends.some(({ low, high }) => low > truth || high < truth)) missed += 1;
    }
    expect(1 - missed / runs).toBeGreaterThan(0.95 - chance(runs));
  });
});
