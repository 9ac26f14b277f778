import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estimate } from '../../src/statistics/estimate.js';
import { mean, median } from '../../src/statistics/means.js';
import { rate } from '../../src/statistics/rates.js';
import {
  meanSequence,
  medianSequence,
  rateSequence,
  shareDifferenceSequence,
  shareSequence,
  trialsForRate,
} from '../../src/statistics/sequences.js';
import { chance, Draws } from './draws.js';

type Estimator = (values: Float64Array) => Estimate;

function looks(first: number, last: number, growth: number): number[] {
  const all = [first];
  while (all[all.length - 1] * growth <= last) all.push(Math.ceil(all[all.length - 1] * growth));
  return all;
}

/** Share of runs in which the interval contains the truth at every look. */
function coverageAtAll(
  estimator: Estimator,
  truth: number,
  at: readonly number[],
  runs: number,
  draw: () => number,
): number {
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const values = Float64Array.from({ length: at[at.length - 1] }, draw);
    const missed = at.some((n) => {
      const { low, high } = estimator(values.subarray(0, n));
      return low > truth || high < truth;
    });
    if (!missed) covered += 1;
  }
  return covered / runs;
}

const RUNS = 400;
const enough = 0.95 - chance(RUNS);
const OFTEN = looks(20, 2000, 1.25);
const bernoulli = (draws: Draws, p: number) => (): number => (draws.uniform() < p ? 1 : 0);
/** Five starts on a training set of its own rate: dependent, in steps of a fifth, mean 0.3. */
const fifths = (draws: Draws) => (): number => draws.binomial(5, draws.uniform() < 0.5 ? 0.1 : 0.5) / 5;
const skewed = (draws: Draws) => (): number => -Math.log(1 - draws.uniform());

describe('a confidence sequence covers at all looks at once', () => {
  it.each([
    [0.02, 1],
    [0.3, 2],
    [0.5, 3],
    [0.97, 4],
  ])('a rate of %f', (p, seed) => {
    expect(coverageAtAll(rateSequence(0.05), p, OFTEN, RUNS, bernoulli(new Draws(seed), p))).toBeGreaterThan(enough);
  });

  it('a share of starts', () => {
    expect(coverageAtAll(shareSequence, 0.3, looks(20, 640, 2.5), RUNS / 2, fifths(new Draws(5)))).toBeGreaterThan(
      0.95 - chance(RUNS / 2),
    );
  });

  it('a mean of differences of indicators, from −1 to 1', () => {
    const draws = new Draws(7);
    const difference = (): number => (draws.uniform() < 0.3 ? 1 : 0) - (draws.uniform() < 0.1 ? 1 : 0);
    const at = looks(5, 300, 3);
    expect(coverageAtAll(shareDifferenceSequence, 0.2, at, RUNS / 2, difference)).toBeGreaterThan(
      0.95 - chance(RUNS / 2),
    );
  });

  it('a mean of skewed values, from 30 trials on', () => {
    expect(coverageAtAll(meanSequence, 1, looks(30, 2000, 1.25), RUNS, skewed(new Draws(6)))).toBeGreaterThan(enough);
  });

  it('a median', () => {
    expect(coverageAtAll(medianSequence, Math.LN2, OFTEN, RUNS, skewed(new Draws(7)))).toBeGreaterThan(enough);
  });

  it.each<[string, Estimator, number, (draws: Draws) => () => number]>([
    ['Wilson of a rate', rate, 0.5, (draws) => bernoulli(draws, 0.5)],
    ['Student of a mean', mean, 1, skewed],
    ['order statistics of a median', median, Math.LN2, skewed],
  ])('an interval for one look is seen not to: %s', (_, estimator, truth, of) => {
    expect(coverageAtAll(estimator, truth, OFTEN, RUNS, of(new Draws(8)))).toBeLessThan(0.95 - 2 * chance(RUNS));
  });
});

const halfWidth = ({ low, high }: Estimate): number => (high - low) / 2;
const halves = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i % 2);

