import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../../src/statistics/estimate.js';
import { unseenClasses, unseenMass } from '../../src/statistics/unseen.js';
import { chance, Draws } from './draws.js';

const COUNTS = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });

/** Classes seen once, twice, …: `of(3, 2)` is 1, 1, 1, 2, 2. */
const of = (...classes: number[]): number[] => classes.flatMap((number, i) => new Array<number>(number).fill(i + 1));

interface Sample {
  readonly counts: number[];
  readonly mass: number;
  readonly classes: number;
}

function drawn(draws: Draws, probabilities: readonly number[], n: number): Sample {
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    let [u, at] = [draws.uniform(), 0];
    while (at < probabilities.length - 1 && u >= probabilities[at]) u -= probabilities[at++];
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const unseen = probabilities.filter((_, at) => !counts.has(at));
  return { counts: [...counts.values()], mass: unseen.reduce((sum, p) => sum + p, 0), classes: unseen.length };
}

type Ends = Pick<Interval, 'low' | 'high'>;

/** Share of samples whose interval has what was not seen. */
function coverage(
  probabilities: readonly number[],
  n: number,
  truth: 'mass' | 'classes',
  interval: (counts: number[]) => Ends,
): number {
  const [draws, runs] = [new Draws(7), 300];
  let hits = 0;
  for (let run = 0; run < runs; run++) {
    const sample = drawn(draws, probabilities, n);
    const { low, high } = interval(sample.counts);
    if (low <= sample[truth] && sample[truth] <= high) hits += 1;
  }
  return hits / runs;
}

const enough = 0.95 - chance(300);
const equal = (count: number): number[] => new Array<number>(count).fill(1 / count);
const RARE = [0.9, ...new Array<number>(20).fill(0.005)];

/** ± 1.96 standard errors, and nothing outside of [0, 1]. */
function normalEnds(counts: number[]): Ends {
  const { value, mcse } = unseenMass(counts);
  const half = Number.isNaN(mcse) ? 0 : 1.96 * mcse;
  return { low: value - half, high: value + half };
}

/** At 2.5 % for either end: McAllester and Schapire, COLT 2000. */
function concentrationWidth(n: number): number {
  return 2 * (2 * Math.SQRT2 + Math.sqrt(3)) * Math.sqrt(Math.log(3 / 0.025) / n);
}

describe('unseenMass', () => {
  it('is the share of draws whose class was seen once', () => {
    expect(unseenMass([782, 213, 5]).value).toBe(0);
    expect(unseenMass(of(3, 1)).value).toBe(3 / 5);
    expect(unseenMass(of(3, 1), 10).value).toBe(0.3);
    expect(unseenMass([])).toMatchObject({ value: Number.NaN, low: 0, high: 1 });
  });

  it('has an interval in [0, 1] around its value, whatever the order of the classes', () => {
    fc.assert(
      fc.property(COUNTS, fc.nat(50), (counts, others) => {
        const total = counts.reduce((sum, count) => sum + count, others);
        const { value, low, high } = unseenMass(counts, total);
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
        expect(unseenMass(counts.toReversed(), total).high).toBeCloseTo(high, 12);
      }),
      { numRuns: 50 },
    );
  });

  it('of one class seen n times is at most 5/n, and shrinks with n', () => {
    expect(1000 * unseenMass([1000]).high).toBeCloseTo(5.08, 1);
    expect(unseenMass([100]).high).toBeGreaterThan(9 * unseenMass([1000]).high);
  });

  it.each([
    ['30 equal', equal(30), 100],
    ['300 equal', equal(300), 100],
    ['one and rare ones', RARE, 300],
    ['two', [0.98, 0.02], 100],
  ] as const)('of %s classes is covered', (_, probabilities, n) => {
    expect(coverage(probabilities, n, 'mass', unseenMass)).toBeGreaterThan(enough);
  });

  it('is seen to need more than the normal interval', () => {
    expect(coverage([0.98, 0.02], 100, 'mass', normalEnds)).toBeLessThan(0.9);
  });

  it('is narrower than what concentration alone gives', () => {
    const { low, high } = unseenMass([...of(300, 80, 30), 450]);
    expect(high - low).toBeLessThan(0.3 * concentrationWidth(1000));
    expect(low).toBeGreaterThan(0.2);
  });
});

