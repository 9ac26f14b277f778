/** An experiment's results and claims as tables: for the terminal here, for the report in html.ts. */
import type { CellSummary, Claim, Finding, Settings, SettingValue, Verdict } from '../experiments/spec.js';
import type { ExperimentContent } from './content.js';
import { formatEstimate, formatNumber, UNKNOWN } from './format.js';

export interface Column {
  readonly title: string;
  readonly description?: string;
  readonly align: 'left' | 'right';
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** Verdicts as words and signs: neither colour nor sign alone carries the meaning. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = { holds: '✓ holds', fails: '✗ fails', undecided: '? undecided', 'not-applicable': '– not applicable' };

const GAP = '  ';
/** Values above which a list is shortened. */
const LONG_LIST = 12;

/** Cells as rows: settings, trials, and every measure as value [interval]. */
export function cellTable({ experiment, cells }: Pick<ExperimentContent, 'experiment' | 'cells'>): Table {
  const settings = [...new Set(cells.flatMap((cell) => Object.keys(cell.settings)))];
  const shown = experiment.shownSettings ?? ((own: Settings): Settings => own);
  const counts = countColumns(cells);
  return {
    columns: [
      ...settings.map((title) => numeric(title)),
      ...counts.map(({ title }) => numeric(title)),
      ...experiment.measures.map(({ name, description }) => ({ ...numeric(name), description })),
    ],
    rows: cells.map((cell) => {
      const values = shown(cell.settings);
      return [
        ...settings.map((name) => formatSetting(values[name])),
        ...counts.map(({ text }) => text(cell)),
        ...experiment.measures.map(({ name }) => formatMeasure(cell, name)),
      ];
    }),
  };
}

export function claimTable(claims: readonly Claim[]): Table {
  return {
    columns: [textual('verdict'), textual('claim'), numeric('value [95 % interval]'), textual('source')],
    rows: claims.map((claim) => [VERDICT_WORDS[claim.verdict], statementWithReason(claim), formatEstimate(claim), claim.source]),
  };
}

export function findingTable(findings: readonly Finding[]): Table {
  return { columns: [textual('finding'), numeric('value [95 % interval]')], rows: findings.map((finding) => [finding.statement, formatEstimate(finding)]) };
}

/** Findings as plain text, a line each. */
export function terminalFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => `${finding.statement}: ${formatEstimate(finding)}`).join('\n');
}

/** The cell table as aligned plain text. */
export function terminalTable(content: Pick<ExperimentContent, 'experiment' | 'cells'>): string {
  const { columns, rows } = cellTable(content);
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
  const pad = (text: string, i: number): string => (columns[i].align === 'left' ? text.padEnd(widths[i]) : text.padStart(widths[i]));
  return lines.map((line) => line.map(pad).join(GAP).trimEnd()).join('\n');
}

/** Claims as plain text, a line for each verdict and one below for its value: statements are too long for columns. */
export function terminalClaims(claims: readonly Claim[]): string {
  const width = Math.max(...claims.map(({ verdict }) => VERDICT_WORDS[verdict].length));
  const indent = ' '.repeat(width) + GAP;
  return claims.map(({ reason, ...claim }) => [
    `${VERDICT_WORDS[claim.verdict].padEnd(width)}${GAP}${claim.statement}`,
    `${indent}${formatEstimate(claim)}  (${claim.source})`,
    ...(reason === undefined ? [] : [`${indent}${reason}`]),
  ].join('\n')).join('\n');
}

function statementWithReason({ statement, reason }: Claim): string {
  return reason === undefined ? statement : `${statement} (${reason})`;
}

/** Trials, and beside them only what there is to tell: those missing, failed, diverged, censored. */
function countColumns(cells: readonly CellSummary[]): { title: string; text: (cell: CellSummary) => string }[] {
  const incomplete = cells.some(({ trials, planned }) => trials < planned);
  const trials = { title: 'trials', text: (cell: CellSummary) => (incomplete ? `${cell.trials}/${cell.planned}` : String(cell.trials)) };
  const troubles = (['failed', 'diverged', 'censored'] as const).filter((kind) => cells.some((cell) => (cell[kind] ?? 0) > 0));
  return [trials, ...troubles.map((kind) => ({ title: kind, text: (cell: CellSummary) => String(cell[kind] ?? 0) }))];
}

function formatMeasure(cell: CellSummary, name: string): string {
  const estimate = cell.measures[name];
  return estimate === undefined ? UNKNOWN : formatEstimate(estimate);
}

export function formatSetting(value: SettingValue | readonly SettingValue[] | undefined): string {
  if (value === undefined) return UNKNOWN;
  if (Array.isArray(value)) return formatList(value.map(formatSetting));
  return typeof value === 'number' ? formatNumber(value) : String(value);
}

function formatList(items: readonly string[]): string {
  if (items.length <= LONG_LIST) return items.join(', ');
  return `${items.slice(0, 3).join(', ')}, …, ${items[items.length - 1]} (${items.length} values)`;
}

function numeric(title: string): Column {
  return { title, align: 'right' };
}

function textual(title: string): Column {
  return { title, align: 'left' };
}
