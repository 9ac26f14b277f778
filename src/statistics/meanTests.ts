/**
 * Two-sided permutation tests of equal means. No law of the values is assumed.
 */
import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';

/**
 * Up to this many values are permuted in all ways. Of more values the largest, on which the sums depend most, are
 * permuted, and the sum of the others is taken as normal.
 */
export const MOST_DEALT = 16;
const LARGEST_DEALT = 10;
/** Sums this close, relatively, count as equal. */
const TIE = 1e-9;

/**
 * Test that paired differences have mean 0. Under the null hypothesis each may have either sign: p is the share of all
 * choices of signs whose sum is at least as far from 0. Exact for up to 16 differences that are not 0. NaN without
 * differences.
 */
export function pairedTest(differences: Float64Array): number {
  if (differences.length === 0) return Number.NaN;
  const known = inUnitsOfLargest(differences.filter((d) => d !== 0));
  const [dealt, others] = largestFirst(known);
  const spread = Math.sqrt(sum(others.map((d) => d * d)));
  const reached = Math.abs(sum(known)) - TIE * sum(known.map(Math.abs));
  const flip = (at: number, total: number): number =>
    at === dealt.length
      ? beyond(reached, total, spread)
      : (flip(at + 1, total + dealt[at]) + flip(at + 1, total - dealt[at])) / 2;
  return flip(0, 0);
}

/**
 * Test of equal means of independent samples: the larger p of Welch's test, which is valid for unequal variances, and
 * of the permutation test, which is valid for every law. NaN where a sample has fewer than two values, or neither
 * varies.
 */
export function unpairedTest(a: Float64Array, b: Float64Array): number {
  return Math.max(welchTest(a, b), exchangeTest(a, b));
}

/**
 * Test that two samples have the same law. Under the null hypothesis each value may be in either sample: p is the share
 * of all exchanges with means at least as far apart. Exact for up to 16 values.
 */
export function exchangeTest(a: Float64Array, b: Float64Array): number {
  const centre = (sum(a) + sum(b)) / (a.length + b.length);
  const values = inUnitsOfLargest(Float64Array.from([...a, ...b], (value) => value - centre));
  const reached = Math.abs(sum(values.subarray(0, a.length))) - TIE * sum(values.map(Math.abs));
  const [dealt, others] = largestFirst(values);
  const { mean, variance } = moments(others);
  // Each value goes to a with a probability equal to the share of free places there. At the end the remaining places
  // get the sum of other values, drawn without replacement.
  const deal = (at: number, total: number, placesA: number, placesB: number): number => {
    const places = placesA + placesB;
    if (at === dealt.length)
      return places === 0
        ? beyond(reached, total, 0)
        : beyond(reached, total + placesA * mean, Math.sqrt(((placesA * placesB) / places) * variance));
    const toA = placesA === 0 ? 0 : (placesA / places) * deal(at + 1, total + dealt[at], placesA - 1, placesB);
    return toA + (placesB === 0 ? 0 : (placesB / places) * deal(at + 1, total, placesA, placesB - 1));
  };
  return deal(0, 0, a.length, b.length);
}

/** Welch's test; NaN where one has fewer than two values, or neither varies. */
export function welchTest(a: Float64Array, b: Float64Array): number {
  const [first, second] = [moments(a), moments(b)];
  const [s, t] = [first.variance / a.length, second.variance / b.length];
  const degrees = (s + t) ** 2 / (s ** 2 / (a.length - 1) + t ** 2 / (b.length - 1));
  return tTail((first.mean - second.mean) / Math.sqrt(s + t), degrees);
}

/** Scales the values so that no square underflows or overflows. */
function inUnitsOfLargest(values: Float64Array): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest === 0 ? values : values.map((value) => value / largest);
}

/** The values that are permuted, and the others. */
function largestFirst(values: Float64Array): readonly [Float64Array, Float64Array] {
  const sorted = values.toSorted((x, y) => Math.abs(y) - Math.abs(x));
  const dealt = sorted.length <= MOST_DEALT ? sorted.length : LARGEST_DEALT;
  return [sorted.subarray(0, dealt), sorted.subarray(dealt)];
}

/** P(|X| ≥ bound) for X ~ N(mean, spread²). */
function beyond(bound: number, mean: number, spread: number): number {
  if (spread === 0) return Math.abs(mean) >= bound ? 1 : 0;
  const scale = spread * Math.SQRT2;
  return Math.min(1, (erfc((bound - mean) / scale) + erfc((bound + mean) / scale)) / 2);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function moments(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = sum(values) / values.length;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  return { mean, variance: squares / (values.length - 1) };
}

/** P(|T| ≥ |t|) for Student's T with ν degrees of freedom: I_{ν/(ν+t²)}(ν/2, ½). */
function tTail(t: number, degrees: number): number {
  return betainc(degrees / (degrees + t * t), degrees / 2, 0.5);
}
