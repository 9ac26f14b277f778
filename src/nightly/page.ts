/** nightly.html: tonight's verdict, every claim with its past, the rounds. */
import { REPORT_FILE } from '../report/files.js';
import { formatCount, formatSeconds } from '../base/amounts.js';
import { formatEstimate } from '../report/format.js';
import { escapeHtml, toHtml } from '../report/markup.js';
import { htmlPage } from '../report/page.js';
import { claimTable } from './claimTable.js';
import type { NightRecord } from './record.js';
import { changeOf, colourOf, failures, headline, previousOf, type NightReport } from './report.js';
import { regressionLine, type Regression } from './regressions.js';
import { roundFolder } from './rounds.js';
import { verdictLine } from './standing.js';
import { NIGHT_STYLE } from './style.js';

export const PAGE_FILE = 'nightly.html';

/** The program of the page. */
export async function nightlyProgram(): Promise<string> {
  // esbuild is loaded only where a page is written.
  const { browserScript } = await import('../report/script.js');
  return browserScript('nightly');
}

/** `script`: the page's program; without it the page is complete, but does not answer. */
export function nightlyPage(report: NightReport, script = ''): string {
  const body = [
    '<h1>basin nightly</h1>',
    `<p class="headline ${colourOf(report)}">${escapeHtml(headline(report))}</p>`,
    facts(report.night),
    attention(report),
    `<h2>Claims</h2>\n${claimTable(report)}`,
    legend(report),
    `<h2>Rounds</h2>\n${roundTable(report)}`,
  ];
  return htmlPage('nightly', body, { style: NIGHT_STYLE, script });
}

function facts({ date, round, scale, seed, basin, commit, build, seconds }: NightRecord): string {
  const [folder, name] = [roundFolder(round), `${scale} scale, seed ${seed}`];
  return `<p class="quiet">Night of ${escapeHtml(date.slice(0, 16).replace('T', ' '))} UTC, ${formatSeconds(seconds)} · <a href="${folder}/${REPORT_FILE}">round ${round}</a>, ${name} · basin ${escapeHtml(basin)}, commit <code>${escapeHtml(commit.slice(0, 12))}</code>, build <code>${escapeHtml(build)}</code></p>`;
}

/** The list of things to look at. */
function attention(report: NightReport): string {
  const { night, claims, notes, regressions } = report;
  const worse = (kind: Regression['kind']): string[] =>
    regressions.filter((one) => one.kind === kind).map(regressionLine);
  const of = (standing: string): string[] => claims.filter((claim) => claim.standing === standing).map(verdictLine);
  const changed = claims.flatMap((claim) => {
    const previous = previousOf(report, claim);
    const change = changeOf(claim, previous);
    return change === '' || previous === undefined
      ? []
      : [
          `${claim.experiment} ${claim.claim.id}: ${change}, from ${formatEstimate(previous)} to ${formatEstimate(claim.claim)}`,
        ];
  });
  const lists = [
    { title: 'Could not go on', items: failures(night) },
    { title: 'Fails unexpectedly', items: of('fails') },
    { title: 'Held before', items: worse('claim') },
    { title: 'Slower than before', items: worse('speed') },
    { title: 'Holds, was expected to fail', items: of('surprise') },
    { title: 'Changed since the round before', items: changed },
    { title: 'Notes', items: notes },
  ];
  return lists
    .filter(({ items }) => items.length > 0)
    .map(
      ({ title, items }) =>
        `<h3>${title}</h3>\n<ul class="attention">\n${items.map((item) => `<li>${toHtml(item)}</li>`).join('\n')}\n</ul>`,
    )
    .join('\n');
}

function legend({ past }: NightReport): string {
  const other =
    past.length === 0
      ? ''
      : ` Compared also with ${formatCount(past.length, 'older round')} of the history that --history names.`;
  return `<p class="quiet">✓ holds, ✗ fails, ? undecided, – not applicable, · not known. A claim “as expected” fails for a reason that the page of its paper gives. Intervals are at 95 % confidence.${other}</p>`;
}

const ROUND_COLUMNS = ['round', 'last night', 'complete', 'seed', 'core time', 'commit'] as const;

function roundTable({ night, earlier, kept }: NightReport): string {
  const rows = [...earlier, night].toReversed().map((round) => {
    const complete = round.experiments.filter(({ done, planned }) => done === planned).length;
    const seconds = round.experiments.reduce((sum, experiment) => sum + experiment.seconds, 0);
    const name = kept.includes(round.round)
      ? `<a href="${roundFolder(round.round)}/${REPORT_FILE}">${round.round}</a>`
      : String(round.round);
    const cells = [
      escapeHtml(round.date.slice(0, 10)),
      `${complete} of ${formatCount(round.experiments.length, 'experiment')}`,
      String(round.seed),
      formatSeconds(seconds),
      `<code>${escapeHtml(round.commit.slice(0, 12))}</code>`,
    ];
    return `<tr><th scope="row" data-title="${ROUND_COLUMNS[0]}">${name}</th>${cells.map((cell, i) => `<td data-title="${ROUND_COLUMNS[i + 1]}">${cell}</td>`).join('')}</tr>`;
  });
  const head = ROUND_COLUMNS.map((title) => `<th scope="col">${title}</th>`).join('');
  return `<div class="scroll"><table class="rounds cards-small">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}
