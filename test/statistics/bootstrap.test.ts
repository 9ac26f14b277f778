import { describe, expect, it } from 'vitest';
import {
  boundedQuantiles,
  REPLICATES,
  percentileInterval,
  resampledQuantiles,
} from '../../src/statistics/bootstrap.js';
import { SeededDraws } from '../../src/statistics/draws.js';
import { quantileOfSorted } from '../../src/statistics/quantiles.js';
import { leastSquaresSlope } from '../../src/statistics/regression.js';
import { chance, coverage, Draws } from './draws.js';

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

describe('seeded draws', () => {
  const N = 100_000;
  it('are a function of the seed', () => {
    const sequence = (seed: string): number[] => {
      const draws = new SeededDraws(seed);
      return Array.from({ length: 5 }, () => draws.uniform());
    };
    expect(sequence('n=64')).toEqual(sequence('n=64'));
    expect(sequence('n=64')).not.toEqual(sequence('n=65'));
  });

  it('uniforms: moments, and no correlation with the next, within five standard errors', () => {
    const draws = new SeededDraws('uniform');
    const values = Array.from({ length: N }, () => draws.uniform() - 0.5);
    const { mean, variance } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(12 * N));
    expect(Math.abs(variance * 12 - 1)).toBeLessThan(5 * Math.sqrt(0.8 / N));
    const lagged = values.slice(1).reduce((sum, value, i) => sum + value * values[i], 0) / N;
    expect(Math.abs(lagged * 12)).toBeLessThan(5 / Math.sqrt(N));
  });

  it.each([1, 2.5, 40, 5000])('gamma of shape %d: mean, variance, and the distribution of a shape 1', (shape) => {
    const draws = new SeededDraws('gamma');
    const values = Array.from({ length: N }, () => draws.gamma(shape));
    const { mean, variance } = moments(values);
    expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / N));
    expect(Math.abs(variance / shape - 1)).toBeLessThan(5 * Math.sqrt((2 + 6 / shape) / N));
    if (shape === 1)
      expect(Math.abs(values.filter((x) => x > 2).length / N - Math.exp(-2))).toBeLessThan(
        5 * Math.sqrt(Math.exp(-2) / N),
      );
  });
});

/** What `resampledQuantiles` does in one step, the plain way. */
function plainReplicates(values: readonly number[], quantiles: readonly number[], count: number): number[][] {
  const draws = new Draws(5);
  return Array.from({ length: count }, () => {
    const resample = Float64Array.from(values, () => values[Math.floor(values.length * draws.uniform())]).sort();
    return quantiles.map((q) => quantileOfSorted(resample, q));
  });
}

describe('resampled quantiles', () => {
  const values = Array.from({ length: 23 }, (_, i) => ((i * 7) % 23) + (i / 23) ** 2);
  const quantiles = [0.05, 0.3, 0.5, 0.95];
  const count = 40_000;
  const rows = resampledQuantiles(Float64Array.from(values), quantiles, 'seed', count);
  const column = (q: number): number[] => Array.from({ length: count }, (_, b) => rows[b * quantiles.length + q]);
  const plain = plainReplicates(values, quantiles, count);

  it.each(quantiles.map((q, at) => [q, at]))('of q = %d are distributed as those of plain resampling', (_, at) => {
    const [mine, theirs] = [column(at), plain.map((row) => row[at])];
    for (const threshold of quantileThresholds(theirs)) {
      const [a, b] = [mine, theirs].map((all) => all.filter((value) => value <= threshold).length / count);
      expect(Math.abs(a - b)).toBeLessThan(5 * Math.sqrt((2 * b * (1 - b) + 1e-9) / count));
    }
  });

  it('of one resample belong together: the same correlation as in plain resampling', () => {
    const correlation = (pairs: readonly (readonly [number, number])[]): number => {
      const [x, y] = [0, 1].map((side) => moments(pairs.map((pair) => pair[side])));
      return (
        pairs.reduce((sum, [a, b]) => sum + (a - x.mean) * (b - y.mean), 0) /
        pairs.length /
        Math.sqrt(x.variance * y.variance)
      );
    };
    const other = column(2);
    const mine = correlation(column(1).map((value, b) => [value, other[b]] as const));
    const theirs = correlation(plain.map((row) => [row[1], row[2]] as const));
    expect(theirs).toBeGreaterThan(0.3);
    expect(Math.abs(mine - theirs)).toBeLessThan(0.03);
  });
  it('leave NaN out, keep ∞, and know nothing of no values', () => {
    const some = resampledQuantiles(Float64Array.of(1, Number.NaN, 2, Infinity), [0.5], 's', 200);
    expect(new Set(some)).toEqual(new Set([1, 2, Infinity]));
    expect(resampledQuantiles(Float64Array.of(Number.NaN), [0.5], 's')).toHaveLength(0);
    expect([...resampledQuantiles(Float64Array.of(4), [0.05, 0.5], 's', 2)]).toEqual([4, 4, 4, 4]);
  });

  it('are the same for the same seed, others for another', () => {
    const of = (seed: string): Float64Array => resampledQuantiles(Float64Array.from(values), quantiles, seed, 10);
    expect(of('a')).toEqual(of('a'));
    expect(of('a')).not.toEqual(of('b'));
  });
});

