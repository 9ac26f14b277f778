/** The content of a night's report, before it is written as a page, as JUnit or as text. */
import { formatCount } from '../base/amounts.js';
import type { ClaimRecord, NightRecord } from './record.js';
import type { Regression } from './regressions.js';
import type { Standing, StandingClaim } from './standing.js';

export interface NightReport {
  readonly night: NightRecord;
  /** of all experiments of the round, in their order */
  readonly claims: readonly StandingClaim[];
  /** records of earlier rounds of this scale, oldest first */
  readonly earlier: readonly NightRecord[];
  /** the same of another folder, older than `earlier` */
  readonly past: readonly NightRecord[];
  readonly regressions: readonly Regression[];
  /** the rounds whose studies are kept */
  readonly kept: readonly number[];
  /** notes for the reader beside the claims */
  readonly notes: readonly string[];
}

/** `red`: a claim fails unexpectedly, or an experiment could not go on; `amber`: the round goes on next night. */
export type Colour = 'green' | 'amber' | 'red';

export function colourOf({ night, claims }: Pick<NightReport, 'night' | 'claims'>): Colour {
  if (failures(night).length > 0 || claims.some(({ standing }) => standing === 'fails')) return 'red';
  return night.over ? 'green' : 'amber';
}

export function failures({ experiments }: NightRecord): string[] {
  return experiments.flatMap(({ id, failure }) => (failure === null ? [] : [`${id} could not go on: ${failure}`]));
}

const TALLY: readonly (readonly [Standing, string])[] = [
  ['fails', 'fails unexpectedly'],
  ['holds', 'holds'],
  ['undecided', 'undecided'],
  ['not-applicable', 'not applicable'],
  ['expected', 'fails as expected'],
  ['surprise', 'holds, was expected to fail'],
];

/** `amber: round 3, 20 of 28 experiments complete, stopped by the budget; 60 × holds, 9 × fails as expected`. */
export function headline(report: Pick<NightReport, 'night' | 'claims'>): string {
  const { round } = report.night;
  const verdicts = [...stuck(report.night), ...tally(report.claims)].join(', ');
  return `${colourOf(report)}: round ${round}, ${progress(report.night)}${verdicts === '' ? '' : `; ${verdicts}`}`;
}

function progress({ experiments, ending, over }: NightRecord): string {
  const complete = experiments.filter(({ done, planned }) => done === planned).length;
  const share =
    complete === experiments.length
      ? 'complete'
      : `${complete} of ${formatCount(experiments.length, 'experiment')} complete`;
  return over || ending === 'done' ? share : `${share}, stopped by ${ending === 'budget' ? 'the budget' : 'a signal'}`;
}

function stuck(night: NightRecord): string[] {
  const { length } = failures(night);
  return length === 0 ? [] : [`${formatCount(length, 'experiment')} could not go on`];
}

function tally(claims: readonly StandingClaim[]): string[] {
  return TALLY.flatMap(([standing, words]) => {
    const { length } = claims.filter((claim) => claim.standing === standing);
    return length === 0 ? [] : [`${length} × ${words}`];
  });
}

/** The result of a claim in an earlier round. */
export function recordOf(night: NightRecord, { experiment, claim }: StandingClaim): ClaimRecord | undefined {
  return night.claims.find((record) => record.experiment === experiment && record.id === claim.id);
}

export function previousOf({ past, earlier }: NightReport, claim: StandingClaim): ClaimRecord | undefined {
  return [...past, ...earlier].map((night) => recordOf(night, claim)).findLast((record) => record !== undefined);
}

/** `holds → fails`; `intervals apart` for a value that moved by more than chance; empty without a change. */
export function changeOf({ claim, standing }: StandingClaim, previous: ClaimRecord | undefined): string {
  if (previous === undefined || standing === 'unfinished') return '';
  if (previous.verdict !== claim.verdict) return `${previous.verdict} → ${claim.verdict}`;
  return claim.low > previous.high || claim.high < previous.low ? 'intervals apart' : '';
}
