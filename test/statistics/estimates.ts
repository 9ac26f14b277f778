/** Estimates for tests that look at intervals only. */
import type { Estimate } from '../../src/statistics/estimate.js';

/** An interval whose Monte Carlo error is not known. */
export function interval(value: number, low: number, high: number): Estimate {
  return { value, low, high, mcse: Number.NaN, sd: Number.NaN };
}
