/** report.html: one page that holds everything it shows, figures as inline SVG. */
import type { CellSummary, Claim } from '../experiments/spec.js';
import { censoredTrials, missingTrials, plannedTrials, type ExperimentContent, type ReportContent } from './content.js';
import type { DrawnFigure } from './figures.js';
import { FIGURE_KINDS, figureFile } from './files.js';
import { formatCount, formatSeconds } from './format.js';
import { escapeHtml, toHtml } from './markup.js';
import { htmlPage } from './page.js';
import { cellTable, claimTable, findingTable, formatSetting, type Column, type Table } from './tables.js';

/** Rows from which on a table of results is folded. */
const LONG_TABLE = 40;

type Drawings = ReadonlyMap<string, DrawnFigure>;

export function reportPage(content: ReportContent, drawings: readonly DrawnFigure[]): string {
  const byName: Drawings = new Map(drawings.map((drawing) => [drawing.figure.name, drawing]));
  const body = [
    `<h1>${toHtml(content.title)}</h1>`,
    completeness(content),
    contents(content),
    ...content.experiments.map((experiment) => experimentSection(experiment, byName)),
    reproduction(content),
    provenance(content.provenance),
  ];
  return htmlPage(content.title, body);
}

function completeness({ complete, experiments, command }: ReportContent): string {
  const cells = experiments.flatMap((experiment) => experiment.cells);
  const [planned, missing] = [plannedTrials(cells), missingTrials(cells)];
  if (complete) return `<p class="quiet">Complete: ${formatCount(planned, 'trial')}. Intervals are at 95 % confidence.</p>`;
  return `<p class="notice" role="note"><strong>Incomplete:</strong> ${missing} of ${formatCount(planned, 'trial')} still missing${overLimits(cells)}.
What follows rests on the ${formatCount(planned - missing, 'trial')} stored so far. To continue: <code>${escapeHtml(command)}</code></p>`;
}

/** Trials that run again only under higher limits. */
function overLimits(cells: readonly CellSummary[]): string {
  const censored = censoredTrials(cells);
  return censored === 0 ? '' : `, ${censored} of them censored: over a limit of time or memory`;
}

function contents({ experiments }: ReportContent): string {
  if (experiments.length < 2) return '';
  const entries = experiments.map(({ experiment: { id, title }, claims }) => `<li><a href="#${escapeHtml(id)}">${toHtml(title)}</a>${claims.length > 0 ? ` – ${tally(claims)}` : ''}</li>`);
  return `<nav aria-label="Experiments">${list(entries)}</nav>`;
}

/** `3 claims: 2 × holds, 1 × undecided`. */
function tally(claims: readonly Claim[]): string {
  const count = (verdict: Claim['verdict']): number => claims.filter((claim) => claim.verdict === verdict).length;
  const parts = (['holds', 'fails', 'undecided', 'not-applicable'] as const).filter((verdict) => count(verdict) > 0).map((verdict) => `${count(verdict)} × ${verdict === 'not-applicable' ? 'not applicable' : verdict}`);
  return `${formatCount(claims.length, 'claim')}: ${parts.join(', ')}`;
}

function experimentSection(content: ExperimentContent, drawings: Drawings): string {
  const { experiment, cells, claims, findings, figures, seconds, values, problems } = content;
  const missing = missingTrials(cells);
  const parts = [
    `<h2>${toHtml(experiment.title)}</h2>`,
    `<p class="quiet"><code>${escapeHtml(experiment.id)}</code> · ${toHtml(experiment.source)} · computing time ${formatSeconds(seconds)}${missing > 0 ? ` · <strong>${formatCount(missing, 'trial')} missing</strong>` : ''}</p>`,
    ...problems.map((problem) => `<p class="notice" role="note">${escapeHtml(problem)}</p>`),
    ...figures.map(({ name }) => figureBlock(drawings.get(name))),
    findings.length > 0 ? `<h3>Findings</h3>\n${tableBlock(findingTable(findings), 'findings')}` : '',
    claims.length > 0 ? `<h3>Claims</h3>\n${claimsBlock(claims)}` : '',
    `<h3>Results</h3>\n${resultsBlock(content)}\n${measureLegend(experiment)}`,
    experiment.openChoices.length > 0 ? `<h3>Choices that the paper leaves open</h3>\n${list(experiment.openChoices.map((choice) => `<li>${toHtml(choice)}</li>`))}` : '',
    `<h3>Parameters</h3>\n${parameterTable(experiment, values)}`,
  ];
  return `<section id="${escapeHtml(experiment.id)}">\n${parts.filter((part) => part !== '').join('\n')}\n</section>`;
}

