/**
 * Writes CSV as in RFC 4180, but with a line feed at the end of each line. Missing values are empty; infinite values
 * are `inf` and `-inf`.
 */
import type { Sink } from '../base/sink.js';
import { csvField } from '../io/csvField.js';
import { doubleText } from '../io/numberText.js';
import { columnName, isMissing, type Column, type ColumnType, type Table, type Value } from './table.js';

export function writeCsv<Row>(table: Table<Row>, sink: Sink): void {
  for (const text of lines(table)) sink.write(text);
}

function* lines<Row>({ columns, rows }: Table<Row>): Generator<string, void, undefined> {
  yield `${columns.map((column) => csvField(columnName(column))).join(',')}\n`;
  const [first, ...others] = columns.map(fieldsOf);
  for (const row of rows()) {
    let line = first(row);
    for (const field of others) line += `,${field(row)}`;
    yield `${line}\n`;
  }
}

/** The field of each row. Most columns repeat their last value, whose text is kept. */
function fieldsOf<Row>({ type, value }: Column<Row>): (row: Row) => string {
  let last: Value;
  let text = '';
  return (row) => {
    const one = value(row);
    if (!Object.is(one, last)) [last, text] = [one, fieldOf(type, one)];
    return text;
  };
}

function fieldOf(type: ColumnType, one: Value): string {
  if (isMissing(one)) return '';
  return type === 'double' && typeof one === 'number' ? doubleText(one) : csvField(String(one));
}
