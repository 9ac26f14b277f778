/** A number with its interval. Unknown parts are NaN; an exact value has low = value = high. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The confidence level of every interval that basin prints. */
export const CONFIDENCE = 0.95;

/** A value known without sampling error. */
export function exact(value: number): Estimate {
  return { value, low: value, high: value };
}
