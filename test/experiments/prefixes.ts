import type { PrefixEstimate, TrialPrefixes } from '../../src/experiments/spec.js';

/** Prefixes that know estimates alone. */
export function estimating(estimate: PrefixEstimate): TrialPrefixes {
  return { estimate, summaries: () => undefined };
}
