/** A night as JUnit XML: a suite for each experiment, a test case for each claim. */
import type { ExperimentRecord } from './record.js';
import { regressionLine, type Regression } from './regressions.js';
import { verdictLine, standingText, type StandingClaim } from './standing.js';
import type { NightReport } from './report.js';
import { element, escapeXml } from './xml.js';

export const JUNIT_FILE = 'junit.xml';

interface Case {
  readonly xml: string;
  readonly outcome: 'passed' | 'failures' | 'errors' | 'skipped';
}

export function junitXml({
  night,
  claims,
  regressions,
}: Pick<NightReport, 'night' | 'claims' | 'regressions'>): string {
  const suites = night.experiments.map((experiment) => {
    const worse = regressions.filter((regression) => regression.experiment === experiment.id);
    const cases = casesOf(
      experiment,
      claims.filter((claim) => claim.experiment === experiment.id),
      worse,
    );
    const slower = worse.filter(({ kind }) => kind === 'speed').map((one) => `${saying(regressionLine(one))}\n`);
    const counts = countsOf(cases);
    const attributes = {
      name: experiment.id,
      ...counts,
      time: experiment.seconds.toFixed(3),
      timestamp: night.date.slice(0, 19),
    };
    return { cases, xml: element('testsuite', attributes, ['\n', ...cases.map(({ xml }) => `${xml}\n`), ...slower]) };
  });
  const counts = countsOf(suites.flatMap(({ cases }) => cases));
  const root = element(
    'testsuites',
    { name: `basin nightly, round ${night.round}`, ...counts, time: night.seconds.toFixed(3) },
    ['\n', ...suites.map(({ xml }) => `${xml}\n`)],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function countsOf(cases: readonly Case[]): Record<'tests' | 'failures' | 'errors' | 'skipped', number> {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return { tests: cases.length, failures: count('failures'), errors: count('errors'), skipped: count('skipped') };
}

/** An experiment that could not go on has a case of its own beside its claims. */
function casesOf(
  experiment: ExperimentRecord,
  claims: readonly StandingClaim[],
  regressions: readonly Regression[],
): Case[] {
  const { id, failure } = experiment;
  const stuck = failure === null ? [] : [testCase(id, 'goes on', 'errors', [element('error', { message: failure })])];
  const worse = ({ claim: { id: claim } }: StandingClaim): Regression | undefined =>
    regressions.find((regression) => regression.claim === claim);
  return [...stuck, ...claims.map((claim) => claimCase(claim, experiment, worse(claim)))];
}

function claimCase(
  claim: StandingClaim,
  { done, planned }: ExperimentRecord,
  regression: Regression | undefined,
): Case {
  const {
    experiment,
    claim: { id },
    standing,
  } = claim;
  const message = standing === 'unfinished' ? `unfinished: ${done} of ${planned} trials` : standingText(claim);
  if (standing === 'unfinished') return testCase(experiment, id, 'skipped', [element('skipped', { message })]);
  const line = [verdictLine(claim), ...(regression === undefined ? [] : [regressionLine(regression)])].join('; ');
  const said = saying(line);
  if (standing === 'fails')
    return testCase(experiment, id, 'failures', [element('failure', { message: line, type: 'claim' }), said]);
  if (standing === 'expected' || standing === 'not-applicable')
    return testCase(experiment, id, 'skipped', [element('skipped', { message }), said]);
  return testCase(experiment, id, 'passed', [said]);
}

function saying(text: string): string {
  return element('system-out', {}, [escapeXml(text)]);
}

function testCase(classname: string, name: string, outcome: Case['outcome'], content: readonly string[]): Case {
  return { outcome, xml: element('testcase', { classname, name }, content) };
}
