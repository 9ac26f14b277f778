/** The standing of one claim in a night, and of all claims together. */
import type { Claim, Verdict } from '../experiments/spec.js';
import { formatEstimate } from '../report/format.js';
import { expectationOf, type Expectation } from './expectations.js';

/**
 * `expected`: fails, as is known; `surprise`: holds, and was expected to fail; `fails`: unexpectedly; `unfinished`:
 * trials of its experiment are missing.
 */
export type Standing = Verdict | 'expected' | 'surprise' | 'unfinished';

export interface StandingClaim {
  readonly experiment: string;
  readonly claim: Claim;
  readonly standing: Standing;
  readonly expectation?: Expectation;
}

export function standingOf(experiment: string, claim: Claim, complete: boolean): StandingClaim {
  const expectation = expectationOf(experiment, claim.id);
  const standing = complete ? judge(claim, expectation !== undefined) : 'unfinished';
  return { experiment, claim, standing, ...(expectation === undefined ? {} : { expectation }) };
}

function judge({ verdict }: Claim, known: boolean): Standing {
  if (!known) return verdict;
  if (verdict === 'fails') return 'expected';
  return verdict === 'holds' ? 'surprise' : verdict;
}

/** `fu2018-fig3 n50-ratio 1.06 [0.92, 1.23], n50/d is the same …: holds`. */
export function verdictLine(standing: StandingClaim): string {
  const { experiment, claim } = standing;
  return `${experiment} ${claim.id} ${formatEstimate(claim)}, ${claim.statement}: ${standingText(standing)}`;
}

export function standingText({ claim: { reason }, standing, expectation }: Omit<StandingClaim, 'experiment'>): string {
  if (standing === 'expected') return `fails, as expected: ${expectation?.reason ?? ''} (${expectation?.page ?? ''})`;
  if (standing === 'surprise') return 'holds, was expected to fail';
  const word = standing === 'not-applicable' ? 'not applicable' : standing;
  return reason === undefined ? word : `${word}: ${reason}`;
}
