import { UNKNOWN, type Estimate } from './estimate.js';
import { known, leftOut } from './spread.js';

/**
 * An estimator of a number that has no sampling error and that every trial computes anew, to an absolute accuracy: the
 * mean, with an interval around all values. Trials that contradict each other widen it. NaN values are left out, and
 * counted.
 */
export function agreed(accuracy: number): (values: Float64Array) => Estimate {
  return (values) => {
    const own = known(values);
    if (own.length === 0) return { ...UNKNOWN, ...leftOut(values) };
    const value = own.reduce((sum, one) => sum + one / own.length, 0);
    const [low, high] = [Math.min(...own) - accuracy, Math.max(...own) + accuracy];
    return { value, low, high, mcse: 0, sd: 0, ...leftOut(values) };
  };
}
