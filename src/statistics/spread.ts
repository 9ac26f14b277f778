/** The spread of values and the error of their mean. NaN marks a trial without the measure. */
import { positiveError, type Estimate } from './estimate.js';

/** The values that are not NaN. */
export function known(values: Float64Array): Float64Array<ArrayBuffer> {
  return values.filter((value) => !Number.isNaN(value));
}

/** The number of NaN values, which an estimate leaves out; empty where there are none. */
export function leftOut(values: Float64Array): Pick<Estimate, 'leftOut'> {
  const count = values.length - known(values).length;
  return count === 0 ? {} : { leftOut: count };
}

/** Monte Carlo error s/√n of a mean; NaN where the values do not vary. */
export function meanSpread(values: Float64Array): Pick<Estimate, 'mcse' | 'sd'> {
  const sd = standardDeviation(values);
  return { mcse: varies(values, sd) ? positiveError(sd / Math.sqrt(values.length)) : Number.NaN, sd };
}

/** Relative deviation of equal values by rounding. */
const ROUNDING = 1e-13;

/** Whether values vary by more than rounding. */
export function varies(values: Float64Array, sd = standardDeviation(values)): boolean {
  return sd > ROUNDING * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
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
