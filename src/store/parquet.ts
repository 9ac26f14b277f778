/** The trial table as Parquet. */
import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import { tableColumns, type Column } from './columns.js';
import type { TrialTable } from './table.js';

const ROWS_PER_GROUP = 10_000;
const TYPES = { text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, integer: { type: 'INT32' }, double: { type: 'DOUBLE' } } as const;

export function writeParquet(table: TrialTable, file: string): void {
  const columns = tableColumns(table);
  const schema = [
    { name: 'trials', num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...TYPES[type] })),
  ];
  void parquetWriteRows({
    writer: fileWriter(file),
    columns: columns.map(({ name }) => ({ name })),
    schema,
    rowGroupSize: ROWS_PER_GROUP,
    rows: flatRows(table, columns),
  });
}

function* flatRows(table: TrialTable, columns: readonly Column[]): Generator<Record<string, string | number | undefined>, void, undefined> {
  for (const row of table.rows()) yield Object.fromEntries(columns.map(({ name, value }) => [name, value(row)]));
}
