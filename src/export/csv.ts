/**
 * Writes CSV as in RFC 4180, but with a line feed at the end of each line. Missing values are empty; infinite values
 * are `inf` and `-inf`.
 */
import type { Sink } from '../base/sink.js';
import { csvField } from '../io/csvField.js';
import { doubleText } from '../io/numberText.js';
import { columnName, isMissing, type Column, type Table } from './table.js';

export function writeCsv<Row>(table: Table<Row>, sink: Sink): void {
  for (const text of lines(table)) sink.write(text);
}

function* lines<Row>({ columns, rows }: Table<Row>): Generator<string, void, undefined> {
  yield line(columns.map((column) => csvField(columnName(column))));
  for (const row of rows()) yield line(columns.map((column) => fieldOf(column, row)));
}

function line(fields: readonly string[]): string {
  return `${fields.join(',')}\n`;
}

function fieldOf<Row>({ type, value }: Column<Row>, row: Row): string {
  const one = value(row);
  if (isMissing(one)) return '';
  return type === 'double' && typeof one === 'number' ? doubleText(one) : csvField(String(one));
}