describe('the width', () => {
  it.each([0.1, 0.05, 0.02])('of a rate reaches %f where theory says', (target) => {
    const n = trialsForRate(target);
    expect(halfWidth(rateSequence(target)(halves(Math.ceil(1.02 * n))))).toBeLessThan(target);
    expect(halfWidth(rateSequence(target)(halves(Math.floor(0.98 * n))))).toBeGreaterThan(target);
  });

  it('takes 2.4 times the trials of a Wald interval, 5758 for 2401 at ± 0.02', () => {
    expect(trialsForRate(0.02)).toBeCloseTo(5757.8, 1);
  });

  it('of shares that vary little is far below that of zeros and ones of the same mean', () => {
    const steady = Float64Array.from({ length: 500 }, (_, i) => 0.4 + 0.2 * (i % 2));
    expect(halfWidth(shareSequence(steady))).toBeLessThan(halfWidth(shareSequence(halves(500))) / 2);
  });

  it('of a mean is 1.96 standard errors times 1.5 to 1.8 between 100 and 10⁴ trials', () => {
    for (const n of [100, 1000, 10_000]) {
      const ratio = halfWidth(meanSequence(halves(n))) / halfWidth(mean(halves(n)));
      expect(ratio).toBeGreaterThan(1.5);
      expect(ratio).toBeLessThan(1.8);
    }
  });
});

