/** The tables of a report as LaTeX files. */
import type { ExperimentContent, ReportContent } from './content.js';
import { latexTable } from './latex.js';
import { cellTable, claimTable, findingTable } from './tables.js';

export interface LatexFile {
  /** without extension */
  readonly name: string;
  readonly text: string;
}

export function latexTables({ experiments }: ReportContent): LatexFile[] {
  return experiments.flatMap((content) => [...resultsFile(content), ...statementFiles(content)]);
}

/** The settings that all cells share go into the caption. */
function resultsFile(content: ExperimentContent): LatexFile[] {
  const { experiment, cells } = content;
  if (cells.length === 0) return [];
  const { constants, table } = cellTable(content);
  const shared = constants.map(({ title, text }) => `${title} = ${text}`).join(', ');
  const caption = `${experiment.title}.${shared === '' ? '' : ` In every cell ${shared}.`} In brackets: 95 % intervals.`;
  return [{ name: nameOf(content, 'cells'), text: latexTable(table, { caption, label: labelOf(content, 'cells') }) }];
}

function statementFiles(content: ExperimentContent): LatexFile[] {
  const { experiment, claims, findings } = content;
  const file = (what: string, table: ReturnType<typeof claimTable>): LatexFile => ({
    name: nameOf(content, what),
    text: latexTable(table, {
      caption: `${experiment.title}: ${what}. In brackets: 95 % intervals.`,
      label: labelOf(content, what),
    }),
  });
  return [
    ...(claims.length === 0 ? [] : [file('claims', claimTable(claims))]),
    ...(findings.length === 0 ? [] : [file('findings', findingTable(findings))]),
  ];
}

/** An id of a user's own study has an @. */
function nameOf({ experiment }: ExperimentContent, what: string): string {
  return `${experiment.id.replace(/[^\w.-]/g, '-')}-${what}`;
}

function labelOf(content: ExperimentContent, what: string): string {
  return `tab:${nameOf(content, what).replace(/[^a-z0-9-]/gi, '-')}`;
}
