import { positiveError, type Estimate } from './estimate.js';

/**
 * a/b of two independent positive estimates, with the interval that follows from theirs on the log scale:
 * log low = log(a/b) − sqrt(δ_a² + δ_b²), δ being the half-widths towards the side that matters.
 * Its Monte Carlo error is |a/b| √((mcse_a/a)² + (mcse_b/b)²).
 */
export function ratioOf(a: Estimate, b: Estimate): Estimate {
  const value = a.value / b.value;
  const down = Math.hypot(Math.log(a.value / a.low), Math.log(b.high / b.value));
  const up = Math.hypot(Math.log(a.high / a.value), Math.log(b.value / b.low));
  const mcse = positiveError(Math.abs(value) * Math.hypot(a.mcse / a.value, b.mcse / b.value));
  return { value, low: value * Math.exp(-down), high: value * Math.exp(up), mcse, sd: Number.NaN };
}
