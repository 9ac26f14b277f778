/** The parts of the live page that the server writes as HTML. */
import { formatCount, formatNumber, formatSeconds } from '../base/amounts.js';
import type { Finding } from '../experiments/spec.js';
import type { ExperimentContent } from '../report/content.js';
import { htmlTable } from '../report/htmlTable.js';
import { escapeHtml, toHtml } from '../report/markup.js';
import { claimTable, findingTable } from '../report/tables.js';
import { formatAddress } from '../store/address.js';
import type { FailureTally } from '../store/reader.js';
import type { Interval } from '../statistics/estimate.js';
import type { Counts } from './counts.js';
import { isUnderWay, runTable, type Run } from './runs.js';

/** Messages of failed trials that are listed. */
const MOST_MESSAGES = 20;

export interface ExperimentEntry extends Counts {
  readonly id: string;
}

/** Whether the study runs, and when its store was last written (ISO 8601). */
export function statePart(runs: readonly Run[], written: string, complete: boolean, continuing: string): string {
  const last = runs.at(-1);
  const age = `last written <time class="age" datetime="${written}">${written}</time>`;
  if (last === undefined) return `<p>No run has begun. ${capital(age)}.</p>`;
  const command = `<code>${escapeHtml(continuing)}</code>`;
  if (isUnderWay(runs))
    return `<p><strong class="running">Running</strong> on ${formatCount(last.workers, 'worker')}; ${age}.</p>`;
  return complete
    ? `<p><strong>Complete.</strong> ${capital(age)}.</p>`
    : `<p><strong>Not running</strong>: ${escapeHtml(last.ending)}; ${age}. To continue: ${command}</p>`;
}

/** Links to the experiments of a study that has several. */
export function experimentsPart(entries: readonly ExperimentEntry[], shown: string): string {
  if (entries.length < 2) return '';
  const items = entries.map((entry) => {
    const current = entry.id === shown ? ' aria-current="page"' : '';
    return `<li><a href="/?experiment=${encodeURIComponent(entry.id)}"${current}>${escapeHtml(entry.id)}</a> ${bar(entry)} <span class="quiet">${percent(entry)}</span></li>`;
  });
  return `<ul>${items.join('')}</ul>`;
}

export function progressPart(counts: Counts, rate: number, left: Interval | undefined, running: boolean): string {
  const { planned, done, failed, diverged, censored } = counts;
  const troubles = Object.entries({ failed, diverged, censored })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `, ${count} ${name}`)
    .join('');
  const speed = running && rate > 0 ? ` ${formatNumber(rate, 3)} trials/s.` : '';
  const line = `<p>${bar(counts)} <strong>${done}</strong> of ${formatCount(planned, 'trial')} (${percent(counts)})${troubles}.${speed}</p>`;
  if (left === undefined || done + censored >= planned) return line;
  const { low, value, high } = left;
  const when = running ? 'left' : 'left when it continues';
  return `${line}\n<p>About ${formatSeconds(value)} ${when}, between ${formatSeconds(low)} and ${formatSeconds(high)}.</p>\n${band(left)}`;
}

function bar({ planned, done }: Counts): string {
  return `<progress max="${planned}" value="${done}" aria-label="trials done">${percent({ planned, done })}</progress>`;
}

function percent({ planned, done }: Pick<Counts, 'planned' | 'done'>): string {
  return `${planned === 0 ? 0 : Math.floor((100 * done) / planned)} %`;
}

const BAND = { width: 320, height: 16 } as const;

/** The time from now to the end of the interval, with the interval as a band and the forecast as a line. */
function band({ low, value, high }: Interval): string {
  if (!(high > 0) || !Number.isFinite(high)) return '';
  const at = (seconds: number): string => ((BAND.width * seconds) / high).toFixed(1);
  return `<svg class="band" viewBox="0 0 ${BAND.width} ${BAND.height}" role="img" aria-label="forecast as a band from now">
<rect class="track" x="0" y="6" width="${BAND.width}" height="4"/><rect class="likely" x="${at(low)}" y="2" width="${at(high - low)}" height="12"/>
<rect class="middle" x="${at(value)}" y="0" width="2" height="${BAND.height}"/></svg>`;
}

export function claimsPart({ claims }: Pick<ExperimentContent, 'claims'>): string {
  if (claims.length === 0) return '';
  const table = htmlTable(claimTable(claims), {
    name: 'claims',
    cellClass: (row, { title }) => (title === 'verdict' ? `verdict ${claims[row].verdict}` : ''),
  });
  return `<h2>Claims so far</h2>\n${table}`;
}

