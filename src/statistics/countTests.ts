/** Exact two-sided tests on counts. */
import betainc from '@stdlib/math-base-special-betainc';

/** Probabilities this close, relatively, count as equal. */
const TIE = 1e-7;

/**
 * The exact sign test: P(|X − N/2| ≥ |less − N/2|) for X ~ Bin(N, ½), N = less + greater; 1 for N = 0. For the numbers
 * of pairs of trials in which only the first or only the second succeeds it is McNemar's exact test.
 */
export function signTest(less: number, greater: number): number {
  const count = less + greater;
  const smaller = Math.min(less, greater);
  if (2 * smaller === count) return 1;
  // P(X ≤ k) = I_{1/2}(N − k, k + 1)
  return Math.min(1, 2 * betainc(0.5, count - smaller, smaller + 1));
}

/**
 * Fisher's exact test of equal success probabilities: the sum of the probabilities, given all margins, of the tables
 * that are no more probable than the one seen.
 */
export function fisherTest(successesA: number, trialsA: number, successesB: number, trialsB: number): number {
  const successes = successesA + successesB;
  const least = Math.max(0, successes - trialsB);
  const most = Math.min(successes, trialsA);
  // Logarithms of the probabilities up to a constant, from the ratios of neighbours.
  const logs = [0];
  for (let k = least; k < most; k++) {
    const ratio = ((successes - k) / (k + 1)) * ((trialsA - k) / (trialsB - successes + k + 1));
    logs.push(logs[k - least] + Math.log(ratio));
  }
  const top = logs.reduce((a, b) => Math.max(a, b));
  const seen = logs[successesA - least] + TIE;
  let [all, extreme] = [0, 0];
  for (const log of logs) {
    all += Math.exp(log - top);
    if (log <= seen) extreme += Math.exp(log - top);
  }
  return Math.min(1, extreme / all);
}
