import { key, named, prose, type Column } from '../report/table.js';
import { textTable, USUAL_WIDTH, wrapText } from '../report/textTable.js';

/** A terminal that says it is narrower does not know its width. */
const NARROWEST = 20;

/** The one JSON document of a `--json` run; non-finite numbers become null. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? null : item), 2)}\n`);
}

/** Text for a person, on stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Characters that a line of text for a person may take: the terminal's width; of a pipe or a file 80. */
export function lineWidth(): number {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns >= NARROWEST ? columns : USUAL_WIDTH;
}

/** Rows of texts under their columns, for the terminal as wide as it is. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return textTable({ columns, rows }, lineWidth());
}

/** Names and what each is, a line or a few for each. */
export function pairs(rows: readonly (readonly string[])[]): string {
  return table([key(named('')), prose('')], rows);
}

/** Lines of prose. */
export function paragraph(text: string, indent = ''): string {
  return wrapText(text, lineWidth(), indent);
}
