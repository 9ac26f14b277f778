/** The table of a night's claims, those with a verdict first: verdict, value, and the verdicts of earlier rounds. */
import type { Verdict } from '../experiments/spec.js';
import { REPORT_FILE } from '../report/files.js';
import { formatCount, formatSeconds } from '../base/amounts.js';
import { formatEstimate } from '../report/format.js';
import { escapeHtml, toHtml } from '../report/markup.js';
import { VERDICT_WORDS } from '../report/tables.js';
import type { ClaimRecord, ExperimentRecord, NightRecord } from './record.js';
import { changeOf, previousOf, recordOf, type NightReport } from './report.js';
import { roundFolder } from './rounds.js';
import { standingOf, type Standing, type StandingClaim } from './standing.js';

const COLUMNS = ['tonight', 'claim', 'value [95 % interval]', 'round before', 'change', 'earlier rounds'] as const;
/** Rounds in the strip of a claim. */
const STRIP = 30;

const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  ...VERDICT_WORDS,
  expected: '✗ as expected',
  surprise: '✓ holds after all',
  unfinished: '· unfinished',
};
const SIGNS: Readonly<Record<Verdict, string>> = { holds: '✓', fails: '✗', undecided: '?', 'not-applicable': '–' };

export function claimTable(report: NightReport): string {
  const head = COLUMNS.map((title) => `<th scope="col">${title}</th>`).join('');
  const unfinished = ({ done, planned }: ExperimentRecord): number => (done < planned ? 1 : 0);
  const groups = report.night.experiments
    .toSorted((a, b) => unfinished(a) - unfinished(b))
    .map((experiment) => experimentRows(report, experiment));
  return `<div class="scroll"><table class="claims cards-large">\n<thead><tr>${head}</tr></thead>\n${groups.join('\n')}\n</table></div>`;
}

function experimentRows(report: NightReport, { id, done, planned, seconds, failure }: ExperimentRecord): string {
  const link = `${roundFolder(report.night.round)}/${REPORT_FILE}#${encodeURIComponent(id)}`;
  const trials = done === planned ? formatCount(planned, 'trial') : `${done} of ${formatCount(planned, 'trial')}`;
  const facts = [
    trials,
    `${formatSeconds(seconds)} of core time`,
    ...(failure === null ? [] : ['could not go on']),
  ].join(', ');
  const title = `<tr><th scope="rowgroup" colspan="${COLUMNS.length}"><a href="${link}">${escapeHtml(id)}</a> <span class="quiet">${facts}</span></th></tr>`;
  const claims = report.claims.filter(({ experiment }) => experiment === id).map((claim) => claimRow(report, claim));
  return `<tbody>\n${[title, ...claims].join('\n')}\n</tbody>`;
}

function claimRow(report: NightReport, claim: StandingClaim): string {
  const {
    claim: { id, statement, reason },
    standing,
    expectation,
  } = claim;
  const previous = previousOf(report, claim);
  const remarks = [
    ...(reason === undefined || standing === 'unfinished' ? [] : [toHtml(reason)]),
    ...(expectation === undefined
      ? []
      : [`expected to fail: ${toHtml(expectation.reason)} (${escapeHtml(expectation.page)})`]),
  ]
    .map((remark) => `<br><span class="quiet">${remark}</span>`)
    .join('');
  const strip = report.earlier.slice(-STRIP).map((night) => stripSign(report, night, claim));
  const cells = [
    { look: `verdict ${standing}`, html: STANDING_WORDS[standing] },
    { html: `<code class="quiet">${escapeHtml(id)}</code><br>${toHtml(statement)}${remarks}` },
    { look: 'right', html: numberHtml(standing === 'unfinished' ? undefined : claim.claim) },
    { look: 'right', html: numberHtml(previous) },
    { html: escapeHtml(changeOf(claim, previous)) },
    { look: 'strip', html: strip.join('') },
  ];
  return `<tr>${cells.map(({ look = '', html }, i) => `<td class="${look}" data-title="${COLUMNS[i]}">${html}</td>`).join('')}</tr>`;
}

function numberHtml(estimate: Omit<ClaimRecord, 'experiment' | 'id' | 'verdict' | 'reason'> | undefined): string {
  return estimate === undefined ? '' : escapeHtml(formatEstimate(estimate));
}

function stripSign({ kept }: NightReport, night: NightRecord, claim: StandingClaim): string {
  const record = recordOf(night, claim);
  const what = record === undefined ? 'not known' : `${formatEstimate(record)}, ${record.verdict}`;
  const look =
    record === undefined
      ? 'unfinished'
      : standingOf(claim.experiment, { ...claim.claim, verdict: record.verdict }, true).standing;
  const sign = `<span class="${look}" title="round ${night.round}: ${escapeHtml(what)}">${record === undefined ? '·' : SIGNS[record.verdict]}</span>`;
  return kept.includes(night.round)
    ? `<a href="${roundFolder(night.round)}/${REPORT_FILE}#${encodeURIComponent(claim.experiment)}">${sign}</a>`
    : sign;
}
