import { CONFIDENCE, normalQuantileOf, positiveError, UNKNOWN, type Estimate } from './estimate.js';

/** Two-sided standard normal quantile of the printed confidence, 1.96 at 95 %. */
export const NORMAL_QUANTILE = normalQuantileOf(CONFIDENCE);

/**
 * Success rate k/n with Wilson's interval (p̂ + z²/2n ± z√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n). Without trials the
 * value is NaN and the interval is all of [0, 1].
 * @throws RangeError unless 0 ≤ successes ≤ trials
 * Source: Wilson, J. Amer. Statist. Assoc. 22 (1927) 209.
 */
export function wilson(successes: number, trials: number): Estimate {
  if (!(successes >= 0 && successes <= trials && Number.isFinite(trials))) {
    throw new RangeError(`successes must be from 0 to trials, got ${String(successes)} of ${String(trials)}`);
  }
  if (trials === 0) return { ...UNKNOWN, low: 0, high: 1 };
  const share = successes / trials;
  const z2 = NORMAL_QUANTILE ** 2 / trials;
  const centre = (share + z2 / 2) / (1 + z2);
  const half = Math.sqrt(z2 * (share * (1 - share) + z2 / 4)) / (1 + z2);
  // The ends are exact in the formula but not in floating point.
  const low = successes === 0 ? 0 : centre - half;
  const high = successes === trials ? 1 : centre + half;
  return { value: share, low, high, ...rateSpread(successes, trials) };
}

/**
 * Monte Carlo error √(p̂(1 − p̂)/n) of a rate, and standard deviation of its zeros and ones. At 0 and n successes, where that error would be 0,
 * it is Agresti and Coull's √(p̃(1 − p̃)/(n + z²)), p̃ = (k + z²/2)/(n + z²): a rate that has not been seen to fail may.
 * Source: Agresti and Coull, Amer. Statist. 52 (1998) 119.
 */
export function rateSpread(successes: number, trials: number): Pick<Estimate, 'mcse' | 'sd'> {
  const share = successes / trials;
  if (trials === 0) return { mcse: Number.NaN, sd: Number.NaN };
  const sd = Math.sqrt((share * (1 - share) * trials) / (trials - 1));
  if (share > 0 && share < 1) return { mcse: Math.sqrt((share * (1 - share)) / trials), sd };
  const weight = trials + NORMAL_QUANTILE ** 2;
  const centre = (successes + NORMAL_QUANTILE ** 2 / 2) / weight;
  return { mcse: positiveError(Math.sqrt((centre * (1 - centre)) / weight)), sd };
}

/**
 * Share of ones among the values, each 0 or 1, with Wilson's interval; NaN marks a trial without the measure and is
 * left out.
 * @throws RangeError for any other value
 */
export function rate(values: Float64Array): Estimate {
  let successes = 0;
  let trials = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value !== 0 && value !== 1) throw new RangeError(`a rate's values must be 0 or 1, got ${String(value)}`);
    successes += value;
    trials += 1;
  }
  return wilson(successes, trials);
}
