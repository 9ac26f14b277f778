/** The ADEMP form of a study as Markdown, and as a part of its page. */
import { ademp, type AdempPart, type Block } from './ademp.js';
import type { ExperimentContent, ReportContent } from './content.js';
import { htmlTable } from './htmlTable.js';
import { escapeHtml, toHtml } from './markup.js';

/** The whole study: a heading for each experiment, one below for each part. */
export function adempMarkdown(study: ReportContent): string {
  const parts = study.experiments.flatMap((content) => [
    `# ${escaped(content.experiment.title)}`,
    ...ademp(content, study).flatMap(({ title, blocks }) => [`## ${title}`, ...blocks.map(markdownBlock)]),
  ]);
  return `${parts.join('\n\n')}\n`;
}

function markdownBlock(block: Block): string {
  if (typeof block === 'string') return escaped(block);
  if ('command' in block) return `    ${block.command}`;
  const { columns, rows } = block;
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [columns.map(({ title }) => title), ...rows]
    .map((texts) => line(texts.map(escaped)))
    .toSpliced(1, 0, line(rule))
    .join('\n');
}

/** Text that Markdown shows as it is, on one line. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|]/g, '\\$&')
    .replace(/\s+/g, ' ')
    .replace(/^[#+-]/, '\\$&');
}

/** Folded: it repeats much of the page, in another order. */
export function adempBlock(content: ExperimentContent, study: ReportContent): string {
  const parts = ademp(content, study).map(partElement);
  return `<details><summary>As a simulation study (ADEMP)</summary>\n${parts.join('\n')}\n</details>`;
}

function partElement({ title, blocks }: AdempPart): string {
  return `<h4>${toHtml(title)}</h4>\n${blocks.map(blockElement).join('\n')}`;
}

function blockElement(block: Block): string {
  if (typeof block === 'string') return `<p>${toHtml(block)}</p>`;
  return 'command' in block
    ? `<pre>${escapeHtml(block.command)}</pre>`
    : htmlTable(block, { name: 'values', rowHeaders: true });
}
