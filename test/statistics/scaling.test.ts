import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/statistics/estimate.js';
import { boundaryExponent, equalValueExponent, type GridCount } from '../../src/statistics/scaling.js';
import { chance, coverage, Draws } from './draws.js';

const DS = [10, 20, 40, 80];

/** Success with logit 4(log n − a log d − c), about the middle of the grid. */
function drawn(draws: Draws, a: number, trials = 15): GridCount[] {
  return DS.flatMap((d) =>
    [500, 1000, 2000, 4000, 8000].map((n) => {
      const p = 1 / (1 + Math.exp(-4 * (Math.log(n / 2000) - a * Math.log(d / 28))));
      return { d, n, trials, successes: draws.binomial(trials, p) };
    }),
  );
}

describe('boundaryExponent', () => {
  it('finds the exponent of exact expected counts', () => {
    const counts = DS.flatMap((d) =>
      [500, 1000, 2000, 4000, 8000].map((n) => {
        const p = 1 / (1 + Math.exp(-3 * (Math.log(n / 2000) - 1.2 * Math.log(d / 28))));
        return { d, n, trials: 1000, successes: 1000 * p };
      }),
    );
    const { value, low, high } = boundaryExponent(counts);
    expect(value).toBeCloseTo(1.2, 6);
    expect([low < 1.2, high > 1.2, high - low < 0.2]).toEqual([true, true, true]);
  });

  it('finds it where success rises slowly with n, too', () => {
    const counts = [10, 40].flatMap((d) =>
      [500, 2000, 8000].map((n) => ({
        d,
        n,
        trials: 1000,
        successes: 1000 / (1 + Math.exp(-0.5 * (Math.log(n / 2000) - 1.2 * Math.log(d / 20)))),
      })),
    );
    expect(boundaryExponent(counts).value).toBeCloseTo(1.2, 5);
  });

  it('covers 95 %; half the interval is seen not to', () => {
    const runs = 40;
    const draws = new Draws(5);
    const estimates = Array.from({ length: runs }, () => boundaryExponent(drawn(draws, 1)));
    let at = 0;
    expect(Math.abs(coverage(runs, 1, () => estimates[at++]) - 0.95)).toBeLessThan(chance(runs));
    at = 0;
    expect(coverage(runs, 1, () => ({ low: estimates[at].value, high: estimates[at++].high }))).toBeLessThan(
      0.95 - chance(runs),
    );
  });

  it('takes points that tie at a = 1 but for rounding, also where their rates rise steeply', () => {
    const tied = [2, 2, 2, 2, 1, 2, 2, 2, 0, 1, 2, 2, 0, 0, 1, 2];
    const small = DS.flatMap((d, i) =>
      [1000, 2000, 4000, 8000].map((n, j) => ({ d, n, trials: 2, successes: tied[4 * i + j] })),
    );
    const paper = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].flatMap((d) =>
      Array.from({ length: 10 }, (_, i) => 1000 * (i + 1)).map((n) => {
        return { d, n, trials: 10, successes: n > 50 * d ? 10 : n < 50 * d ? 0 : ((d / 10) % 3) * 3 + 1 };
      }),
    );
    for (const counts of [small, paper]) {
      const { value, low, high } = boundaryExponent(counts);
      expect(Math.abs(value - 1)).toBeLessThan(0.2);
      expect([low <= value, value <= high, low > 0.4, high < 1.7]).toEqual([true, true, true, true]);
    }
  });

  it('knows nothing of a success rate that falls with n', () => {
    const falling = [7, 4, 1, 10, 7, 4, 10, 10, 7];
    expect(
      boundaryExponent(
        [10, 20, 40].flatMap((d, i) =>
          [1000, 2000, 4000].map((n, j) => ({ d, n, trials: 10, successes: falling[3 * i + j] })),
        ),
      ).value,
    ).toBeNaN();
  });

  it('knows a range when the data are separated, and nothing of one dimension or one outcome', () => {
    const separated = DS.flatMap((d) =>
      [500, 1000, 2000, 4000, 8000].map((n) => ({ d, n, trials: 10, successes: n >= 60 * d ? 10 : 0 })),
    );
    const { value, low, high } = boundaryExponent(separated);
    expect(low).toBeLessThan(value);
    expect(value).toBeLessThan(high);
    expect(Math.abs(value - 1)).toBeLessThan(0.5);
    expect(boundaryExponent(separated.filter(({ d }) => d === 10)).value).toBeNaN();
    expect(boundaryExponent(separated.map((count) => ({ ...count, successes: 10 }))).value).toBeNaN();
    expect(boundaryExponent([]).value).toBeNaN();
    expect(boundaryExponent(separated.map((count) => ({ ...count, successes: 0 }))).value).toBeNaN();
  });

  it('does not see cells without trials, also where they have the only other dimension', () => {
    const counts = drawn(new Draws(11), 1);
    const empty = { d: 160, n: 1000, trials: 0, successes: 0 };
    expect(boundaryExponent([empty, ...counts])).toEqual(boundaryExponent(counts));
    expect(boundaryExponent([empty, ...counts.filter(({ d }) => d === 10)]).value).toBeNaN();
  });

  it('has ends where twice the log likelihood has fallen by t²_{N−3}, by a scan over slopes and boundaries', () => {
    const cells = [
      [10, 1000, 2],
      [10, 2000, 5],
      [10, 4000, 7],
      [30, 1000, 1],
      [30, 2000, 3],
      [30, 4000, 6],
    ].map(([d, n, successes]) => ({ d, n, successes, trials: 8 }));
    const { value, low, high, mcse } = boundaryExponent(cells);
    const most = (a: number): number => {
      const logLikelihood = (s: number, c: number): number =>
        cells.reduce((sum, { d, n, successes }) => {
          const p = 1 / (1 + Math.exp(-s * (Math.log(n) - a * Math.log(d) - c)));
          return sum + successes * Math.log(p) + (8 - successes) * Math.log(1 - p);
        }, 0);
      // At the middle of log n and log d, and in steps that halve around the best so far.
      let [s, c, step] = [1, Math.log(2000) - a * Math.log(Math.sqrt(300)), 0.5];
      for (let round = 0; round < 400 && step > 1e-7; round++) {
        const around = [
          [s + step, c],
          [s - step, c],
          [s, c + step],
          [s, c - step],
        ].filter(([slope]) => slope > 0);
        const best = around.reduce((one, other) =>
          logLikelihood(other[0], other[1]) > logLikelihood(one[0], one[1]) ? other : one,
        );
        if (logLikelihood(best[0], best[1]) > logLikelihood(s, c)) [s, c] = best;
        else step /= 2;
      }
      return logLikelihood(s, c);
    };
    // t_45 at 97.5 %
    for (const end of [low, high]) expect(2 * (most(value) - most(end))).toBeCloseTo(2.014103 ** 2, 3);
    expect([low < value, value < high]).toEqual([true, true]);
    expect(mcse).toBeCloseTo((high - low) / (2 * 1.959964), 6);
  });

  it('says so where every exponent up to an end is as likely', () => {
    const at = (d: number, n: number, successes: number): GridCount => ({ d, n, successes, trials: 10 });
    // At d = 1 a step; at d = 10 only successes: the boundary may fall as steeply as it likes.
    expect(boundaryExponent([at(1, 100, 0), at(1, 200, 10), at(10, 100, 10), at(10, 200, 10)])).toEqual({
      ...UNKNOWN,
      note: 'every exponent up to -4 is as likely',
    });
    expect(boundaryExponent([at(1, 100, 0), at(1, 200, 10), at(10, 100, 0), at(10, 200, 0)])).toEqual({
      ...UNKNOWN,
      note: 'every exponent up to 6 is as likely',
    });
  });

  it('has the middle of what is as likely for its value', () => {
    const at = (d: number, n: number, successes: number): GridCount => ({ d, n, successes, trials: 50 });
    // Steps between 100 and 200 at d = 1 and between 800 and 1600 at d = 8: log₈ from 4 to 16 is what no cell tells
    // apart.
    const { value, low, high } = boundaryExponent([at(1, 100, 0), at(1, 200, 50), at(8, 800, 0), at(8, 1600, 50)]);
    expect(value).toBeCloseTo(1, 4);
    expect(low).toBeCloseTo(Math.log(4) / Math.log(8), 2);
    expect(high).toBeCloseTo(Math.log(16) / Math.log(8), 2);
  });
});