function figureBlock(drawing: DrawnFigure | undefined): string {
  if (!drawing) return '';
  const { figure, drawn } = drawing;
  if (!drawn) return `<p class="notice" role="note">${toHtml(figure.title)}: ${escapeHtml(drawing.problem ?? 'nothing to draw yet')}.</p>`;
  const label = `${figure.name}-caption`;
  const links = FIGURE_KINDS.map((kind) => `<a href="${escapeHtml(figureFile(figure, kind))}">${kind === 'vl.json' ? 'Vega-Lite' : kind.toUpperCase()}</a>`);
  return `<figure>
${drawn.svg.replace('<svg ', `<svg role="img" aria-labelledby="${label}" `)}
<figcaption id="${label}">${toHtml(figure.caption)}</figcaption>
<p class="files">${links.join(' · ')}</p>
</figure>`;
}

/** A long table opens on demand: what follows it should be found. */
function resultsBlock(content: ExperimentContent): string {
  const table = tableBlock(cellTable(content), 'cells');
  return content.cells.length <= LONG_TABLE ? table : `<details><summary>${formatCount(content.cells.length, 'cell')}</summary>\n${table}\n</details>`;
}

function claimsBlock(claims: readonly Claim[]): string {
  const { columns, rows } = claimTable(claims);
  const body = rows.map(([verdict, ...rest], i) => `<tr><td class="verdict ${claims[i].verdict}">${escapeHtml(verdict)}</td>${rest.map((text, j) => dataCell(text, columns[j + 1])).join('')}</tr>`);
  return tableElement(columns, body, 'claims');
}

function tableBlock({ columns, rows }: Table, name: string): string {
  return tableElement(columns, rows.map((row) => `<tr>${row.map((text, i) => dataCell(text, columns[i])).join('')}</tr>`), name);
}

function tableElement(columns: readonly Column[], body: readonly string[], name: string): string {
  const head = columns.map(({ title, description, align }) => `<th scope="col"${align === 'right' ? ' class="right"' : ''}${description ? ` title="${escapeHtml(description)}"` : ''}>${toHtml(title)}</th>`);
  return `<div class="scroll"><table class="${name}">\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`;
}

function dataCell(text: string, { align }: Column): string {
  return `<td${align === 'right' ? ' class="right"' : ''}>${toHtml(text)}</td>`;
}

function measureLegend({ measures }: ExperimentContent['experiment']): string {
  const entries = measures.map(({ name, description }) => `<div><dt>${escapeHtml(name)}</dt><dd>${toHtml(description)}</dd></div>`);
  return `<dl class="legend">${entries.join('')}</dl>`;
}

function parameterTable({ parameters }: ExperimentContent['experiment'], values: ExperimentContent['values']): string {
  const rows = Object.entries(parameters).map(([name, { description }]) => [name, formatSetting(values[name]), description]);
  return keyTable(['parameter', 'value', 'meaning'], rows);
}

function keyTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = titles.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  const body = rows.map(([key, ...rest]) => `<tr><th scope="row">${escapeHtml(key)}</th>${rest.map((text) => `<td>${toHtml(text)}</td>`).join('')}</tr>`);
  return `<div class="scroll"><table class="values">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`;
}

function reproduction({ command }: ReportContent): string {
  return `<section>\n<h2>How to reproduce</h2>\n<pre>${escapeHtml(command)}</pre>\n<p class="quiet">The same command continues a study that was stopped, and gives the same numbers in another folder.</p>\n</section>`;
}

function provenance(entries: ReportContent['provenance']): string {
  return `<section>\n<h2>Provenance</h2>\n${keyTable(['name', 'value'], Object.entries(entries))}\n</section>`;
}

function list(items: readonly string[]): string {
  return `<ul>\n${items.join('\n')}\n</ul>`;
}
