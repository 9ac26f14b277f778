/** report.html: one self-contained page with figures as inline SVG, which needs no other file. */
import type { CellSummary, Claim, OwnStudy } from '../experiments/spec.js';
import { censoredTrials, missingTrials, plannedTrials, type ExperimentContent, type ReportContent } from './content.js';
import { adempBlock } from './adempText.js';
import { cellMap } from './cellMap/picture.js';
import type { DrawnFigure } from './figures.js';
import { formatCount, formatSeconds } from '../base/amounts.js';
import { figureBlock } from './htmlFigure.js';
import { htmlTable } from './htmlTable.js';
import { makerRemark, makerTable } from './makers.js';
import { escapeHtml, toHtml } from './markup.js';
import { htmlPage } from './page.js';
import { ownCommand, studyFileBlock } from './studyFileBlock.js';
import { key, named, prose, type Column } from './table.js';
import { cellTable, claimTable, findingTable, formatSetting } from './tables.js';

/** The number of rows from which a table of results is folded. */
const LONG_TABLE = 40;

type Drawings = ReadonlyMap<string, DrawnFigure>;

/** `script`: the page's program, see script.ts; without it the page is complete, but does not answer. */
export function reportPage(content: ReportContent, drawings: readonly DrawnFigure[], script = ''): string {
  const byName: Drawings = new Map(drawings.map((drawing) => [drawing.figure.name, drawing]));
  const body = [
    `<h1>${toHtml(content.title)}</h1>`,
    completeness(content),
    contents(content),
    ...content.experiments.map((experiment) => experimentSection(experiment, content, byName)),
    studyFileBlock(content),
    reproduction(content),
    provenance(content),
  ];
  return htmlPage(content.title, body, { script });
}

function completeness(content: ReportContent): string {
  const { complete, experiments, command, seed, scale, precision } = content;
  const cells = experiments.flatMap((experiment) => experiment.cells);
  const [planned, missing] = [plannedTrials(cells), missingTrials(cells)];
  const which = `Seed ${seed}, scale ${scale}${precision === undefined ? '' : `, ${precision} precision`}.`;
  if (complete)
    return `<p class="quiet">Complete: ${formatCount(planned, 'trial')}. ${which} Intervals are at 95 % confidence.</p>`;
  return `<p class="notice" role="note"><strong>Incomplete:</strong> ${missing} of ${formatCount(planned, 'trial')} still missing${overLimits(cells)}.
What follows rests on the ${formatCount(planned - missing, 'trial')} stored so far. ${which} To continue: <code>${escapeHtml(command)}</code></p>`;
}

/** The line about trials that run again only under higher limits. */
function overLimits(cells: readonly CellSummary[]): string {
  const censored = censoredTrials(cells);
  return censored === 0 ? '' : `, ${censored} of them censored: over a limit of time or memory`;
}

function contents({ experiments }: ReportContent): string {
  if (experiments.length < 2) return '';
  const entries = experiments.map(
    ({ experiment: { id, title }, claims }) =>
      `<li><a href="#${escapeHtml(id)}">${toHtml(title)}</a>${claims.length > 0 ? ` – ${tally(claims)}` : ''}</li>`,
  );
  return `<nav aria-label="Experiments">${list(entries)}</nav>`;
}

