/** Nights made up for tests. */
import type { Claim } from '../../src/experiments/spec.js';
import type { ExperimentRecord, NightRecord } from '../../src/nightly/record.js';
import type { NightReport } from '../../src/nightly/report.js';
import { standingOf } from '../../src/nightly/standing.js';
import { interval } from '../statistics/estimates.js';

export function claim(id: string, verdict: Claim['verdict'], rest: Partial<Claim> = {}): Claim {
  return {
    id,
    verdict,
    statement: `the statement of ${id}`,
    source: 'paper, Figure 1',
    ...interval(1, 0.5, 1.5),
    ...rest,
  };
}

export function experiment(id: string, rest: Partial<ExperimentRecord> = {}): ExperimentRecord {
  return { id, planned: 10, done: 10, seconds: 2, operations: 1e9, failure: null, ...rest };
}

export function night(round: number, rest: Partial<NightRecord> = {}): NightRecord {
  return {
    date: '2026-03-01T01:30:00.000Z',
    round,
    scale: 'paper',
    seed: round,
    basin: '0.1.0',
    commit: 'abc',
    build: '0.1.0+f00',
    seconds: 60,
    ending: 'done',
    over: true,
    experiments: [experiment('fu2018-fig3')],
    claims: [],
    ...rest,
  };
}

/** Of claims by experiment; an experiment without all its trials is unfinished. */
export function reportOf(
  tonight: NightRecord,
  claims: Readonly<Record<string, readonly Claim[]>>,
  rest: Partial<NightReport> = {},
): NightReport {
  const complete = (id: string): boolean =>
    tonight.experiments.some((one) => one.id === id && one.done === one.planned);
  return {
    night: tonight,
    earlier: [],
    past: [],
    regressions: [],
    kept: [],
    notes: [],
    ...rest,
    claims: Object.entries(claims).flatMap(([id, all]) => all.map((one) => standingOf(id, one, complete(id)))),
  };
}
