import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSquaresSlope, powerLawExponent, weightedSlope } from '../../src/statistics/regression.js';
import { chance, coverage, Draws } from './draws.js';
import { censoredSlope } from '../../src/statistics/censored.js';
import { UNKNOWN } from '../../src/statistics/estimate.js';

describe('weightedSlope', () => {
  it('equal errors: slope ± 1.96 s/√Σ(x−x̄)²', () => {
    const fit = weightedSlope([1, 2, 3], [1, 2, 3.1], [0.1, 0.1, 0.1]);
    expect(fit.slope.value).toBeCloseTo(1.05, 12);
    expect(fit.slope.high - fit.slope.value).toBeCloseTo((1.959963985 * 0.1) / Math.SQRT2, 9);
    expect(fit.intercept.value).toBeCloseTo(-1 / 15, 12);
    expect(fit.chiSquare).toBeCloseTo(1 / 6, 12);
    expect([fit.degreesOfFreedom, fit.fromScatter]).toEqual([1, false]);
  });

  it('takes the error from the scatter when that is larger, and then does not care for the scale of the errors', () => {
    const [x, y] = [
      [1, 2, 3, 4],
      [1, 2.5, 2.5, 4],
    ];
    const [tiny, tinier, none] = [
      weightedSlope(x, y, [0.01, 0.01, 0.01, 0.01]),
      weightedSlope(x, y, [1e-4, 1e-4, 1e-4, 1e-4]),
      weightedSlope(x, y),
    ];
    expect([tiny.fromScatter, tinier.fromScatter, none.fromScatter]).toEqual([true, true, true]);
    expect(tinier.slope.low).toBeCloseTo(tiny.slope.low, 10);
    expect(none.slope.low).toBeCloseTo(tiny.slope.low, 10);
    // squared residuals sum to 0.45, Σ(x−x̄)² = 5, t_2 = 4.302653
    expect(none.slope.value - none.slope.low).toBeCloseTo(4.30265273 * Math.sqrt(0.45 / 2 / 5), 8);
  });

  it('weighs a point by 1/s²', () => {
    const doubled = weightedSlope([0, 1, 1], [0, 1, 3], [1, 1, 1]);
    const merged = weightedSlope([0, 1], [0, 2], [1, Math.SQRT1_2]);
    expect(merged.slope.value).toBeCloseTo(doubled.slope.value, 12);
    expect(merged.slope.high).toBeCloseTo(doubled.slope.high, 12);
  });

  it('knows what it does not know', () => {
    expect(weightedSlope([], []).slope.value).toBeNaN();
    expect(weightedSlope([2, 2], [1, 3], [1, 1]).slope.value).toBeNaN();
    expect(weightedSlope([1, 2], [1, 3]).slope).toMatchObject({ value: 2, low: Number.NaN, high: Number.NaN });
    expect(weightedSlope([1, 2, 3], [1, Number.NaN, 3], [1, 1, 1]).slope.value).toBeCloseTo(1, 12);
  });

  it('refuses unequal lengths and errors that are not positive', () => {
    expect(() => weightedSlope([1, 2], [1])).toThrow(/equal length, got 2, 1, 2/);
    expect(() => weightedSlope([1, 2], [1, 2], [1, 0])).toThrow(/above 0, got 0/);
  });

  it('counts what it leaves out: points with a part that is not finite, or without weight', () => {
    const fit = weightedSlope([1, 2, 3, 4, Infinity, 6], [1, Number.NaN, 3, 4, 5, 6], [1, 1, 1, 1, 1, Infinity]);
    expect([fit.leftOut, fit.degreesOfFreedom]).toEqual([3, 1]);
    expect([fit.slope.value, fit.intercept.value, fit.chiSquare]).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(0, 12),
      expect.closeTo(0, 12),
    ]);
    expect(weightedSlope([], [])).toMatchObject({ degreesOfFreedom: 0, leftOut: 0, fromScatter: true });
  });

  it('its intercept is the value at x = 0, with the error of that place', () => {
    const { slope, intercept } = weightedSlope([1, 2, 4], [3, 5.1, 9], [0.1, 0.2, 0.1]);
    // weights 100, 25, 100: x̄ = 550/225
    const [total, meanX] = [225, 550 / 225];
    const spread = 100 * (1 - meanX) ** 2 + 25 * (2 - meanX) ** 2 + 100 * (4 - meanX) ** 2;
    expect([slope.mcse, intercept.mcse]).toEqual([
      expect.closeTo(1 / Math.sqrt(spread), 10),
      expect.closeTo(Math.sqrt(1 / total + meanX ** 2 / spread), 10),
    ]);
    expect(intercept.high - intercept.value).toBeCloseTo(1.959964 * intercept.mcse, 6);
    expect(intercept.value - intercept.low).toBeCloseTo(1.959964 * intercept.mcse, 6);
    expect([slope.sd, intercept.sd]).toEqual([NaN, NaN]);
  });

  it('knows no error of points on a line but for rounding, in any unit', () => {
    for (const unit of [1e-6, 1, 1e6]) {
      const y = [0.1, 0.2, 0.30000000000000004, 0.4].map((value) => unit * value);
      expect(weightedSlope([1, 2, 3, 4], y).slope).toMatchObject({
        value: expect.closeTo(0.1 * unit, 12) as number,
        low: NaN,
        high: NaN,
        mcse: NaN,
      });
      expect(weightedSlope([1, 2, 3, 4], [...y.slice(0, 3), 0.401 * unit]).slope.mcse).toBeGreaterThan(0);
    }
  });

  it('takes the errors given just where χ² is at its 95 % quantile, and the scatter beyond', () => {
    // Residuals a, −2a, a: χ² = 6a²; the quantile of one degree of freedom is 3.841459.
    const fit = (chiSquare: number) =>
      weightedSlope(
        [1, 2, 3],
        [1, -2, 1].map((r) => r * Math.sqrt(chiSquare / 6)),
        [1, 1, 1],
      );
    expect([fit(3.8414), fit(3.8415)].map(({ fromScatter }) => fromScatter)).toEqual([false, true]);
    expect(fit(3.8415).slope.mcse).toBeCloseTo(Math.sqrt(3.8415 / 2), 6);
    expect(weightedSlope([1, 2], [1, 9], [1, 1]).fromScatter).toBe(false);
  });

  it('turns with the line: adding a + b x to y adds b to the slope', () => {
    const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(values, fc.double({ min: -3, max: 3, noNaN: true }), (y, b) => {
        const x = [0, 1, 3, 4, 7];
        const errors = [1, 2, 1, 0.5, 1];
        const plain = weightedSlope(x, y, errors).slope;
        const turned = weightedSlope(
          x,
          y.map((v, i) => v + 2 + b * x[i]),
          errors,
        ).slope;
        expect(turned.low - plain.low).toBeCloseTo(b, 9);
        expect(turned.high - plain.high).toBeCloseTo(b, 9);
      }),
    );
  });

  const x = [1, 2, 3, 4, 5, 6];
  const errors = [0.5, 0.3, 0.2, 0.2, 0.3, 0.5];
  const line = (draws: Draws, inflation: number): number[] =>
    x.map((v, i) => 2 - 0.5 * v + inflation * errors[i] * draws.normal());

  it('covers 95 % when the errors are right', () => {
    const draws = new Draws(4);
    const share = coverage(4000, -0.5, () => weightedSlope(x, line(draws, 1), errors).slope);
    expect(Math.abs(share - 0.955)).toBeLessThan(chance(4000));
  });

  it("covers 95 % when they are four times too small; without Birge's ratio it is seen not to", () => {
    const draws = new Draws(5);
    expect(coverage(2000, -0.5, () => weightedSlope(x, line(draws, 4), errors).slope)).toBeGreaterThan(
      0.95 - chance(2000),
    );
    const bare = coverage(2000, -0.5, () => {
      const { slope, chiSquare, degreesOfFreedom, fromScatter } = weightedSlope(x, line(draws, 4), errors);
      const factor = fromScatter ? 1.96 / (2.776445 * Math.sqrt(chiSquare / degreesOfFreedom)) : 1;
      return {
        low: slope.value - factor * (slope.value - slope.low),
        high: slope.value + factor * (slope.high - slope.value),
      };
    });
    expect(bare).toBeLessThan(0.7);
  });

  it('covers 95 % from the scatter alone', () => {
    const draws = new Draws(6);
    const share = coverage(
      4000,
      1,
      () =>
        weightedSlope(
          x,
          x.map((v) => v + draws.normal()),
        ).slope,
    );
    expect(Math.abs(share - 0.95)).toBeLessThan(chance(4000));
  });
});

