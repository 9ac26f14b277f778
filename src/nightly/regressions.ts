/** Regressions of a night against earlier rounds: claims that no longer hold, and experiments that became slower. */
import { formatCount, formatNumber } from '../base/amounts.js';
import type { ClaimRecord, ExperimentRecord, NightRecord } from './record.js';
import type { StandingClaim } from './standing.js';

/** Commits that are in one program and not in an earlier one. */
export interface CommitsBetween {
  readonly count: number;
  /** short hash and subject, newest first; only the newest of many */
  readonly newest: readonly string[];
}

export interface Regression {
  readonly kind: 'claim' | 'speed';
  readonly experiment: string;
  /** null for speed */
  readonly claim: string | null;
  /** what became worse, without the commits */
  readonly message: string;
  /** the commit of the earlier result, and tonight's */
  readonly from: string;
  readonly to: string;
  /** null when the program's checkout does not have both commits */
  readonly between: CommitsBetween | null;
}

export interface Comparison {
  readonly night: NightRecord;
  readonly claims: readonly StandingClaim[];
  /** the nights of each earlier round of this scale, oldest first; no round is empty */
  readonly rounds: readonly (readonly NightRecord[])[];
  readonly commitsBetween: (from: string, to: string) => CommitsBetween | undefined;
}

/** Only from this many core-seconds on is a speed compared: below, compilation and caches dominate. */
const SECONDS_COMPARED = 10;
/** From this many core-seconds on, one earlier round suffices; otherwise two are needed. */
const SECONDS_ENOUGH_ALONE = 60;
/** Tonight has to be slower than the slowest earlier round by more than this factor. */
const BEYOND_SCATTER = 1.5;

export function regressionsOf(comparison: Comparison): Regression[] {
  return [
    ...comparison.claims.flatMap((claim) => claimRegression(comparison, claim)),
    ...comparison.night.experiments.flatMap((experiment) => speedRegression(comparison, experiment)),
  ];
}

/** `…: held on 2026-03-01, fails now; commit 1a2b3c… → 4d5e6f…, 2 commits between: 4d5e6f Second; 3c4d5e First`. */
export function regressionLine({ message, from, to, between }: Regression): string {
  if (from === to) return `${message}; both on commit ${short(from)}`;
  const commits = `${message}; commit ${short(from)} → ${short(to)}`;
  if (between === null) return commits;
  const { count, newest } = between;
  if (count === 0) return `${commits}, no commit between`;
  const more = count > newest.length ? `; and ${count - newest.length} more` : '';
  return `${commits}, ${formatCount(count, 'commit')} between: ${newest.join('; ')}${more}`;
}

/** A claim that is expected to fail has no regression. */
function claimRegression(comparison: Comparison, { experiment, claim, standing, expectation }: StandingClaim) {
  if (expectation !== undefined || (standing !== 'fails' && standing !== 'undecided')) return [];
  const judged = (night: NightRecord): ClaimRecord | undefined =>
    night.claims.find(
      (record) => record.experiment === experiment && record.id === claim.id && record.verdict !== 'not-applicable',
    );
  const round = comparison.rounds.findLast((nights) => nights.some(judged));
  const last = round?.findLast(judged);
  if (round === undefined || last === undefined || judged(last)?.verdict !== 'holds') return [];
  const now = standing === 'fails' ? 'fails now' : 'is undecided now';
  const message = `${experiment} ${claim.id}: held on ${last.date.slice(0, 10)}, ${now}`;
  return [regression(comparison, round.find(judged) ?? last, { kind: 'claim', experiment, claim: claim.id, message })];
}

function speedRegression(comparison: Comparison, experiment: ExperimentRecord): Regression[] {
  const { id } = experiment;
  if (!isMeasured(experiment)) return [];
  const measured = ({ experiments }: NightRecord): ExperimentRecord | undefined =>
    experiments.find((one) => one.id === id && isMeasured(one));
  const rounds = comparison.rounds.filter((nights) => nights.some(measured));
  const earlier = rounds.flatMap((nights) => nights.map(measured).findLast((one) => one !== undefined) ?? []);
  const first = rounds.at(-1)?.find(measured);
  if (first === undefined || (earlier.length < 2 && earlier.every(({ seconds }) => seconds < SECONDS_ENOUGH_ALONE)))
    return [];
  const [now, slowest] = [secondsPerGiga(experiment), Math.max(...earlier.map(secondsPerGiga))];
  if (now <= BEYOND_SCATTER * slowest) return [];
  const message =
    `${id}: ${formatNumber(now, 3)} core-seconds per 10⁹ operations, at most ${formatNumber(slowest, 3)} in ` +
    `${formatCount(earlier.length, 'earlier round')} (measured by the clock, with the load of the machine)`;
  return [regression(comparison, first, { kind: 'speed', experiment: id, claim: null, message })];
}

/** Only complete experiments are compared: cells differ in their time per operation. */
function isMeasured({ done, planned, seconds, operations }: ExperimentRecord): boolean {
  return done === planned && operations > 0 && seconds >= SECONDS_COMPARED;
}

function secondsPerGiga({ seconds, operations }: ExperimentRecord): number {
  return (1e9 * seconds) / operations;
}

/** `before`: the first night of the earlier round that had the result; later ones only read it again. */
function regression(
  { night, commitsBetween }: Comparison,
  before: NightRecord,
  what: Pick<Regression, 'kind' | 'experiment' | 'claim' | 'message'>,
): Regression {
  const [from, to] = [before.commit, night.commit];
  return { ...what, from, to, between: commitsBetween(from, to) ?? null };
}

function short(commit: string): string {
  return commit.replace(/^([0-9a-f]{12})[0-9a-f]*/, '$1');
}
