import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeClaim, verdictWithin } from '../../src/statistics/verdict.js';
import type { Estimate } from '../../src/statistics/estimate.js';
import { exact } from '../../src/statistics/estimate.js';
import { mean, meanShare, median, positiveMean } from '../../src/statistics/means.js';
import { interval } from './estimates.js';

const between = (low: number, high: number): Estimate => ({ ...interval((low + high) / 2, low, high), sd: 1 });

describe('verdictWithin', () => {
  it.each([
    [0.2, 0.8, 'holds'],
    [0, 1, 'holds'],
    [1.1, 2, 'fails'],
    [-2, -0.1, 'fails'],
    [0.5, 1.5, 'undecided'],
    [-1, 2, 'undecided'],
    [1, 2, 'undecided'],
    [Number.NaN, 0.5, 'undecided'],
    [0.5, Number.NaN, 'undecided'],
    [-Infinity, Infinity, 'undecided'],
  ] as const)('[%f, %f] against [0, 1] %s', (low, high, verdict) => {
    expect(verdictWithin(between(low, high), { low: 0, high: 1 })).toBe(verdict);
  });

  it('decides nothing about a value that is not finite', () => {
    expect(verdictWithin(interval(Infinity, Infinity, Infinity), { low: 0, high: Infinity })).toBe('undecided');
  });

  it('takes half-lines', () => {
    expect(verdictWithin(between(3, 4), { low: 2, high: Infinity })).toBe('holds');
    expect(verdictWithin(interval(5, 3, Infinity), { low: 2, high: Infinity })).toBe('holds');
    expect(verdictWithin(between(0, 1), { low: 2, high: Infinity })).toBe('fails');
  });

  it('a wider interval never turns one verdict into the opposite', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const width = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(number, width, width, (low, size, more) => {
        fc.pre(low + size > low);
        const narrow = verdictWithin(between(low, low + size), { low: 0, high: 1 });
        const wide = verdictWithin(between(low - more, low + size + more), { low: 0, high: 1 });
        expect(wide === narrow || wide === 'undecided').toBe(true);
      }),
    );
  });
});

it('a claim is judged by its estimate, and keeps it', () => {
  const words = { id: 'a', statement: 'b', source: 'c' };
  const estimate = { ...between(0.2, 0.8), leftOut: 3 };
  expect(makeClaim(words, estimate, { low: 0, high: 1 })).toEqual({ ...words, ...estimate, verdict: 'holds' });
  expect(makeClaim(words, estimate, { low: 2, high: 3 }).verdict).toBe('fails');
});

it('an interval without width is believed of an exact value, not of a sample of equal values', () => {
  const region = { low: 0.99, high: Infinity };
  expect(verdictWithin(interval(1, 1, 1), region)).toBe('undecided');
  expect(verdictWithin(interval(0, 0, 0), region)).toBe('undecided');
  expect(verdictWithin(exact(1), region)).toBe('holds');
  expect(verdictWithin(exact(0), region)).toBe('fails');
  expect(median(new Float64Array(6).fill(1))).toMatchObject({ value: 1, low: 1, high: 1 });
  for (const estimate of [mean, positiveMean, median, meanShare]) {
    for (const count of [1, 2, 4, 6, 20])
      expect(verdictWithin(estimate(new Float64Array(count).fill(1)), region)).toBe('undecided');
  }
});
