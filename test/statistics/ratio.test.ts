import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../src/statistics/estimate.js';
import { exact } from '../../src/statistics/estimate.js';
import { ratioOf } from '../../src/statistics/ratio.js';
import { chance, coverage, Draws } from './draws.js';
import { interval } from './estimates.js';

const around = (value: number, factor: number): Estimate => interval(value, value / factor, value * factor);

describe('ratioOf', () => {
  it('adds the widths on the log scale at right angles', () => {
    const { value, low, high } = ratioOf(around(6, Math.exp(0.3)), around(2, Math.exp(0.4)));
    expect(value).toBe(3);
    expect(Math.log(3 / low)).toBeCloseTo(0.5, 12);
    expect(Math.log(high / 3)).toBeCloseTo(0.5, 12);
  });

  it('an exact divisor only scales', () => {
    const { value, low, high } = ratioOf(interval(4, 2, 6), exact(2));
    expect([value, low]).toEqual([2, 1]);
    expect(high).toBeCloseTo(3, 12);
  });

  it('has the relative errors at right angles, where they are known', () => {
    const [a, b] = [
      { ...around(6, 2), mcse: 0.3, sd: 2 },
      { ...around(-2, 2), mcse: 0.3, sd: 2 },
    ];
    expect(ratioOf(a, b)).toMatchObject({
      value: -3,
      mcse: expect.closeTo(3 * Math.hypot(0.05, 0.15), 12) as number,
      sd: NaN,
    });
    expect(ratioOf(a, around(2, 2)).mcse).toBeNaN();
    expect(ratioOf(exact(6), exact(2)).mcse).toBeNaN();
  });

  it('takes of each the side that matters', () => {
    const { low, high } = ratioOf(interval(6, 3, 8), interval(2, 1.9, 3));
    expect(Math.log(3 / low)).toBeCloseTo(Math.hypot(Math.log(2), Math.log(1.5)), 12);
    expect(Math.log(high / 3)).toBeCloseTo(Math.hypot(Math.log(8 / 6), Math.log(2 / 1.9)), 12);
  });

  it('a/b is the inverse of b/a', () => {
    const estimates = fc
      .tuple(
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
      )
      .map(([value, below, above]) => interval(value, value / below, value * above));
    fc.assert(
      fc.property(estimates, estimates, (a, b) => {
        expect(ratioOf(a, b).low).toBeCloseTo(1 / ratioOf(b, a).high, 9);
      }),
    );
  });

  it('covers 95 %; dividing end by end is seen to cover too much', () => {
    const draws = new Draws(11);
    const runs = 4000;
    const noisy = (truth: number, sd: number): Estimate => {
      const value = truth + sd * draws.normal();
      return interval(value, value - 1.959964 * sd, value + 1.959964 * sd);
    };
    expect(Math.abs(coverage(runs, 2, () => ratioOf(noisy(10, 0.5), noisy(5, 0.3))) - 0.95)).toBeLessThan(chance(runs));
    const ends = coverage(runs, 2, () => {
      const [a, b] = [noisy(10, 0.5), noisy(5, 0.3)];
      return { low: a.low / b.high, high: a.high / b.low };
    });
    expect(ends).toBeGreaterThan(0.95 + chance(runs));
  });
});
