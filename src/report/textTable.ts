/** Prints tables as plain text, for any width of a terminal. */
import { leastWidth, toBlocks, widthOf, words, type Column, type Table } from './table.js';

/** Width where the output has none: for a pipe, a file, an old terminal. */
export const USUAL_WIDTH = 80;
const GAP = '  ';
/** Indent of the fields of a row that is printed as a list. */
const FIELD_INDENT = '  ';

/**
 * A table in lines of at most `width` characters: whole where it fits, else in blocks that repeat the key columns, else
 * a row as a list of its fields. Sentences are broken between words, values never; so a value longer than the width
 * stays longer.
 */
export function textTable(table: Table, width: number): string {
  const blocks = toBlocks(table, width, GAP.length);
  if (!blocks.every((block) => fits(block, width))) return fieldLists(table, width);
  return blocks.map((block) => textBlock(block, width)).join('\n\n');
}

/** Text in lines of at most `width`, all but the first indented; only a word longer than a line stays longer. */
export function wrapText(text: string, width: number, indent = ''): string {
  return wrapped(text, width - indent.length).join(`\n${indent}`);
}

/** The same for `a = 1, b = 2, …`: lines end after a comma between two of them. */
export function wrapList(items: readonly string[], width: number, indent = ''): string {
  const parts = items.map((item, i) => (i < items.length - 1 ? `${item},` : item));
  return fill(parts, width - indent.length).join(`\n${indent}`);
}

function fits(block: Table, width: number): boolean {
  return (
    block.columns.reduce((sum, _, i) => sum + leastWidth(block, i), GAP.length * (block.columns.length - 1)) <= width
  );
}

function textBlock(block: Table, width: number): string {
  const { columns, rows } = block;
  const widths = widthsFor(block, width);
  const titles = columns.map(({ title }) => title);
  const lines = [...(titles.every((title) => title === '') ? [] : [titles]), ...rows];
  return lines.flatMap((line) => rowLines(columns, line, widths)).join('\n');
}

/**
 * The natural widths where they fit; else the least widths, and the remaining space goes to titles and sentences from
 * the left.
 */
function widthsFor(block: Table, width: number): number[] {
  const { columns, rows } = block;
  const natural = columns.map(({ title }, i) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[i]))));
  const least = columns.map((_, i) => leastWidth(block, i));
  let left = width - GAP.length * (columns.length - 1) - least.reduce((sum, own) => sum + own, 0);
  return least.map((own, i) => {
    const more = Math.max(0, Math.min(left, natural[i] - own));
    left -= more;
    return own + more;
  });
}

/** One row as the lines that its longest cell takes. */
function rowLines(columns: readonly Column[], texts: readonly string[], widths: readonly number[]): string[] {
  const cells = texts.map((text, i) => wrapped(text, widths[i]));
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, i) => padded(cell[line] ?? '', widths[i], columns[i].align))
      .join(GAP)
      .trimEnd(),
  );
}

function padded(text: string, width: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}

/** Each row as its fields, `title: text`, indented under the first. */
function fieldLists({ columns, rows }: Table, width: number): string {
  const field = (text: string, i: number): string => (columns[i].title === '' ? text : `${columns[i].title}: ${text}`);
  const line = (text: string, i: number): string =>
    i === 0 ? wrapText(text, width) : FIELD_INDENT + wrapText(text, width, FIELD_INDENT);
  return rows.map((row) => row.map((text, i) => line(field(text, i), i)).join('\n')).join('\n');
}

function wrapped(text: string, width: number): string[] {
  return widthOf(text) <= width ? [text] : fill(words(text), width);
}

/** Pieces in lines, a blank between two. */
function fill(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(piece) <= width) lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(piece);
  }
  return lines;
}
