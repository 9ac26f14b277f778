/** What holds for every estimator, whatever it is given. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedMean } from '../../src/statistics/bounded.js';
import { percentileInterval } from '../../src/statistics/bootstrap.js';
import { logisticCrossing } from '../../src/statistics/crossing.js';
import {
  deviation,
  deviationSequence,
  rootMeanSquare,
  rootMeanSquareSequence,
} from '../../src/statistics/deviations.js';
import type { Estimate, Interval } from '../../src/statistics/estimate.js';
import { mean, meanShare, median, positiveMean } from '../../src/statistics/means.js';
import { quantile } from '../../src/statistics/quantiles.js';
import { rate } from '../../src/statistics/rates.js';
import { ratioOf } from '../../src/statistics/ratio.js';
import { powerLawExponent, weightedSlope } from '../../src/statistics/regression.js';
import { boundaryExponent, equalValueExponent } from '../../src/statistics/scaling.js';
import { meanSequence, medianSequence, rateSequence, shareSequence } from '../../src/statistics/sequences.js';
import { interval } from './estimates.js';

/** low ≤ value ≤ high wherever they are known, and no Monte Carlo error of 0. */
function isSound({ value, low, high, mcse }: Estimate): void {
  const slack = 1e-9 * Math.abs(value);
  if (!Number.isNaN(value)) expect([low > value + slack, high < value - slack]).toEqual([false, false]);
  expect(low > high).toBe(false);
  expect(mcse > 0 || Number.isNaN(mcse)).toBe(true);
}

const RUNS = { numRuns: 150 };
const few = (value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
  fc.array(value, { maxLength: 12 }).map((values) => Float64Array.from(values));
const anything = fc.oneof(
  fc.double({ min: -1e100, max: 1e100 }),
  fc.constantFrom(0, 1, 1, 1, -1, Infinity, -Infinity, NaN),
);
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 1, 0.5, NaN));
const coin = fc.constantFrom(0, 1, NaN);

describe.each<[string, fc.Arbitrary<number>, (values: Float64Array) => Estimate]>([
  ['mean', anything, mean],
  ['positiveMean', anything.filter((v) => !(v < 0)), positiveMean],
  ['median', anything, median],
  ['quantile', anything, quantile(0.1)],
  ['deviation', anything, deviation],
  ['rootMeanSquare', anything, rootMeanSquare],
  ['deviationSequence', anything, deviationSequence],
  ['rootMeanSquareSequence', anything, rootMeanSquareSequence],
  ['meanShare', share, meanShare],
  ['boundedMean', share.map((v) => 1000 * v), boundedMean(0, 1000)],
  ['rate', coin, rate],
  ['meanSequence', anything, meanSequence],
  ['medianSequence', anything, medianSequence],
  ['rateSequence', coin, rateSequence()],
  ['shareSequence', share, shareSequence],
])('%s', (_, value, estimate) => {
  it('never throws, and its value lies within its ends; it counts what it leaves out', () => {
    fc.assert(
      fc.property(few(value), (values) => {
        const found = estimate(values);
        isSound(found);
        expect(found.leftOut ?? 0).toBe(values.filter(Number.isNaN).length);
      }),
      RUNS,
    );
  });

  it('makes no certainty of equal values', () => {
    const { low, high } = estimate(new Float64Array(4).fill(1));
    expect(low === high).toBe(false);
  });
});

describe('fits', () => {
  const x = fc.constantFrom(1, 2, 3, 3.0000000001, 1000);
  const part = fc.oneof(fc.double({ min: 0, max: 1e6 }), fc.constantFrom(0, 1, Infinity, NaN));
  const around = fc.tuple(part, part, part).map(([a, b, c]): Interval => {
    const [low = 0, value = 0, high = 0] = [a, b, c].sort((p, q) => p - q);
    return { value, low, high };
  });

  it('powerLawExponent and equalValueExponent take any intervals', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(x, x, around), { maxLength: 6 }), (points) => {
        isSound(powerLawExponent(points.map(([at, , estimate]) => ({ x: at, estimate }))));
        isSound(equalValueExponent(points.map(([d, n, estimate]) => ({ d, n, estimate }))));
      }),
      RUNS,
    );
  });

  it('weightedSlope, ratioOf and percentileInterval take any numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anything, anything), { maxLength: 6 }), around, around, (pairs, a, b) => {
        isSound(
          weightedSlope(
            pairs.map(([at]) => at),
            pairs.map(([, y]) => y),
          ).slope,
        );
        isSound(ratioOf(interval(a.value, a.low, a.high), interval(b.value, b.low, b.high)));
        expect(() =>
          percentileInterval(
            1,
            Float64Array.from(pairs, ([at]) => at),
          ),
        ).not.toThrow();
      }),
      RUNS,
    );
  });

  it('crossings and boundaries take counts that are few, equal, separated or flat', () => {
    const cell = fc.tuple(
      fc.constantFrom(2, 4, 8),
      fc.constantFrom(10, 20, 40),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 7 }), (cells) => {
        const counts = cells.map(([d, n, successes, failures]) => ({ d, n, successes, trials: successes + failures }));
        isSound(boundaryExponent(counts));
        isSound(
          logisticCrossing(
            counts.map(({ n }) => n),
            counts.map(({ successes }) => successes),
            counts.map(({ trials }) => trials),
          ).crossing,
        );
      }),
      { numRuns: 60 },
    );
  });
});