/** Findings with their intervals; `histories` holds the earlier intervals of each. */
export function findingsPart(findings: readonly Finding[], trends: readonly string[]): string {
  if (findings.length === 0) return '';
  return `<h2>Findings so far</h2>\n${htmlTable(findingTable(findings), { name: 'findings' })}\n${trends.join('\n')}`;
}

export function failuresPart(experiment: string, failures: readonly FailureTally[]): string {
  if (failures.length === 0) return '';
  const kinds = failureKinds(failures);
  const rows = kinds.slice(0, MOST_MESSAGES).map(({ error, count, cell, trial }) => {
    const address = formatAddress({ experiment, cell, trial });
    return `<li><strong>${count} ×</strong> ${escapeHtml(error ?? 'unknown')}<br>first <a href="${trialLink(address)}">${escapeHtml(address)}</a></li>`;
  });
  const more =
    kinds.length > MOST_MESSAGES ? `\n<p class="quiet">and ${kinds.length - MOST_MESSAGES} more messages.</p>` : '';
  return `<h2>Failed trials by message</h2>\n<ul class="failures">${rows.join('')}</ul>${more}`;
}

const NUMBER = /[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi;

/** Messages that differ in their numbers alone are one; the first of them stands for all. */
export function failureKinds(failures: readonly FailureTally[]): FailureTally[] {
  const kinds = new Map<string, FailureTally>();
  for (const failure of failures) {
    const text = (failure.error ?? '').replaceAll(NUMBER, '#');
    const known = kinds.get(text);
    kinds.set(text, known === undefined ? failure : { ...known, count: known.count + failure.count });
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}

/** `isTold`: whether the run says itself what its workers compute */
export function runsPart(runs: readonly Run[], isTold: boolean): string {
  if (runs.length === 0) return '';
  const unknown =
    isUnderWay(runs) && !isTold
      ? '\n<p class="quiet">A store holds finished trials only. The page of a run with <code>--live</code> also shows which trial each worker computes.</p>'
      : '';
  return `<h2>Runs and workers</h2>\n${htmlTable(runTable(runs), { name: 'runs' })}${unknown}`;
}

export function problemsPart(problems: readonly string[]): string {
  return problems.map((problem) => `<p class="notice" role="note">${escapeHtml(problem)}</p>`).join('\n');
}

/** A figure as a picture of its own, with its caption. */
export interface ShownFigure {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  /** changes with its content */
  readonly version: string;
  /** undefined: nothing to draw yet, or `problem` */
  readonly svg?: string;
  /** where its picture shows cells, see points.ts */
  readonly points?: string;
  readonly problem?: string;
}

export function figuresPart(experiment: string, figures: readonly ShownFigure[]): string {
  return figures.map((figure) => figureHtml(experiment, figure)).join('\n');
}

function figureHtml(
  experiment: string,
  { name, title, caption, version, svg, points = '', problem }: ShownFigure,
): string {
  if (svg === undefined)
    return `<p class="notice" role="note">${toHtml(title)}: ${escapeHtml((problem ?? 'nothing to draw yet').replace(/\.$/, ''))}.</p>`;
  const query = new URLSearchParams({ experiment, name, version }).toString();
  const size = / width="(\d+(?:\.\d+)?)" height="(\d+(?:\.\d+)?)"/.exec(svg);
  const [width, height] = [size?.[1] ?? '460', size?.[2] ?? '300'].map((text) => Math.ceil(Number(text)));
  return `<figure><img src="/figure.svg?${escapeHtml(query)}" width="${width}" height="${height}" alt="${escapeHtml(title)}"${points === '' ? '' : ` data-points="${points}"`}><figcaption>${toHtml(caption)}</figcaption></figure>`;
}

/** Where the page shows a trial. */
export function trialLink(address: string): string {
  return `#trial=${encodeURIComponent(address)}`;
}

/** Where the page shows the end of a start of a trial. */
export function endsLink(address: string, start = 0): string {
  return `${trialLink(address)}&start=${start}`;
}

/** Where the page lists the trials of a cell. */
export function cellLink(experiment: string, cell: string, from = 0): string {
  return `#cell=${encodeURIComponent(`${experiment}/${cell}`)}${from === 0 ? '' : `&from=${from}`}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
