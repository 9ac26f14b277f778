/** RFC 4180, with a line feed at the end of each line. Missing values are empty; NaN and Infinity are written as words. */
import type { Sink } from '../base/sink.js';
import { tableColumns, type FlatValue } from './columns.js';
import type { TrialTable } from './table.js';

export function writeCsv(table: TrialTable, sink: Sink): void {
  for (const text of lines(table)) sink.write(text);
}

function* lines(table: TrialTable): Generator<string, void, undefined> {
  const columns = tableColumns(table);
  yield line(columns.map(({ name }) => name));
  for (const row of table.rows()) yield line(columns.map(({ value }) => value(row)));
}

function line(values: readonly FlatValue[]): string {
  return `${values.map(field).join(',')}\n`;
}

function field(value: FlatValue): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