/** `3 claims: 2 × holds, 1 × undecided`. */
function tally(claims: readonly Claim[]): string {
  const count = (verdict: Claim['verdict']): number => claims.filter((claim) => claim.verdict === verdict).length;
  const parts = (['holds', 'fails', 'undecided', 'not-applicable'] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} × ${verdict === 'not-applicable' ? 'not applicable' : verdict}`);
  return `${formatCount(claims.length, 'claim')}: ${parts.join(', ')}`;
}

/**
 * The results come before the figures, and the numbers after them. Where there is one experiment its title is that of
 * the page.
 */
function experimentSection(content: ExperimentContent, study: ReportContent, drawings: Drawings): string {
  const alone = study.experiments.length === 1;
  const { experiment, claims, findings, figures } = content;
  const heading = (text: string): string => (alone ? `<h2>${text}</h2>` : `<h3>${text}</h3>`);
  const titled = (title: string, block: string): string => (block === '' ? '' : `${heading(title)}\n${block}`);
  const about = experiment.about?.();
  const parts = [
    alone ? '' : `<h2>${toHtml(experiment.title)}</h2>`,
    about === undefined || about.description === '' ? '' : `<p>${toHtml(about.description)}</p>`,
    facts(content),
    ...content.problems.map((problem) => `<p class="notice" role="note">${escapeHtml(problem)}</p>`),
    titled('Findings', findings.length > 0 ? htmlTable(findingTable(findings), { name: 'findings' }) : ''),
    titled('Claims', claims.length > 0 ? claimsBlock(content) : ''),
    ...figures.map(({ name }) => figureBlock(drawings.get(name))),
    titled('Results', `${cellMap(content)}\n${resultsBlock(content)}\n${measureLegend(experiment)}`),
    titled(
      'Choices that the paper leaves open',
      experiment.openChoices.length > 0
        ? list(experiment.openChoices.map((choice) => `<li>${toHtml(choice)}</li>`))
        : '',
    ),
    titled(about === undefined ? 'Settings' : 'Settings in force', settingsTable(content, about)),
    adempBlock(content, study),
  ];
  return `<section id="${escapeHtml(experiment.id)}">\n${parts.filter((part) => part !== '').join('\n')}\n</section>`;
}

function facts({ experiment: { id, source }, cells, seconds }: ExperimentContent): string {
  const missing = missingTrials(cells);
  const lacking = missing > 0 ? ` · <strong>${formatCount(missing, 'trial')} missing</strong>` : '';
  return `<p class="quiet"><code>${escapeHtml(id)}</code> · ${toHtml(source)} · computing time ${formatSeconds(seconds)}${lacking}</p>`;
}

/**
 * The settings that all cells share, then a row for each cell. A long table is folded, so that the parts after it are
 * easy to find.
 */
function resultsBlock(content: ExperimentContent): string {
  const { constants, table } = cellTable(content);
  const shared = constants.map(({ title, text }) => `<span>${toHtml(title)} = ${toHtml(text)}</span>`);
  const line = shared.length === 0 ? '' : `<p class="shared">In every cell: ${shared.join(', ')}.</p>\n`;
  const rows = htmlTable(table, { name: 'cells' });
  return (
    line +
    (content.cells.length <= LONG_TABLE
      ? rows
      : `<details><summary>${formatCount(content.cells.length, 'cell')}</summary>\n${rows}\n</details>`)
  );
}

/** What a reader must know of intervals of which trials were added until they decided. */
const LOOKS =
  '<p class="quiet">Trials were added until every claim was decided, or the cost was reached. The intervals of claims are what all looks have in common, and contain the truth with 95 % probability wherever the study ends. Intervals of cells are those of their last trials alone.</p>\n';

function claimsBlock({ claims, experiment }: ExperimentContent): string {
  const looks = experiment.decided === undefined ? '' : LOOKS;
  return (
    looks +
    htmlTable(claimTable(claims), {
      name: 'claims',
      cellClass: (row, { title }) => (title === 'verdict' ? `verdict ${claims[row].verdict}` : ''),
    })
  );
}

function measureLegend({ measures }: ExperimentContent['experiment']): string {
  const entries = measures.map(
    ({ name, description }) => `<div><dt>${escapeHtml(name)}</dt><dd>${toHtml(description)}</dd></div>`,
  );
  return `<dl class="legend">${entries.join('')}</dl>`;
}

/**
 * All settings with their meanings: those of an experiment, or the settings in force of a user's own study.
 */
function settingsTable({ experiment: { settings }, values }: ExperimentContent, about: OwnStudy | undefined): string {
  if (about === undefined) {
    const rows = Object.entries(settings).map(([name, { description }]) => [
      name,
      formatSetting(values[name]),
      description,
    ]);
    return keyTable([named('setting'), prose('value'), prose('meaning')], rows);
  }
  const rows = about.settings.map(({ name, values: text, given, meaning }) => [
    name,
    text,
    given ? 'file' : 'default',
    meaning,
  ]);
  return keyTable([named('setting'), prose('value'), named('from'), prose('meaning')], rows);
}

/** The first column names the rows. */
function keyTable([names, ...columns]: readonly Column[], rows: readonly (readonly string[])[]): string {
  return htmlTable({ columns: [key(names), ...columns], rows }, { name: 'values', rowHeaders: true });
}

function reproduction({ command, studyFile, scale }: ReportContent): string {
  const alone =
    studyFile === undefined
      ? ''
      : `\n<p>With this page alone: save the study file above as <code>${escapeHtml(studyFile.name)}</code>, then</p>\n<pre>${escapeHtml(ownCommand(studyFile, scale))}</pre>`;
  return `<section>\n<h2>How to reproduce</h2>\n<pre>${escapeHtml(command)}</pre>\n<p class="quiet">The same command continues a study that was stopped, and gives the same numbers in another folder, by the same program on the same kind of machine.</p>${alone}\n</section>`;
}

function provenance({ makers, provenance: entries }: ReportContent): string {
  const remark = makerRemark(makers);
  const parts = [
    '<h2>Provenance</h2>',
    ...(remark === undefined ? [] : [`<p class="notice" role="note">${escapeHtml(remark)}</p>`]),
    ...(makers.length === 0 ? [] : ['<h3>Who made the trials</h3>', htmlTable(makerTable(makers), { name: 'makers' })]),
    '<h3>The last run</h3>',
    keyTable([named('name'), prose('value')], Object.entries(entries)),
  ];
  return `<section>\n${parts.join('\n')}\n</section>`;
}

function list(items: readonly string[]): string {
  return `<ul>\n${items.join('\n')}\n</ul>`;
}
