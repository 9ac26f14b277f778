import { isStandardOutput } from '../base/target.js';
import { visible } from '../base/visible.js';
import { InputError } from '../base/errors.js';
import { key, named, prose, type Column } from '../report/table.js';
import { textTable, USUAL_WIDTH, wrapText } from '../report/textTable.js';
import { printRaw } from './raw.js';
import { sayLines } from './say.js';

/** A terminal that says it is narrower does not know its width. */
const NARROWEST = 20;

/** The one JSON document of a `--json` run; non-finite numbers become null. */
export function printJson(value: unknown): void {
  printRaw(
    `${JSON.stringify(value, (_key, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? null : item), 2)}\n`,
  );
}

/** Text for a person, on stdout; nothing in it can steer a terminal. */
export function print(text: string): void {
  printRaw(`${visible(text)}\n`);
}

/** Text for a person who has a command write a file: on stderr where that file goes to stdout. */
export function printBeside(file: string, text: string): void {
  if (isStandardOutput(file)) sayLines(text);
  else print(text);
}

/** Throws `InputError` where a file and the document of `--json` would both go to stdout. */
export function requireOneOutput(option: string, file: string, json: boolean | undefined): void {
  if (json === true && isStandardOutput(file))
    throw new InputError(`${option} and --json must not both go to standard output, got ${option} ${file}`);
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
