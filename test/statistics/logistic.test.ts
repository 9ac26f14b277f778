import { describe, expect, it } from 'vitest';
import {
  dosesOf,
  fitLogistic,
  logLikelihood,
  mirrored,
  profileLogLikelihood,
  profileRise,
  rangeOf,
  type Dose,
} from '../../src/statistics/logistic.js';

const dose = (x: number, successes: number, failures: number): Dose => ({ x, successes, failures });
const DOSES = [dose(-1, 1, 9), dose(0.5, 4, 6), dose(1, 3, 2), dose(4, 9, 1)];

/** Σ k log p + (m − k) log(1 − p), term by term. */
function plain(doses: readonly Dose[], offset: number, crossing: number, slope: number): number {
  return doses.reduce((sum, { x, successes, failures }) => {
    const p = 1 / (1 + Math.exp(-offset - slope * (x - crossing)));
    return sum + successes * Math.log(p) + failures * Math.log(1 - p);
  }, 0);
}

describe('doses', () => {
  it('are merged by x, in ascending x, without those that have no trial', () => {
    expect(dosesOf([3, 1, 3, 2, 0], [1, 0, 2, 0, 5], [4, 2, 2, 0, 5])).toEqual([
      dose(0, 5, 0),
      dose(1, 0, 2),
      dose(3, 3, 3),
    ]);
  });

  it.each([
    [[1], [0, 1], [1, 1], /equal length, got 1, 2, 2/],
    [[1, 2], [0, 1], [1], /equal length, got 2, 2, 1/],
    [[1, 2], [0], [1, 1], /equal length, got 2, 1, 2/],
    [[NaN], [0], [1], /x must be finite, got NaN/],
    [[1], [-1], [1], /got -1 of 1/],
    [[1], [3], [2], /got 3 of 2/],
    [[1], [NaN], [2], /got NaN of 2/],
    [[1], [0], [Infinity], /got 0 of Infinity/],
  ])('of x %j, successes %j, trials %j are refused', (x, successes, trials, message) => {
    expect(() => dosesOf(x, successes, trials)).toThrow(message);
  });

  it('have a mirror and a range', () => {
    expect(mirrored([dose(1, 2, 3), dose(5, 0, 1)])).toEqual([dose(-5, 0, 1), dose(-1, 2, 3)]);
    expect([rangeOf(DOSES), rangeOf([dose(3, 1, 1)])]).toEqual([5, 0]);
  });
});

describe('the likelihood', () => {
  it.each([
    [0, 0.3, 1.2],
    [1, -2, 0.5],
    [-0.7, 1, -3],
    [0.4, 2, 0],
  ])('at offset %f, crossing %f, slope %f is the sum of logarithms', (offset, crossing, slope) => {
    expect(logLikelihood(DOSES, offset, crossing, slope)).toBeCloseTo(plain(DOSES, offset, crossing, slope), 10);
  });

  it('stays finite far out', () => {
    expect(logLikelihood([dose(0, 1, 0), dose(1, 0, 1)], 0, 0.5, 4000)).toBeCloseTo(-4000, 8);
  });

  it.each([
    [0, 1],
    [0.8, 0],
    [-0.5, 3],
    [0, -6],
    [0, 12],
  ])('at offset %f and crossing %f is greatest at a slope from 0 on, by a scan', (offset, crossing) => {
    const most = Math.max(...Array.from({ length: 20_001 }, (_, i) => plain(DOSES, offset, crossing, i / 4000)));
    expect(profileLogLikelihood(DOSES, offset, crossing)).toBeCloseTo(most, 4);
  });

  it('of a step is greatest at any slope, up to its limit', () => {
    const step = [dose(1, 0, 5), dose(2, 5, 0)];
    expect(profileLogLikelihood(step, 0, 1.5)).toBeCloseTo(0, 9);
    // A crossing on a failing x leaves its trials at ½, whatever the slope.
    expect(profileLogLikelihood(step, 0, 1)).toBeCloseTo(5 * Math.log(0.5), 6);
  });
});

describe('a fit', () => {
  it('of two doses has their rates, rising and falling', () => {
    const offset = Math.log(3);
    for (const [first, second] of [
      [dose(1, 2, 8), dose(4, 6, 4)],
      [dose(1, 7, 3), dose(4, 1, 9)],
    ]) {
      const { crossing, slope, logLikelihood: top } = fitLogistic([first, second], offset);
      for (const { x, successes } of [first, second])
        expect(1 / (1 + Math.exp(-offset - slope * (x - crossing)))).toBeCloseTo(successes / 10, 9);
      expect(top).toBeCloseTo(plain([first, second], offset, crossing, slope), 9);
    }
  });

  it('is greater than all around it', () => {
    const { crossing, slope, logLikelihood: top } = fitLogistic(DOSES, 0.3);
    expect(top).toBeCloseTo(plain(DOSES, 0.3, crossing, slope), 10);
    for (const [c, s] of [
      [1e-3, 0],
      [-1e-3, 0],
      [0, 1e-3],
      [0, -1e-3],
    ])
      expect(plain(DOSES, 0.3, crossing + c, slope + s)).toBeLessThan(top);
  });

  it('of equal rates has no slope', () => {
    expect(fitLogistic([dose(0, 3, 3), dose(1, 5, 5), dose(7, 2, 2)], 0).slope).toBe(0);
  });

  it('of a step is the middle of the gap, or the mixed x with its own likelihood', () => {
    expect(fitLogistic([dose(0, 0, 3), dose(2, 4, 0)], 0)).toEqual({ crossing: 1, slope: Infinity, logLikelihood: 0 });
    expect(fitLogistic([dose(0, 3, 0), dose(3, 0, 4)], 0)).toEqual({
      crossing: 1.5,
      slope: -Infinity,
      logLikelihood: 0,
    });
    const mixed = fitLogistic([dose(0, 0, 3), dose(1, 1, 3), dose(2, 4, 0)], 0);
    expect(mixed).toEqual({
      crossing: 1,
      slope: Infinity,
      logLikelihood: expect.closeTo(Math.log(0.25) + 3 * Math.log(0.75), 12) as number,
    });
    expect(fitLogistic([dose(0, 4, 0), dose(1, 1, 3), dose(2, 0, 4)], 0)).toMatchObject({
      crossing: 1,
      slope: -Infinity,
    });
    // Two mixed x are no step.
    expect(Number.isFinite(fitLogistic([dose(0, 1, 9), dose(1, 9, 1)], 0).slope)).toBe(true);
  });

  it('of steep data that overlap is finite', () => {
    const { crossing, slope } = fitLogistic([dose(1, 0, 1000), dose(2, 1, 999), dose(3, 999, 1), dose(4, 1000, 0)], 0);
    expect(crossing).toBeCloseTo(2.5, 6);
    expect(slope).toBeCloseTo(2 * Math.log(999), 1);
  });
});

it('a profile may fall by t² with the degrees of freedom that are left, one at least', () => {
  // Student's quantiles at 97.5 % of 38, 1, 1; at 99 % of 10
  expect(profileRise(40, 2)).toBeCloseTo(2.024394 ** 2, 4);
  expect(profileRise(3, 2)).toBeCloseTo(12.706205 ** 2, 3);
  expect(profileRise(2, 3)).toBeCloseTo(12.706205 ** 2, 3);
  expect(profileRise(12, 2, 0.98)).toBeCloseTo(2.763769 ** 2, 4);
});
