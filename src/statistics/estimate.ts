import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** A value with the ends of its interval. Unknown parts are NaN. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A number with its interval and its Monte Carlo error. Unknown parts are NaN; an exact value has low = value = high.
 */
export interface Estimate extends Interval {
  /** Monte Carlo standard error of the value; 0 where it has no sampling error, and nowhere else */
  readonly mcse: number;
  /**
   * sample standard deviation (divisor n − 1) of the values that the estimate summarises; NaN where it summarises no
   * values
   */
  readonly sd: number;
  /** number of trials without the measure, which are left out; absent: none */
  readonly leftOut?: number;
}

/** An estimate with an optional note: why it is unknown, or what it is based on. */
export interface Noted extends Estimate {
  readonly note?: string;
}

/** The confidence level of every interval that basin prints, but for the looks of a sequence. */
export const CONFIDENCE = 0.95;

let level = CONFIDENCE;

/** The confidence level of the intervals that are computed now: 95 %, or what `atLevel` says around it. */
export function currentLevel(): number {
  return level;
}

/**
 * Computes with intervals of another confidence level, as the looks of a sequence need them. Estimators ask
 * `currentLevel`, so an estimate must be made inside and must not be kept for another level. Monte Carlo errors and
 * confidence sequences do not depend on it.
 */
export function atLevel<T>(confidence: number, make: () => T): T {
  const before = level;
  level = confidence;
  try {
    return make();
  } finally {
    level = before;
  }
}

/** Two-sided standard normal quantile of a confidence, 1.96 at 95 %. */
export function normalQuantileOf(confidence = level): number {
  return normalQuantile((1 + confidence) / 2, 0, 1);
}

/**
 * The standard error that an interval of a normal law would have: its width over 2 · 1.96; NaN unless that is a
 * positive number.
 */
export function errorOfInterval({ low, high }: Interval, confidence = level): number {
  return positiveError((high - low) / (2 * normalQuantileOf(confidence)));
}

/** A standard error, or NaN for 0 and infinity, which no sample can establish. */
export function positiveError(error: number): number {
  return error > 0 && Number.isFinite(error) ? error : Number.NaN;
}

/** Nothing is known. */
export const UNKNOWN: Estimate = {
  value: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  mcse: Number.NaN,
  sd: Number.NaN,
};

/** A value known without sampling error; NaN is no value. */
export function exact(value: number): Estimate {
  return within(value, 0);
}

/** A value computed, not sampled, to a known absolute accuracy. */
export function within(value: number, accuracy: number): Estimate {
  if (Number.isNaN(value)) return UNKNOWN;
  return { value, low: value - accuracy, high: value + accuracy, mcse: 0, sd: 0 };
}

/** Whether a value has no sampling error. */
export function isExact({ mcse }: Pick<Estimate, 'mcse'>): boolean {
  return mcse === 0;
}

/** True when the ends of a sampled interval are equal: ties, which further trials need not share. */
export function isWithoutWidth(estimate: Pick<Estimate, 'low' | 'high' | 'mcse'>): boolean {
  return estimate.low === estimate.high && !isExact(estimate);
}

/** A multiple, factor > 0, of an estimate. */
export function scaled({ value, low, high, mcse, sd }: Estimate, factor: number): Estimate {
  return { value: factor * value, low: factor * low, high: factor * high, mcse: factor * mcse, sd: factor * sd };
}

/** e to the power of an estimate, δ(e^v) = e^v δ(v). */
export function exponential({ value, low, high, mcse }: Estimate): Estimate {
  return {
    value: Math.exp(value),
    low: Math.exp(low),
    high: Math.exp(high),
    mcse: Math.exp(value) * mcse,
    sd: Number.NaN,
  };
}
