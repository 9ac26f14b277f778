import { isWithoutWidth, type Estimate } from './estimate.js';

/**
 * What an interval says about a published statement; `not-applicable`: it was measured at other settings than the
 * statement is about.
 */
export type Verdict = 'holds' | 'fails' | 'undecided' | 'not-applicable';

/** The values for which a statement is true, ends included; either end may be infinite. */
export interface Region {
  readonly low: number;
  readonly high: number;
}

/** A published statement with its verdict and the estimate behind it. */
export interface JudgedClaim extends Estimate {
  readonly id: string;
  readonly statement: string;
  readonly source: string;
  readonly verdict: Verdict;
  /**
   * why there is no verdict: always with `not-applicable`; with `undecided` where the interval alone does not show it
   */
  readonly reason?: string;
}

/**
 * `holds` when the whole interval lies in the region, `fails` when none of it does, else `undecided`. It is also
 * `undecided` with an unknown (NaN) end, with a value that is not finite, and with an interval of no width unless the
 * value is exact, since equal values do not show how much others may differ.
 */
export function verdictWithin(estimate: Estimate, region: Region): Verdict {
  const { value, low, high } = estimate;
  if (!Number.isFinite(value) || Number.isNaN(low) || Number.isNaN(high)) return 'undecided';
  if (isWithoutWidth(estimate)) return 'undecided';
  if (low >= region.low && high <= region.high) return 'holds';
  return high < region.low || low > region.high ? 'fails' : 'undecided';
}

/** The claim that the true value lies in the region, judged by the interval of its estimate. */
export function makeClaim(
  { id, statement, source }: Pick<JudgedClaim, 'id' | 'statement' | 'source'>,
  estimate: Estimate,
  region: Region,
): JudgedClaim {
  return { id, statement, source, verdict: verdictWithin(estimate, region), ...estimate };
}
