/** Tables of a page: a full table on a wide screen, a card for each row where the page is too narrow. */
import { escapeHtml, toHtml } from './markup.js';
import { leastWidth, toBlocks, type Column, type Table } from './table.js';

/** Characters in a table row on the widest page, and the characters that the space around a cell takes. */
const PAGE_CHARACTERS = 130;
const GAP = 3;
/** Characters of a table that fits on a phone, and on half a wide screen. */
const PHONE_CHARACTERS = 38;
const MIDDLE_CHARACTERS = 75;

export interface TableLook {
  /** its class in the style sheet */
  readonly name: string;
  /** a class of a cell beside those of its column */
  readonly cellClass?: (row: number, column: Column) => string;
  /** true when the first cell of a row is its header */
  readonly rowHeaders?: boolean;
}

/** A table as HTML, in blocks that repeat the key columns where one does not fit the page. */
export function htmlTable(table: Table, look: TableLook): string {
  return toBlocks(table, PAGE_CHARACTERS, GAP)
    .map((block) => blockElement(block, look))
    .join('\n');
}

function blockElement(block: Table, look: TableLook): string {
  const { columns, rows } = block;
  const head = columns.map(
    ({ title, description, align }) =>
      `<th scope="col"${align === 'right' ? ' class="right"' : ''}${description ? ` title="${escapeHtml(description)}"` : ''}>${toHtml(title)}</th>`,
  );
  const body = rows.map(
    (row, i) => `<tr>${row.map((text, j) => cell(text, columns[j], i, j === 0, look)).join('')}</tr>`,
  );
  return `<div class="scroll"><table class="${look.name} ${narrowness(block)}">\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`;
}

/** On cards the title is shown beside the value. */
function cell(
  text: string,
  column: Column,
  row: number,
  isFirst: boolean,
  { rowHeaders = false, cellClass }: TableLook,
): string {
  const classes = [
    column.align === 'right' ? 'right' : '',
    column.prose === true ? 'prose' : '',
    cellClass?.(row, column) ?? '',
  ]
    .filter((name) => name !== '')
    .join(' ');
  const attributes = `${classes === '' ? '' : ` class="${classes}"`}${column.title === '' ? '' : ` data-title="${escapeHtml(column.title)}"`}`;
  return rowHeaders && isFirst
    ? `<th scope="row"${attributes}>${escapeHtml(text)}</th>`
    : `<td${attributes}>${toHtml(text)}</td>`;
}

/** The width of the page below which rows are cards: see the style sheet. */
function narrowness(block: Table): string {
  const characters = block.columns.reduce((sum, _, i) => sum + leastWidth(block, i) + GAP, 0);
  if (characters <= PHONE_CHARACTERS) return 'fits';
  return characters <= MIDDLE_CHARACTERS ? 'cards-small' : 'cards-large';
}