describe('unseenClasses', () => {
  it('is Chao’s bound', () => {
    expect(unseenClasses(of(10, 5)).value).toBeCloseTo((1 - 1 / 20) * 10, 12);
    expect(unseenClasses(of(4)).value).toBeCloseTo((3 / 4) * 6, 12);
    expect(unseenClasses([7, 9])).toMatchObject({ value: 0, low: 0, high: Infinity });
    expect(unseenClasses([])).toMatchObject({ value: 0, low: 0, high: Infinity });
  });

  it('does not depend on classes that were seen more often, and its lower end is at most the value', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(200), (once, twice) => {
        const { value, low } = unseenClasses(of(once, twice));
        expect(0 <= low && low <= value).toBe(true);
        expect(unseenClasses([...of(once, twice), 3, 50]).low).toBeCloseTo(low, 9);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['30 equal', equal(30), 100],
    ['3000 equal', equal(3000), 200],
    ['one and rare ones', RARE, 300],
  ] as const)('has at least as many as its lower end, of %s classes', (_, probabilities, n) => {
    expect(coverage(probabilities, n, 'classes', unseenClasses)).toBeGreaterThan(enough);
  });

  it('shows many where many are unseen', () => {
    expect(unseenClasses(of(423, 35, 2)).low).toBeGreaterThan(1000);
  });
});

it.each([
  [[1, 0], 1],
  [[1.5], 2],
  [[3, 2], 4],
] as const)('counts %j of %d draws are refused', (counts, total) => {
  expect(() => unseenMass(counts, total)).toThrow(RangeError);
  expect(() => unseenClasses(counts, total)).toThrow(RangeError);
});

describe('the means behind the ends', () => {
  /** E g(c), c a Poisson count with mean π. */
  const expected = (mean: number, g: (count: number) => number): number => {
    let [sum, chanceOf] = [0, Math.exp(-mean)];
    for (let count = 0; count < 400; count++) {
      sum += chanceOf * g(count);
      chanceOf *= mean / (count + 1);
    }
    return sum;
  };

  it('a class contributes a factor of mean 1 to the mass', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 30, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (mean, y) => {
          const factor = expected(mean, (count) => (count === 0 ? Math.exp(y * mean) : 1 - y ** count));
          expect(factor).toBeCloseTo(1, 10);
        },
      ),
    );
  });

  it('and of mean at most 1 to the number', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 30, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (mean, b, t) => {
          const a = t * Math.sqrt(2 * b);
          const factor = expected(mean, (count) => [1 - t ** 2, 1 + a, 1 - b][count] ?? 1);
          expect(factor).toBeLessThan(1 + 1e-10);
        },
      ),
    );
  });

  /** E over n draws from `classes` equal classes with mass q in all, and one other: n! [tⁿ] of a product of series. */
  const meanOfDraws = (n: number, classes: number, q: number, y: number): number => {
    const series = (p: number): number[] => {
      let term = 1;
      return Array.from({ length: n + 1 }, (_, c) => {
        if (c > 0) term *= (p * n) / c;
        return c === 0 ? Math.exp(y * n * p) : term * (1 - y ** c);
      });
    };
    const product = (a: number[], b: number[]): number[] =>
      a.map((_, c) => a.slice(0, c + 1).reduce((sum, left, i) => sum + left * b[c - i], 0));
    const all = Array.from({ length: classes }, () => series(q / classes)).reduce(product, series(1 - q));
    const factor = Array.from({ length: n }, (_, i) => (i + 1) / n).reduce((a, b) => a * b, 1);
    return all[n] * factor;
  };
  const points = Array.from({ length: 64 }, (_, j) => Math.sin((Math.PI * (j + 0.5)) / 128) ** 2);

  it.each([
    [10, 8, 1],
    [10, 1, 0.3],
    [20, 12, 0.9],
    [20, 40, 0.5],
  ])(
    'for a number of draws that is fixed, %i from %i classes with mass %d, the means are hardly larger',
    (n, classes, q) => {
      const mean = (scale: number): number =>
        points.reduce((sum, y) => sum + meanOfDraws(n, classes, q, scale * y) / points.length, 0);
      expect(mean(1)).toBeLessThan(1 + 1e-12);
      expect(mean(-1 / 2)).toBeLessThan(1.07);
    },
  );
});
