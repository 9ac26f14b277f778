/** Chooses the test for whether two samples of a measure differ. */
import { fisherTest, signTest } from '../../statistics/countTests.js';
import { pairedTest, unpairedTest } from '../../statistics/meanTests.js';
import type { ComparedMeasure } from './measures.js';

export type TestName = 'McNemar' | 'sign flips' | 'sign test' | 'Fisher' | 'Welch, exchange' | 'median test';

export interface TestResult {
  readonly test: TestName;
  readonly p: number;
}

/** Numbers whose relative difference is at most this count as equal: differences from rounding do not matter. */
const ROUNDING = 1e-9;

/**
 * The test for pairs (a_i, b_i); undefined when no pair differs. With two different values it is McNemar's test. For
 * means it is the sign-flip permutation test of the differences. Otherwise, or when a difference is infinite, it is the
 * sign test.
 */
export function testPairs(by: ComparedMeasure['by'], a: Float64Array, b: Float64Array): TestResult | undefined {
  const signs = b.map((value, i) => (equal(a[i], value) ? 0 : Math.sign(value - a[i])));
  const sign = (): number => signTest(signs.filter((s) => s < 0).length, signs.filter((s) => s > 0).length);
  if (signs.every((s) => s === 0)) return undefined;
  if (outcomesOf(a, b) !== undefined) return { test: 'McNemar', p: sign() };
  const differences = b.map((value, i) => (signs[i] === 0 ? 0 : value - a[i]));
  if (by === 'order' || !allFinite(differences)) return { test: 'sign test', p: sign() };
  return { test: 'sign flips', p: pairedTest(differences) };
}

/**
 * The test for independent samples; undefined when nothing varies or a sample is too small. With two different values
 * it is Fisher's exact test. For means it is Welch's test together with the permutation test. Otherwise, or when a
 * value is infinite, it is Fisher's exact test on the counts above the common median.
 */
export function testSamples(by: ComparedMeasure['by'], a: Float64Array, b: Float64Array): TestResult | undefined {
  const outcomes = outcomesOf(a, b);
  if (a.length === 0 || b.length === 0 || (outcomes !== undefined && outcomes.length < 2)) return undefined;
  if (outcomes !== undefined) return { test: 'Fisher', p: compareCounts(a, b, (value) => equal(value, outcomes[1])) };
  if (by === 'order' || !allFinite(a, b))
    return { test: 'median test', p: compareCounts(a, b, above(lowerMedian(a, b))) };
  const p = equal(average(a), average(b)) ? 1 : unpairedTest(a, b);
  return Number.isNaN(p) ? undefined : { test: 'Welch, exchange', p };
}

/** The different values of two samples; undefined when there are more than two. */
function outcomesOf(a: Float64Array, b: Float64Array): number[] | undefined {
  const outcomes: number[] = [];
  for (const values of [a, b]) {
    for (const value of values) {
      if (outcomes.some((known) => equal(known, value))) continue;
      if (outcomes.push(value) > 2) return undefined;
    }
  }
  return outcomes;
}

function compareCounts(a: Float64Array, b: Float64Array, counts: (value: number) => boolean): number {
  return fisherTest(a.filter(counts).length, a.length, b.filter(counts).length, b.length);
}

function above(bound: number): (value: number) => boolean {
  return (value) => value > bound && !equal(value, bound);
}

function lowerMedian(a: Float64Array, b: Float64Array): number {
  const sorted = new Float64Array(a.length + b.length);
  sorted.set(a);
  sorted.set(b, a.length);
  sorted.sort();
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function allFinite(...samples: readonly Float64Array[]): boolean {
  return samples.every((values) => values.every(Number.isFinite));
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function equal(a: number, b: number): boolean {
  if (a === b) return true;
  return Number.isFinite(a - b) && Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
}