describe('an interval', () => {
  const share = fc.constantFrom<number>(0, 0.2, 0.5, 1);

  it('of shares contains their mean, lies in [0, 1], and leaves NaN out', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 40 }), (list) => {
        const { value, low, high } = shareSequence(Float64Array.from([...list, NaN]));
        expect(value).toBeCloseTo(list.reduce((sum, x) => sum + x, 0) / list.length, 12);
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
        expect(shareSequence(Float64Array.from(list, (x) => 1 - x)).low).toBeCloseTo(1 - high, 6);
      }),
      { numRuns: 40 },
    );
  });

  it('of differences of shares is that of the shares (x + 1)/2, contains the mean, and bounds equal values', () => {
    const values = Float64Array.of(1, 0, -1, 0.25, 0.5, 0, 1, 0);
    const share = shareSequence(values.map((x) => (x + 1) / 2));
    const { value, low, high, mcse, sd } = shareDifferenceSequence(values);
    const expected = [2 * share.value - 1, 2 * share.low - 1, 2 * share.high - 1, 2 * share.mcse, 2 * share.sd];
    [value, low, high, mcse, sd].forEach((one, i) => {
      expect(one).toBeCloseTo(expected[i], 12);
    });
    const equal = shareDifferenceSequence(new Float64Array(200));
    expect([equal.low < 0, equal.high > 0, halfWidth(equal) < 0.25, meanSequence(new Float64Array(200)).low]).toEqual([
      ...[true, true, true],
      NaN,
    ]);
    expect(shareDifferenceSequence(Float64Array.of(1, 1, NaN))).toMatchObject({ value: 1, high: 1, leftOut: 1 });
    expect(shareDifferenceSequence(new Float64Array())).toMatchObject({ value: NaN, low: -1, high: 1 });
    expect(() => shareDifferenceSequence(Float64Array.of(1.5))).toThrow(RangeError);
  });

  it('of a rate has deviance log 20 at its ends, by the product that the formula is', () => {
    const [s, f, c] = [7, 23, trialsForRate(0.1) / (2 * Math.log(20) + Math.log(1 + 2 * Math.log(20)))];
    const log = (p: number): number => {
      let sum = 0;
      for (let j = 0; j < s; j++) sum += Math.log((c * p + j) / p);
      for (let j = 0; j < f; j++) sum += Math.log((c * (1 - p) + j) / (1 - p));
      for (let j = 0; j < s + f; j++) sum -= Math.log(c + j);
      return sum;
    };
    const { low, high } = rateSequence()(Float64Array.from({ length: s + f }, (_, i) => (i < s ? 1 : 0)));
    for (const end of [low, high]) expect(log(end)).toBeCloseTo(Math.log(20), 5);
  });

  it('of a share has wealth 20 at its ends: of zeros and ones the bets have a product in closed form', () => {
    const [s, f] = [4, 9];
    // B(s + ½, f + ½)/B(½, ½) = Π (j − ½) over j to s and to f, over (s + f)!
    const logWealth = (m: number): number => {
      let log = -s * Math.log(m) - f * Math.log(1 - m);
      for (let j = 1; j <= s; j++) log += Math.log(j - 0.5);
      for (let j = 1; j <= f; j++) log += Math.log(j - 0.5);
      for (let j = 1; j <= s + f; j++) log -= Math.log(j);
      return log;
    };
    const { value, low, high, mcse, sd } = shareSequence(
      Float64Array.from({ length: s + f }, (_, i) => (i < s ? 1 : 0)),
    );
    for (const end of [low, high]) expect(logWealth(end)).toBeCloseTo(Math.log(20), 5);
    expect([value, low < value, high > value]).toEqual([s / 13, true, true]);
    expect([mcse, sd]).toEqual([
      expect.closeTo(Math.sqrt((s * f) / 169 / 12), 12),
      expect.closeTo(Math.sqrt(((s * f) / 169) * (13 / 12)), 12),
    ]);
  });

  it('of a mean is what its formula says, tuned for 300 trials', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => (i * 7) % 50);
    const log = 2 * Math.log(20);
    const scaled = (50 * (log + Math.log(1 + log))) / 300;
    const sd = Math.sqrt((50 * 51) / 12);
    const half = sd * Math.sqrt((((scaled + 1) / scaled) * (log + Math.log(scaled + 1))) / 50);
    const { value, low, high, mcse, sd: own, leftOut } = meanSequence(Float64Array.of(...values, NaN));
    expect([value, value - low, high - value]).toEqual([24.5, expect.closeTo(half, 9), expect.closeTo(half, 9)]);
    expect([own, mcse, leftOut]).toEqual([expect.closeTo(sd, 9), expect.closeTo(sd / Math.sqrt(50), 9), 1]);
  });

  it('carries the error and deviation of the usual estimate', () => {
    const values = Float64Array.of(0, 1, 1, NaN, 0, 1);
    const { mcse, sd } = rate(values);
    expect(rateSequence()(values)).toMatchObject({ value: 0.6, mcse, sd, leftOut: 1 });
    expect(meanSequence(Float64Array.of(2, 2, NaN))).toEqual({
      value: 2,
      low: NaN,
      high: NaN,
      mcse: NaN,
      sd: 0,
      leftOut: 1,
    });
    const { mcse: error, sd: deviation } = median(Float64Array.of(1, 2, 4, 9));
    expect(medianSequence(Float64Array.of(9, 1, NaN, 4, 2))).toMatchObject({
      value: 3,
      mcse: error,
      sd: deviation,
      leftOut: 1,
    });
    expect(
      [
        rateSequence()(Float64Array.of(NaN)),
        medianSequence(Float64Array.of(NaN)),
        shareSequence(Float64Array.of(0.5, NaN)),
      ].map(({ leftOut }) => leftOut),
    ).toEqual([1, 1, 1]);
  });

  it('of shares that are all 0 or all 1 ends there', () => {
    expect(shareSequence(new Float64Array(20))).toMatchObject({ value: 0, low: 0 });
    expect(shareSequence(new Float64Array(20).fill(1))).toMatchObject({ value: 1, high: 1 });
  });

  it.each([40, 41, 200])(
    'of a median of %i values lies between the order statistics that rate ½ does not exclude, by the product that the formula is',
    (n) => {
      const c = trialsForRate(0.1) / (2 * Math.log(20) + Math.log(1 + 2 * Math.log(20)));
      const excluded = (k: number): boolean => {
        let log = n * Math.LN2;
        for (let j = 0; j < k; j++) log += Math.log(c / 2 + j);
        for (let j = 0; j < n - k; j++) log += Math.log(c / 2 + j);
        for (let j = 0; j < n; j++) log -= Math.log(c + j);
        return log >= Math.log(20);
      };
      const count = Array.from({ length: n }, (_, k) => k).findIndex((k) => !excluded(k));
      expect(count).toBeGreaterThan(0);
      const values = Float64Array.from({ length: n }, (_, i) => (7 * i) % n);
      expect(medianSequence(Float64Array.of(...values, NaN))).toMatchObject({
        value: (n - 1) / 2,
        low: count - 1,
        high: n - count,
        leftOut: 1,
      });
    },
  );

  it('without values is all that can be', () => {
    const none = Float64Array.of(NaN);
    expect(rateSequence()(none)).toMatchObject({ value: NaN, low: 0, high: 1 });
    expect(shareSequence(none)).toMatchObject({ value: NaN, low: 0, high: 1 });
    expect(meanSequence(none)).toMatchObject({ value: NaN, low: NaN, high: NaN });
    expect(medianSequence(none)).toMatchObject({ value: NaN, low: NaN, high: NaN });
  });

  it('of few or infinite values is unknown', () => {
    expect(medianSequence(Float64Array.of(1, 2, 3))).toMatchObject({ value: 2, low: NaN, high: NaN });
    expect(meanSequence(Float64Array.of(1, Infinity))).toMatchObject({ value: Infinity, low: NaN, high: NaN });
    expect(() => rateSequence()(Float64Array.of(0.5))).toThrow(/must be 0 or 1, got 0.5/);
    for (const wrong of [1.5, -0.5, Infinity])
      expect(() => shareSequence(Float64Array.of(0.5, wrong))).toThrow(`from 0 to 1, got ${wrong}`);
  });
});
