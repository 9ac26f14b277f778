import { isStandardOutput } from '../base/target.js';
import { visible } from '../base/visible.js';
import { InputError } from '../base/errors.js';
import { key, named, prose, type Column } from '../report/table.js';
import { textTable, USUAL_WIDTH, wrapText } from '../report/textTable.js';
import { printRaw } from './raw.js';
import { sayLines } from './say.js';

/** A terminal that reports a smaller width does not know its width. */
const NARROWEST = 20;

/** The one JSON document of a `--json` run; non-finite numbers become null. */
export function printJson(value: unknown): void {
  printRaw(
    `${JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? null : item), 2)}\n`,
  );
}

/** Prints text for a person on stdout. Control sequences in the text have no effect on the terminal. */
export function print(text: string): void {
  printRaw(`${visible(text)}\n`);
}

/** Prints text for a person when a command also writes a file. The text goes to stderr if that file goes to stdout. */
export function printBeside(file: string, text: string): void {
  if (isStandardOutput(file)) sayLines(text);
  else print(text);
}

/** Throws `InputError` if a file and the document of `--json` would both go to stdout. */
export function requireOneOutput(option: string, file: string, json: boolean | undefined): void {
  if (json === true && isStandardOutput(file))
    throw new InputError(`${option} and --json must not both go to standard output, got ${option} ${file}`);
}

/** The number of characters in a line of text: the terminal's width, or 80 for a pipe or a file. */
export function lineWidth(): number {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns >= NARROWEST ? columns : USUAL_WIDTH;
}

/** A table of texts under column headings, fitted to the terminal's width. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return textTable({ columns, rows }, lineWidth());
}

/** Names with their descriptions, one or more lines for each. */
export function pairs(rows: readonly (readonly string[])[]): string {
  return table([key(named('')), prose('')], rows);
}

/** A paragraph, broken into lines. */
export function paragraph(text: string, indent = ''): string {
  return wrapText(text, lineWidth(), indent);
}