describe('equalValueExponent', () => {
  const point = (d: number, n: number, value: number, error: number) => ({
    d,
    n,
    estimate: { value, low: value * Math.exp(-1.959964 * error), high: value * Math.exp(1.959964 * error) },
  });
  const sizes = [1000, 2000, 4000, 8000];

  it('finds a for values (n/d^a)^(−1/2)', () => {
    const values = DS.flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(d ** 0.8 / n), 0.05)));
    const { value, low, high } = equalValueExponent(values);
    expect(value).toBeCloseTo(0.8, 6);
    expect([low < 0.8, high > 0.8]).toEqual([true, true]);
  });

  it('covers 95 % when the errors are what they say, and when the scatter is larger than they say', () => {
    const runs = 300;
    const draws = new Draws(6);
    for (const scatter of [0.1, 0.3]) {
      const one = (): { low: number; high: number } =>
        equalValueExponent(
          DS.flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(d / n) * Math.exp(scatter * draws.normal()), 0.1))),
        );
      expect(Math.abs(coverage(runs, 1, one) - 0.95)).toBeLessThan(chance(runs));
    }
  });

  it('knows nothing of a value that rises with n', () => {
    expect(
      equalValueExponent(DS.flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(n / d), 0.05)))).value,
    ).toBeNaN();
  });

  it('knows nothing of three points, nor of one dimension', () => {
    expect(
      equalValueExponent([point(10, 1000, 1, 0.1), point(20, 1000, 2, 0.1), point(10, 2000, 0.5, 0.1)]).value,
    ).toBeNaN();
    expect(equalValueExponent(sizes.map((n) => point(10, n, Math.sqrt(10 / n), 0.05)))).toEqual(UNKNOWN);
    expect(equalValueExponent([])).toEqual(UNKNOWN);
  });

  // log v = b (log n − a log d): on a full grid the slopes on log n and on log d are independent, and a is the ratio of
  // the two.
  it.each([
    [0.3, 'as large as the errors say'],
    [6, 'larger'],
    [1.5, 'of about the size'],
  ])('has Fieller’s ends: scatter times %f, %s', (scatter) => {
    const deviations = [0.05, -0.02, 0.03, -0.06, -0.04, 0.06, -0.01, 0.02, -0.05, 0.01, 0.04, -0.03];
    const points = [10, 20, 40].flatMap((d, i) =>
      sizes.map((n, j) => point(d, n, Math.sqrt(d / n) * Math.exp(scatter * deviations[4 * i + j]), 0.05)),
    );
    const centred = (values: readonly number[]): number[] =>
      values.map((value) => value - values.reduce((sum, x) => sum + x, 0) / values.length);
    const [y, x, z] = [
      points.map(({ estimate }) => Math.log(estimate.value)),
      points.map(({ n }) => Math.log(n)),
      points.map(({ d }) => Math.log(d)),
    ].map(centred);
    const product = (one: readonly number[], other: readonly number[]): number =>
      one.reduce((sum, value, i) => sum + value * other[i], 0);
    const [onN, onD] = [product(x, y) / product(x, x), product(z, y) / product(z, z)];
    const chiSquare = y.reduce((sum, value, i) => sum + (value - onN * x[i] - onD * z[i]) ** 2, 0) / 0.05 ** 2;
    // χ²_9 and t_9 at 95 %
    const rise = chiSquare > 16.918978 ? (2.262157 ** 2 * chiSquare) / 9 : 1.959964 ** 2;
    expect(chiSquare > 16.918978).toBe(scatter > 2);
    const { value, low, high, mcse, sd } = equalValueExponent(points);
    expect(value).toBeCloseTo(-onD / onN, 5);
    for (const a of [low, high])
      expect((onD + a * onN) ** 2 / (0.05 ** 2 * (1 / product(z, z) + a ** 2 / product(x, x)))).toBeCloseTo(rise, 2);
    expect([low < value, high > value]).toEqual([true, true]);
    expect([mcse, sd]).toEqual([expect.closeTo((high - low) / (2 * 1.959964), 6), NaN]);
  });

  it('has a finite end towards the others where it lies just beyond the last exponent', () => {
    const values = [10, 20, 40].flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(d ** -4.1 / n), 0.05)));
    const { value, low, high } = equalValueExponent(values);
    expect(value).toBeCloseTo(-4.1, 5);
    expect([low, high < -3.7]).toEqual([-Infinity, true]);
    const beyond = equalValueExponent(
      [10, 20, 40].flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(d ** 6.1 / n), 0.05))),
    );
    expect(beyond.value).toBeCloseTo(6.1, 5);
    expect([beyond.low > 5.6, beyond.high]).toEqual([true, Infinity]);
  });

  it('needs four points, not more', () => {
    const values = [10, 40].flatMap((d) => [1000, 4000].map((n) => point(d, n, Math.sqrt(d / n), 0.05)));
    expect(equalValueExponent(values).value).toBeCloseTo(1, 5);
  });

  it('leaves nothing out: it names the points without a two-sided interval above 0', () => {
    const good = DS.flatMap((d) => sizes.map((n) => point(d, n, Math.sqrt(d / n), 0.05)));
    const of = (value: number, low: number, high: number) => ({ d: 7, n: 300, estimate: { value, low, high } });
    for (const bad of [
      of(1, 0, 2),
      of(0, 0, 1),
      of(-1, -2, 3),
      of(1, 1, 1),
      of(1, 0.5, Infinity),
      of(1, NaN, 2),
      of(NaN, 0.5, 1),
    ]) {
      expect(equalValueExponent([...good, bad])).toEqual({ ...UNKNOWN, note: 'no fit without d = 7, n = 300' });
    }
    expect(equalValueExponent([of(1, 0, 2), ...good, { ...of(1, 0, 2), d: 9 }]).note).toBe(
      'no fit without d = 7, n = 300; d = 9, n = 300',
    );
  });
});
