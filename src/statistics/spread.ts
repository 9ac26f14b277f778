/** How much values vary, and what of that is left in their mean. */
import { positiveError, type Estimate } from './estimate.js';

/** Monte Carlo error s/√n of a mean; NaN where values that do not vary show none. */
export function meanSpread(values: Float64Array): Pick<Estimate, 'mcse' | 'sd'> {
  const sd = standardDeviation(values);
  return { mcse: positiveError(sd / Math.sqrt(values.length)), sd };
}

/** √(Σ(x − x̄)²/(n − 1)); NaN for fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  const n = values.length;
  const centre = average(values);
  return n < 2 ? Number.NaN : Math.sqrt(average(values.map((value) => (value - centre) ** 2)) * (n / (n - 1)));
}

export function average(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