function quantileThresholds(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return [0.1, 0.3, 0.5, 0.7, 0.9].map((q) => sorted[Math.floor(q * sorted.length)]);
}

describe('a slope of quantiles', () => {
  const sizes = [1, 2, 4, 8];
  const logX = sizes.map(Math.log);

  it('is covered by its percentile interval 95 % of the time; one of half the width is seen not to', () => {
    const draws = new Draws(7);
    const runs = 1000;
    // |N(0, 1)|/√n: the median falls as n^(−1/2).
    const interval = (shrink: number) => (): { low: number; high: number } => {
      const cells = sizes.map((n) => Float64Array.from({ length: 150 }, () => Math.abs(draws.normal()) / Math.sqrt(n)));
      const replicates = cells.map((values, cell) =>
        resampledQuantiles(values, [0.5], `${draws.uniform()} ${cell}`, 300),
      );
      const value = leastSquaresSlope(
        logX,
        cells.map((values) => Math.log(quantileOfSorted(values.slice().sort(), 0.5))),
      );
      const { low, high } = percentileInterval(
        value,
        Float64Array.from({ length: 300 }, (_, b) =>
          leastSquaresSlope(
            logX,
            replicates.map((rows) => Math.log(rows[b])),
          ),
        ),
      );
      return { low: value + shrink * (low - value), high: value + shrink * (high - value) };
    };
    // Of 300 replicates the interval is about 1 % short of its level.
    expect(Math.abs(coverage(runs, -0.5, interval(1)) - 0.95)).toBeLessThan(chance(runs));
    expect(coverage(runs, -0.5, interval(0.5))).toBeLessThan(0.95 - chance(runs));
  });

  it('has the outer quantiles of its replicates for ends, and their deviation for error', () => {
    const replicates = Float64Array.from({ length: 1001 }, (_, i) => (i * 8) % 1001);
    const deviation = Math.sqrt((1001 * 1002) / 12);
    expect(percentileInterval(300, replicates)).toEqual({
      value: 300,
      low: expect.closeTo(25, 9) as number,
      high: expect.closeTo(975, 9) as number,
      mcse: expect.closeTo(deviation, 6) as number,
      sd: NaN,
    });
    expect(percentileInterval(300, replicates, 0.5)).toMatchObject({
      low: expect.closeTo(250, 9) as number,
      high: expect.closeTo(750, 9) as number,
    });
    expect(percentileInterval(1, Float64Array.of(2, 2))).toMatchObject({ low: 2, high: 2, mcse: NaN });
  });

  it('is unknown when a replicate is, or without replicates', () => {
    expect(percentileInterval(1, Float64Array.of(1, Number.NaN))).toMatchObject({
      value: 1,
      low: Number.NaN,
      high: Number.NaN,
    });
    expect(percentileInterval(1, new Float64Array(0))).toMatchObject({ value: 1, low: Number.NaN, high: Number.NaN });
  });

  it('least squares through a line', () => {
    expect(leastSquaresSlope([1, 2, 4], [3, 5, 9])).toBeCloseTo(2, 14);
    expect(leastSquaresSlope([1, 2, 3], [0, 1, 0])).toBeCloseTo(0, 14);
    expect(leastSquaresSlope([2, 2], [1, 5])).toBeNaN();
    expect(leastSquaresSlope([], [])).toBeNaN();
  });
});

describe('bounded quantiles', () => {
  const unknown = (n: number): boolean[] => {
    const replicates = boundedQuantiles(
      Float64Array.from({ length: n }, (_, i) => i),
      [0.05, 0.5],
      'cell',
    );
    return [replicates[0], replicates[1]].map(Number.isNaN);
  };

  it('are those of all resamples where they are known, NaN of values left out', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => (i * 11) % 30);
    const [bounded, all] = [
      boundedQuantiles(Float64Array.of(NaN, ...values), [0.95, 0.5], 'cell'),
      resampledQuantiles(values, [0.95, 0.5], 'cell'),
    ];
    expect(all).toHaveLength(2 * REPLICATES);
    expect([...bounded]).toEqual([...all].map((replicate, at) => (at % 2 === 1 ? replicate : NaN)));
    expect(boundedQuantiles(Float64Array.of(NaN, 1, 2, 3, 4, 5), [0.5], 'cell')[0]).toBeNaN();
  });

  it('are unknown where too few values lie beyond them: the median of 5, the 5th percentile of 71', () => {
    expect([unknown(1), unknown(5), unknown(6), unknown(71), unknown(72)]).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [true, false],
      [false, false],
    ]);
  });
});