describe('leastSquaresSlope', () => {
  it('is that of a line with equal weights, and unknown without two x', () => {
    expect(leastSquaresSlope([1, 2, 4, 8], [2, 1, 5, 3])).toBeCloseTo(
      weightedSlope([1, 2, 4, 8], [2, 1, 5, 3]).slope.value,
      12,
    );
    expect([leastSquaresSlope([2, 2], [1, 3]), leastSquaresSlope([], [])]).toEqual([NaN, NaN]);
  });
});

describe('powerLawExponent', () => {
  const point = (
    x: number,
    value: number,
    half: number,
  ): { x: number; estimate: { value: number; low: number; high: number } } => ({
    x,
    estimate: { value, low: value - half, high: value + half },
  });

  it('of one point with both ends and one without is unknown', () => {
    const points = [
      { x: 20, estimate: { value: 4000, low: 0, high: 4400 } },
      { x: 40, estimate: { value: 8000, low: 7600, high: 8400 } },
    ];
    expect(powerLawExponent(points).value).toBeNaN();
  });

  it('finds −1/2 in 3/√n, with the error that the intervals imply', () => {
    const ns = [100, 1000, 10000];
    const { value, low, high } = powerLawExponent(ns.map((n) => point(n, 3 / Math.sqrt(n), 0.03 / Math.sqrt(n))));
    expect(value).toBeCloseTo(-0.5, 12);
    expect((high - low) / 2).toBeCloseTo(0.01 / (Math.log(10) * Math.SQRT2), 6);
  });

  it('leaves nothing out: without a logarithm or an interval of each point it is unknown, and names them', () => {
    const good = [point(1, 1, 0.1), point(10, 10, 1)];
    const bad = [point(100, 0, 0.1), point(-1, 1, 0.1), point(50, 1, Number.NaN), point(50, Number.NaN, 1)];
    for (const one of bad)
      expect(powerLawExponent([...good, one])).toEqual({
        ...UNKNOWN,
        note: expect.stringContaining(`x = ${one.x}`) as string,
      });
    expect(powerLawExponent(good).value).toBeCloseTo(1, 12);
    expect(powerLawExponent([]).value).toBeNaN();
  });

  const open = (x: number, value: number, low: number, high: number) => ({ x, estimate: { value, low, high } });

  it('a point without an upper end speaks for larger exponents', () => {
    const two = [open(20, 5200, 4700, 5700), open(40, 10_700, 9800, 11_600)];
    const contradicting = powerLawExponent([...two, open(60, 40_000, 30_000, Infinity)]);
    expect(contradicting.high).toBeGreaterThan(1.25);
    expect(contradicting.note).toContain('40000 at x = 60');
    const agreeing = powerLawExponent([...two, open(60, 16_300, 14_000, Infinity)]);
    expect(agreeing.low).toBeGreaterThan(powerLawExponent(two).low);
    expect(agreeing.value).toBeCloseTo(powerLawExponent(two).value, 6);
    expect(agreeing.high).toBeCloseTo(powerLawExponent(two).high, 1);
  });

  it('of points that are open is unknown without two x known on both sides, or without a weight, and names them', () => {
    const unknown = (...points: readonly ReturnType<typeof open>[]) => {
      const { note, ...rest } = powerLawExponent(points);
      expect(rest).toEqual(UNKNOWN);
      return note;
    };
    expect(unknown(open(20, 4000, 0, 4400), open(40, 8000, 7600, 8400))).toBe(
      'fewer than two x known on both sides: 4000 at x = 20 is not',
    );
    expect(unknown(open(20, 41234, 1, Infinity), open(40, 8, 7, 9), open(40, 9, 8, 10), open(60, 8, 0, 9))).toBe(
      'fewer than two x known on both sides: 41200 at x = 20, 8 at x = 60 is not',
    );
    for (const [low, high] of [
      [8, 9],
      [7, 8],
      [8, 8],
    ]) {
      expect(unknown(open(20, 4, 3, 5), open(40, 8, low, high), open(60, 9, 8, Infinity))).toBe(
        'no weights beside 9 at x = 60, known on one side only',
      );
    }
    expect(powerLawExponent([open(20, 4, 3, 5), open(40, 8, 7, 9), open(60, 9, 8, Infinity)]).note).toBe(
      'known on one side only: 9 at x = 60',
    );
  });

  it('has the errors of the sides that it is known on', () => {
    const points = [open(1, 1, 0.9, 1.2), open(2, 4, 3, 4.4), open(3, 11, 9, Infinity)];
    const sided = points.map(({ x, estimate: { value, low, high } }) => ({
      x: Math.log(x),
      y: Math.log(value),
      below: Math.log(value / low) / 1.959963985,
      above: Math.log(high / value) / 1.959963985,
    }));
    const [found, direct] = [powerLawExponent(points), censoredSlope(sided)];
    for (const key of ['value', 'low', 'high', 'mcse'] as const) expect(found[key]).toBeCloseTo(direct[key], 7);
  });

  it('of points some of which have no width weighs all the same', () => {
    const points = [point(1, 1, 0.1), point(2, 3, 0), point(4, 5, 0.4), point(8, 6, 0.1)];
    expect(powerLawExponent(points)).toEqual(
      weightedSlope(
        points.map(({ x }) => Math.log(x)),
        points.map(({ estimate }) => Math.log(estimate.value)),
      ).slope,
    );
    expect(powerLawExponent([point(1, 1, 0.1), open(2, 2, 2.1, 3)]).note).toBe('no fit without 2 at x = 2');
    expect(
      powerLawExponent([point(1, 1, 0.1), open(2, 2, 1, 1.9), open(0, 1, 1, 1), open(Infinity, 1, 1, 1)]).note,
    ).toBe('no fit without 2 at x = 2, 1 at x = 0, 1 at x = Infinity');
  });

  it('covers 95 % with points that are open to one side', () => {
    const draws = new Draws(8);
    const share = coverage(400, 1, () =>
      powerLawExponent(
        [20, 40, 60, 80].map((x, i) => {
          const [error, value] = [0.05 * (1 + i), x * Math.exp(0.05 * (1 + i) * draws.normal())];
          return open(
            x,
            value,
            i === 2 ? 0 : value * Math.exp(-1.96 * error),
            i === 3 ? Infinity : value * Math.exp(1.96 * error),
          );
        }),
      ),
    );
    expect(Math.abs(share - 0.95)).toBeLessThan(chance(400));
  });

  it('exact values weigh the same', () => {
    expect(powerLawExponent([1, 2, 4, 8].map((x) => point(x, x ** -2, 0))).value).toBeCloseTo(-2, 12);
  });

  it('does not depend on the units', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (u, v) => {
          const points = [point(1, 3, 0.3), point(2, 2, 0.1), point(5, 1.2, 0.2), point(9, 1, 0.1)];
          const scaled = points.map(({ x, estimate }) =>
            point(u * x, v * estimate.value, v * (estimate.high - estimate.value)),
          );
          expect(powerLawExponent(scaled).low).toBeCloseTo(powerLawExponent(points).low, 9);
        },
      ),
    );
  });
});
