/** Two-sided tests on means. */
import betainc from '@stdlib/math-base-special-betainc';

/** So many differences have all their signs flipped; with more the law of t is as good, and flipping takes too long. */
export const MOST_FLIPPED = 16;
/** Sums this close, relatively, count as equal. */
const TIE = 1e-9;

/** Welch's test of equal means of independent samples; NaN where one has fewer than two values, or neither varies. */
export function welchTest(a: Float64Array, b: Float64Array): number {
  const [first, second] = [moments(a), moments(b)];
  const [s, t] = [first.variance / a.length, second.variance / b.length];
  const degrees = (s + t) ** 2 / (s ** 2 / (a.length - 1) + t ** 2 / (b.length - 1));
  return tTail((first.mean - second.mean) / Math.sqrt(s + t), degrees);
}

/**
 * Test of a mean of 0 of paired differences, under which each may as well have the other sign. Up to 16 of them: the share of all choices of signs
 * whose sum is as far from 0, exact whatever the law of the differences. More: Student's t. NaN without differences.
 */
export function pairedTest(differences: Float64Array): number {
  return differences.length <= MOST_FLIPPED ? flippedTest(differences) : studentTest(differences);
}

/** Share of the 2^N sums Σ ±d_i that are at least as far from 0 as Σ d_i. */
function flippedTest(differences: Float64Array): number {
  if (differences.length === 0) return Number.NaN;
  const total = differences.reduce((sum, d) => sum + d, 0);
  const scale = differences.reduce((sum, d) => sum + Math.abs(d), 0);
  const reached = Math.abs(total) - TIE * scale;
  const count = (at: number, sum: number): number => {
    if (at === differences.length) return Math.abs(sum) >= reached ? 1 : 0;
    return count(at + 1, sum + differences[at]) + count(at + 1, sum - differences[at]);
  };
  return count(0, 0) / 2 ** differences.length;
}

function studentTest(differences: Float64Array): number {
  const { mean, variance } = moments(differences);
  if (mean === 0) return 1;
  return tTail(mean / Math.sqrt(variance / differences.length), differences.length - 1);
}

function moments(values: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

/** P(|T| ≥ |t|) for Student's T with ν degrees of freedom: I_{ν/(ν+t²)}(ν/2, ½). */
function tTail(t: number, degrees: number): number {
  return betainc(degrees / (degrees + t * t), degrees / 2, 0.5);
}
