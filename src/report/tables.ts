/** An experiment's results and claims as tables: for the terminal here, for the report in html.ts. */
import type { CellSummary, Claim, Finding, Verdict } from '../experiments/spec.js';
import type { Settings, SettingValue } from '../settings/types.js';
import { shownSettings } from '../study/grid/values.js';
import type { ExperimentContent } from './content.js';
import { formatNumber, UNKNOWN } from '../base/amounts.js';
import { formatEstimate } from './format.js';
import { key, named, numeric, prose, takeConstants, type Column, type Constant, type Table } from './table.js';
import { textTable, wrapList, wrapText } from './textTable.js';

/** Verdicts as words and signs: neither colour nor sign alone carries the meaning. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  holds: '✓ holds',
  fails: '✗ fails',
  undecided: '? undecided',
  'not-applicable': '– not applicable',
};

/** The number of values above which a list is shortened. */
const LONG_LIST = 12;
/** Between a verdict and its statement. */
const GAP = '  ';

/** A table of results: the settings that are the same in all cells, and the rest, with varying columns first. */
export interface CellTable {
  readonly constants: readonly Constant[];
  readonly table: Table;
}

/**
 * Cells as rows: settings, trials, and every measure as value [interval]. Results stay in the table even if they are
 * equal.
 */
export function cellTable({ experiment, cells }: Pick<ExperimentContent, 'experiment' | 'cells'>): CellTable {
  const shown = (own: Settings): Settings => shownSettings(experiment, own);
  const settings = slowestFirst(
    [...new Set(cells.flatMap((cell) => Object.keys(cell.settings)))],
    cells.map((cell) => shown(cell.settings)),
  );
  const counts = countColumns(cells);
  const trials = counts[0].column;
  const whole: Table = {
    columns: [
      ...settings.map((title) => key(numeric(title))),
      ...counts.map(({ column }) => column),
      ...experiment.measures.map(({ name, description }) => numeric(name, description)),
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
  return takeConstants(whole, (column) => column.key === true || column === trials);
}

/** Names in the order of the grid: the setting that changes least often from cell to cell comes first. */
export function slowestFirst(names: readonly string[], cells: readonly Settings[]): string[] {
  const changes = (name: string): number =>
    cells.filter((cell, i) => i > 0 && cell[name] !== cells[i - 1][name]).length;
  return names.toSorted((a, b) => changes(a) - changes(b));
}

export function claimTable(claims: readonly Claim[]): Table {
  return {
    columns: [named('verdict'), prose('claim'), numeric('value [95 % interval]'), prose('source')],
    rows: claims.map((claim) => [
      VERDICT_WORDS[claim.verdict],
      statementWithReason(claim),
      formatEstimate(claim),
      claim.source,
    ]),
  };
}

export function findingTable(findings: readonly Finding[]): Table {
  return {
    columns: [prose('finding'), numeric('value [95 % interval]')],
    rows: findings.map((finding) => [finding.statement, formatEstimate(finding)]),
  };
}

/** Findings as plain text: each begins a line. */
export function terminalFindings(findings: readonly Finding[], width: number): string {
  return findings.map((finding) => wrapText(`${finding.statement}: ${formatEstimate(finding)}`, width, GAP)).join('\n');
}

/** The cell table as plain text: the settings that all cells share, then columns. */
export function terminalTable(content: Pick<ExperimentContent, 'experiment' | 'cells'>, width: number): string {
  const { constants, table } = cellTable(content);
  const shared = constants.map(({ title, text }) => `${title} = ${text}`);
  return [...(shared.length === 0 ? [] : [wrapList(shared, width, GAP)]), textTable(table, width)].join('\n');
}

/** Claims as plain text, each with its value and notes below it, as statements are too long for columns. */
export function terminalClaims(claims: readonly Claim[], width: number): string {
  const first = Math.max(...claims.map(({ verdict }) => VERDICT_WORDS[verdict].length));
  const indent = ' '.repeat(first) + GAP;
  const below = (text: string): string => indent + wrapText(text, width, indent);
  return claims
    .map(({ reason, ...claim }) =>
      [
        VERDICT_WORDS[claim.verdict].padEnd(first) + GAP + wrapText(claim.statement, width, indent),
        below(`${formatEstimate(claim)}  (${claim.source})`),
        ...(reason === undefined ? [] : [below(reason)]),
      ].join('\n'),
    )
    .join('\n');
}

function statementWithReason({ statement, reason }: Claim): string {
  return reason === undefined ? statement : `${statement} (${reason})`;
}

/** The number of trials, and if there are any the numbers of missing, failed, diverged and censored ones. */
function countColumns(
  cells: readonly CellSummary[],
): { readonly column: Column; readonly text: (cell: CellSummary) => string }[] {
  const incomplete = cells.some(({ trials, planned }) => trials < planned);
  const trials = (cell: CellSummary): string => (incomplete ? `${cell.trials}/${cell.planned}` : String(cell.trials));
  const troubles = (['failed', 'diverged', 'censored'] as const).filter((kind) =>
    cells.some((cell) => (cell[kind] ?? 0) > 0),
  );
  return [
    { column: numeric('trials'), text: trials },
    ...troubles.map((kind) => ({ column: numeric(kind), text: (cell: CellSummary) => String(cell[kind] ?? 0) })),
  ];
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
